import { html } from 'lit';
import { PageElement } from './element.ts';

/** How long it is said that a text was copied, in milliseconds. */
const SAID_FOR = 4_000;

const WORDS = { copied: 'Copied', failed: 'The browser does not let the page copy', '': '' };

/** A button that copies a text, and says whether that worked. */
export class StatuswireCopy extends PageElement {
  static override properties = {
    text: { attribute: false },
    label: { attribute: false },
    what: { attribute: false },
    outcome: { state: true },
  };
  /** Makes the text when it is asked for. */
  declare text: () => string;
  declare label: string;
  /** What is copied, for who does not see where the button stands. */
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
      console.debug('statuswire: not copied, the page says so', error);
      this.outcome = 'failed';
    }
    clearTimeout(this.#end);
    this.#end = setTimeout(() => (this.outcome = ''), SAID_FOR);
  }
}

customElements.define('statuswire-copy', StatuswireCopy);
