import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RequestType, StatusDocument } from '../client/index.ts';
import { PageElement } from './element.ts';
import { badge, progress, when } from './parts.ts';
import { titleOf } from './words.ts';

/** How many rows are shown, and how many more at a time. */
const ROWS = 50;

/** The list of requests, newest first. */
export class StatuswireList extends PageElement {
  static override properties = {
    requests: { attribute: false },
    types: { attribute: false },
    selected: { attribute: false },
    now: { attribute: false },
    ready: { attribute: false },
    shown: { state: true },
  };
  declare requests: readonly StatusDocument[];
  declare types: readonly RequestType[];
  declare selected: string | null;
  declare now: number;
  /** Whether the list was read, so that an empty one is known to be empty. */
  declare ready: boolean;
  declare shown: number;

  constructor() {
    super();
    this.requests = [];
    this.types = [];
    this.selected = null;
    this.now = 0;
    this.ready = false;
    this.shown = ROWS;
  }

  protected override render() {
    const count = this.requests.length;
    return html`
      <header class="section-header">
        <h2 id="list-title">Requests</h2>
        ${count > 0 ? html`<span class="count">${count}</span>` : nothing}
      </header>
      ${count > 0 ? this.#rows() : this.#empty()}
    `;
  }

  #rows() {
    const left = this.requests.length - this.shown;
    return html`
      <ul class="rows" role="list">
        ${repeat(
          this.requests.slice(0, this.shown),
          ({ id }) => id,
          (request) => this.#row(request),
        )}
      </ul>
      ${
        left > 0
          ? html`<button type="button" class="secondary outline" @click=${this.#more}>
              Show ${Math.min(left, ROWS)} more
            </button>`
          : nothing
      }
    `;
  }

  #row(request: StatusDocument) {
    const current = request.id === this.selected;
    return html`
      <li data-request-id=${request.id} data-status=${request.status}>
        <a class="row" href="#/requests/${request.id}" aria-current=${current ? 'true' : nothing}>
          <span class="row-line">
            <span class="row-title">${titleOf(request.type, this.types)}</span>
            ${badge(request.status)}
          </span>
          <span class="row-line">
            <span class="row-id">${request.id}</span>
            <span class="row-time">${when(request.createdAt, this.now)}</span>
          </span>
          ${progress(request)}
        </a>
      </li>
    `;
  }

  #empty() {
    return this.ready
      ? html`
          <div class="empty">
            <p><strong>Nothing here yet</strong></p>
            <p>
              Fill in the form and press Submit. The request appears here at once, and moves by
              itself until it is finished.
            </p>
          </div>
        `
      : html`<p class="empty" aria-busy="true">Reading the list</p>`;
  }

  #more(): void {
    this.shown += ROWS;
  }
}

customElements.define('statuswire-list', StatuswireList);
