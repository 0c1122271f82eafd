import { html, type TemplateResult } from 'lit';
import type { StatusDocument } from '../client/index.ts';

/** What the button needs in addition to its request. */
export interface DeletionContext {
  /** The title of the request's type. */
  readonly title: string;
  /** Whether another call is running. */
  readonly isBlocked: boolean;
  readonly isBusy: boolean;
  /** Called after the user has confirmed. */
  confirmed(): void;
}

/**
 * Renders the button that deletes a request, and the dialog that asks the user to confirm it. The
 * browser moves the focus into the dialog and back, and closes it with the Escape key.
 */
export function deletion({ id }: StatusDocument, context: DeletionContext): TemplateResult {
  const closed = (event: Event) => {
    if ((event.target as HTMLDialogElement).returnValue === 'delete') {
      context.confirmed();
    }
  };
  return html`
    <button
      type="button"
      class="secondary outline"
      ?disabled=${context.isBlocked}
      aria-busy=${context.isBusy ? 'true' : 'false'}
      @click=${ask}
    >
      Delete
    </button>
    <dialog aria-labelledby="delete-title" aria-describedby="delete-what" @close=${closed}>
      <article>
        <h3 id="delete-title">Delete this request?</h3>
        <p id="delete-what">
          <bdi>${context.title}</bdi>, <code>${id}</code>. Its input, result and history are deleted
          as well. You cannot restore a deleted request.
        </p>
        <form method="dialog">
          <button class="secondary outline" autofocus>Keep it</button>
          <button value="delete">Delete it</button>
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
