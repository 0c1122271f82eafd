import { html } from 'lit';
import { PageElement } from './element.ts';

/** How long the result of copying is shown, in milliseconds. */
const SHOWN_FOR = 4_000;

const WORDS = {
  copied: 'Copied',
  failed: 'Could not copy. Allow this page to use the clipboard.',
  '': '',
};

/** A button that copies a text and shows whether that succeeded. */
export class StatuswireCopy extends PageElement {
  static override properties = {
    text: { attribute: false },
    label: { attribute: false },
    what: { attribute: false },
    outcome: { state: true },
  };
  /** Returns the text to copy. Called when the button is pressed. */
  declare text: () => string;
  declare label: string;
  /** The name of what is copied, for screen readers. */
  declare what: string;
  declare outcome: keyof typeof WORDS;
  #end: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.label = 'Copy';
    this.what = '';
    this.outcome = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#end);
  }

  protected override render() {
    return html`
      <span class="note" role="status">${WORDS[this.outcome]}</span>
      <button
        type="button"
        class="secondary outline"
        aria-label=${`${this.label} ${this.what}`.trim()}
        @click=${this.#copy}
      >
        ${this.label}
      </button>
    `;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
      this.outcome = 'copied';
    } catch (error) {
      console.debug('statuswire: could not copy; showing the failure on the page', error);
      this.outcome = 'failed';
    }
    clearTimeout(this.#end);
    this.#end = setTimeout(() => (this.outcome = ''), SHOWN_FOR);
  }
}

customElements.define('statuswire-copy', StatuswireCopy);
