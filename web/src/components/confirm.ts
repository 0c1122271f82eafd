import { html, type TemplateResult } from 'lit';

/** A button whose action the user must confirm. */
export interface Confirmation {
  /** The prefix of the elements' ids; each confirmation of the page has another one. */
  readonly id: string;
  /** The label of the button. */
  readonly label: string;
  /** The name of the button for screen readers. */
  readonly name: string;
  /** The question of the dialog. */
  readonly question: string;
  /** What the question is about, and what happens. */
  readonly what: unknown;
  /** The value of the dialog after the user has confirmed. */
  readonly value: string;
  /** The label of the button that confirms. */
  readonly confirm: string;
  /** Whether another call is running. */
  readonly isBlocked: boolean;
  readonly isBusy: boolean;
  /** Called after the user has confirmed. */
  confirmed(): void;
}

/**
 * Renders a button, and the dialog that asks the user to confirm it. The browser moves the focus
 * into the dialog and back, and closes it with the Escape key.
 */
export function confirmation(it: Confirmation): TemplateResult {
  const closed = (event: Event) => {
    if ((event.target as HTMLDialogElement).returnValue === it.value) {
      it.confirmed();
    }
  };
  return html`
    <button
      type="button"
      class="secondary outline"
      aria-label=${it.name}
      ?disabled=${it.isBlocked}
      aria-busy=${it.isBusy ? 'true' : 'false'}
      @click=${ask}
    >
      ${it.label}
    </button>
    <dialog aria-labelledby="${it.id}-title" aria-describedby="${it.id}-what" @close=${closed}>
      <article>
        <h3 id="${it.id}-title">${it.question}</h3>
        <p id="${it.id}-what">${it.what}</p>
        <form method="dialog">
          <button class="secondary outline" autofocus>Keep it</button>
          <button value=${it.value}>${it.confirm}</button>
        </form>
      </article>
    </dialog>
  `;
}

function ask(event: Event): void {
  const dialog = (event.currentTarget as HTMLElement).nextElementSibling as HTMLDialogElement;
  dialog.returnValue = '';
  dialog.showModal();
}
