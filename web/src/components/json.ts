import { html, nothing, type TemplateResult } from 'lit';
import { type Json, JsonNumber, stringifyJson } from '../client/index.ts';
import './copy.ts';
import { PageElement } from './element.ts';

/** How many members are drawn at a time. */
const PIECE = 100;

/** Members are shown without being asked for in the first levels, where they are few. */
const LEVELS = 3;
const FEW = 10;

/** Characters of a text that are shown at once; the rest folds. */
const LONG = 240;

type Container = Json[] | { [key: string]: Json };

/**
 * A value as a tree that folds. What is folded is not drawn, so that a large value costs what is
 * seen of it.
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
  /** What it is called: a title on level 0, a key below. */
  declare label: string;
  declare value: Json;
  declare level: number;
  /** Whether it is folded until somebody unfolds it. */
  declare folded: boolean;
  /** Undefined until somebody folds or unfolds it. */
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
