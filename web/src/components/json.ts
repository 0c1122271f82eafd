import { html, nothing, type TemplateResult } from 'lit';
import { type Json, JsonNumber, stringifyJson } from '../client/index.ts';
import './copy.ts';
import { PageElement } from './element.ts';

/** How many members are rendered at a time. */
const PIECE = 100;

/** The first levels are unfolded automatically if they have only a few members. */
const LEVELS = 3;
const FEW = 10;

/** How many characters of a text are shown at first; the rest is folded. */
const LONG = 240;

type Container = Json[] | { [key: string]: Json };

/**
 * A value as a tree that can be folded. Folded parts are not rendered, so the cost of a large value
 * depends only on its visible parts.
 */
export class StatuswireJson extends PageElement {
  static override properties = {
    label: { attribute: false },
    value: { attribute: false },
    level: { attribute: false },
    folded: { attribute: false },
    open: { state: true },
    shown: { state: true },
  };
  /** The value's name: a title on level 0, a key below. */
  declare label: string;
  declare value: Json;
  declare level: number;
  /** Whether the value is folded until the user unfolds it. */
  declare folded: boolean;
  /** Undefined until the user folds or unfolds the value. */
  declare open: boolean | undefined;
  declare shown: number;

  constructor() {
    super();
    this.level = 0;
    this.folded = false;
    this.shown = PIECE;
  }

  protected override render() {
    const { value, level } = this;
    const open =
      this.open ?? (!this.folded && level < LEVELS && (level === 0 || sizeOf(value) <= FEW));
    return html`
      <details
        class=${level === 0 ? 'fold json' : 'json-member'}
        ?open=${open}
        @toggle=${this.#fold}
      >
        <summary>
          ${level === 0 ? html`<bdi>${this.label}</bdi>` : key(this.label)}
          ${isContainer(value) ? size(value) : nothing}
        </summary>
        ${open ? this.#content(value) : nothing}
      </details>
    `;
  }

  #content(value: Json) {
    return html`
      ${
        this.level === 0
          ? html`<statuswire-copy
              .what=${this.label}
              .text=${() => stringifyJson(value, 2)}
            ></statuswire-copy>`
          : nothing
      }
      ${isContainer(value) ? this.#members(value) : html`<p class="json-members">${scalar(value)}</p>`}
    `;
  }

  #members(value: Container) {
    const left = sizeOf(value) - this.shown;
    return html`
      <ul class="json-members" role="list">
        ${Object.entries(value)
          .slice(0, this.shown)
          .map(([name, one]) => html`<li>${this.#member(name, one)}</li>`)}
      </ul>
      ${
        left > 0
          ? html`<button type="button" class="secondary outline" @click=${this.#more}>
              Show ${Math.min(left, PIECE)} of ${left} more
            </button>`
          : nothing
      }
    `;
  }

  #member(name: string, value: Json) {
    return isContainer(value) && sizeOf(value) > 0
      ? html`<statuswire-json
          .label=${name}
          .value=${value}
          .level=${this.level + 1}
        ></statuswire-json>`
      : html`${key(name)} ${scalar(value)}`;
  }

  #fold(event: Event): void {
    this.open = (event.target as HTMLDetailsElement).open;
  }

  #more(): void {
    this.shown += PIECE;
  }
}

function key(name: string): TemplateResult {
  return html`<span class="json-key" dir="auto">${name}</span>`;
}

function scalar(value: Json): TemplateResult {
  if (typeof value === 'string') {
    return text(value);
  }
  const kind = value === null ? 'null' : value instanceof JsonNumber ? 'number' : typeof value;
  return html`<span class="json-${kind}">${stringifyJson(value)}</span>`;
}

function text(value: string): TemplateResult {
  const quoted = html`<span class="json-string" dir="auto">"${value}"</span>`;
  return value.length <= LONG
    ? quoted
    : html`<details class="json-long">
        <summary>
          <span class="json-string" dir="auto">"${value.slice(0, LONG)}…"</span>
          <span class="json-size">${value.length.toLocaleString()} characters</span>
        </summary>
        ${quoted}
      </details>`;
}

function size(value: Container): TemplateResult {
  const count = sizeOf(value);
  const [one, many] = Array.isArray(value) ? ['item', 'items'] : ['member', 'members'];
  return html`<span class="json-size">${count.toLocaleString()} ${count === 1 ? one : many}</span>`;
}

function sizeOf(value: Json): number {
  return isContainer(value) ? Object.keys(value).length : 0;
}

function isContainer(value: Json): value is Container {
  return typeof value === 'object' && value !== null && !(value instanceof JsonNumber);
}

customElements.define('statuswire-json', StatuswireJson);
