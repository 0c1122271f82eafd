import { html, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Client, ConnectionState, RequestType, StatusDocument } from '../client/index.ts';
import { isNarrow, isSame, matches } from '../list/filter.ts';
import { heldRows, type Row, type Rows, rowsOf, withFirst } from '../list/held.ts';
import { hashOf, type Route } from '../list/route.ts';
import { PageElement } from './element.ts';
import { filtersView } from './filters.ts';
import { Older } from './older.ts';
import { type RowContext, rowView } from './row.ts';
import { RowWindow } from './window.ts';

/** When this many rows or fewer follow the visible ones, older requests are loaded. */
const AHEAD = 15;

/** How many rows each navigation key moves. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 8,
  PageUp: -8,
  Home: -Infinity,
  End: Infinity,
};

/** The list of requests, in the server's order. Only the visible rows are rendered. */
export class StatuswireList extends PageElement {
  static override properties = {
    client: { attribute: false },
    requests: { attribute: false },
    first: { attribute: false },
    types: { attribute: false },
    route: { attribute: false },
    now: { attribute: false },
    ready: { attribute: false },
    state: { attribute: false },
    held: { state: true },
  };
  declare client: Client;
  declare requests: readonly StatusDocument[];
  /** The id of the request that is always first: the one that the page submitted last. */
  declare first: string | null;
  declare types: readonly RequestType[];
  declare route: Route;
  declare now: number;
  /** Whether the list has been read, so that an empty list is known to be empty. */
  declare ready: boolean;
  declare state: ConnectionState;
  /**
   * The ids of the rows, which keep their places while the pointer is over the list; null if it is
   * not.
   */
  declare held: readonly string[] | null;
  readonly #window = new RowWindow(this, () => this.querySelector('.rows'));
  readonly #older = new Older(this);
  #rows: Rows = { rows: [], waiting: 0 };
  #cut: { readonly id: string; readonly index: number } | null = null;
  #focused: string | null = null;

  constructor() {
    super();
    this.requests = [];
    this.first = null;
    this.types = [];
    this.now = 0;
    this.ready = false;
    this.held = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { filter } = this.route;
    const before = changed.get('route')?.filter;
    if (changed.has('route') && (before === undefined || !isSame(before, filter))) {
      this.held = null;
      this.#older.restart(this.requests.length);
    }
    if (changed.has('state')) {
      this.#older.forgive();
    }
    if ((['requests', 'first', 'route', 'held'] as const).some((name) => changed.has(name))) {
      const index = this.#window.cut;
      const cut = index === null ? undefined : this.#rows.rows[index];
      this.#cut = cut === undefined || index === null ? null : { id: cut.id, index };
      const wanted = (request: StatusDocument) => matches(filter, request);
      const requests = withFirst(this.requests, this.first);
      this.#rows =
        this.held === null ? rowsOf(requests, wanted) : heldRows(requests, wanted, this.held);
    }
  }

  protected override render() {
    const { requests, types, route } = this;
    const count = requests.length;
    return html`
      <header class="section-header">
        <h2 id="list-title" tabindex="-1">Requests</h2>
        ${count > 0 ? html`<span class="count">${this.#howMany()}</span>` : nothing}
      </header>
      ${
        count > 0
          ? html`${filtersView(requests, types, route.filter, (filter) =>
              this.#go({ ...route, filter }),
            )}
            ${this.#list()}`
          : this.#empty()
      }
    `;
  }

  protected override updated(): void {
    const cut = this.#cut;
    this.#cut = null;
    const now = cut === null ? -1 : this.#rows.rows.findIndex(({ id }) => id === cut.id);
    if (cut !== null && now >= 0 && now !== cut.index) {
      this.#window.moveBy(now - cut.index);
    }
    if (this.#isNearTheEnd()) {
      this.#older.loadMore(this.client, isNarrow(this.route.filter) ? this.requests.length : 0);
    }
  }

  #howMany(): string {
    const count = this.requests.length.toLocaleString();
    return this.client.isComplete ? count : `newest ${count}`;
  }

  #list() {
    const { rows, waiting } = this.#rows;
    return html`
      <div class="rows-scroll" @pointerover=${this.#hold} @pointerleave=${() => (this.held = null)}>
        ${
          waiting > 0
            ? html`<button type="button" class="waiting" @click=${() => (this.held = null)}>
                ${waiting} new
              </button>`
            : nothing
        }
        <ul
          class="rows"
          role="list"
          .style=${`--rows: ${rows.length}`}
          @keydown=${this.#onKey}
          @focusin=${(event: Event) => (this.#focused = rowIdOf(event.target))}
          @focusout=${() => (this.#focused = null)}
        >
          ${repeat(
            this.#rendered(rows),
            ([{ id }]) => id,
            ([row, index]) => rowView(row, index, this.#context(rows.length)),
          )}
        </ul>
        ${this.#end()}
      </div>
    `;
  }

  /**
   * Returns the rows to render: the visible ones, and the one with the focus, which would be lost
   * otherwise.
   */
  #rendered(rows: readonly Row[]): (readonly [Row, number])[] {
    const { first, end } = this.#window.of(rows.length);
    const visible = rows.slice(first, end).map((row, index) => [row, first + index] as const);
    const focused = rows.findIndex(({ id }) => id === this.#focused);
    const row = rows[focused];
    return row === undefined || (focused >= first && focused < end)
      ? visible
      : [...visible, [row, focused]];
  }

  #context(count: number): RowContext {
    const { types, now, route, client } = this;
    return {
      types,
      now,
      selected: route.selected,
      count: client.isComplete ? count : -1,
      href: (id) => hashOf({ ...route, selected: id }),
      staleSince: (id) => (client.isCurrent(id) ? null : (client.confirmedAt(id) ?? 0)),
    };
  }

  /** Renders what follows the last row. */
  #end() {
    const count = this.requests.length;
    const loaded = `${count.toLocaleString()} loaded ${count === 1 ? 'request' : 'requests'}`;
    const none =
      this.#rows.rows.length === 0
        ? html`<p class="empty">No matches among the ${loaded}.</p>`
        : html``;
    return this.#older.view(this.client, isNarrow(this.route.filter) ? count : 0, none);
  }

  #empty() {
    return this.ready
      ? html`
          <div class="empty">
            <p><strong>No requests yet</strong></p>
            <p>
              Fill in the form and press Submit. The request appears here at once, and its status
              updates automatically.
            </p>
          </div>
        `
      : html`<p class="empty" aria-busy="true">Loading requests…</p>`;
  }

  /**
   * Returns whether the visible rows are near the end of the loaded ones, and the list has more.
   */
  #isNearTheEnd(): boolean {
    const { length } = this.#rows.rows;
    const { isComplete } = this.client;
    const hasMore = this.ready && this.requests.length > 0 && !isComplete;
    return hasMore && this.#window.of(length).end >= length - AHEAD;
  }

  #hold(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && this.held === null) {
      this.held = this.#rows.rows.map(({ id }) => id);
    }
  }

  #go(route: Route): void {
    this.dispatchEvent(new CustomEvent('route', { detail: route }));
  }

  #onKey(event: KeyboardEvent): void {
    const by = KEYS[event.key];
    const { rows } = this.#rows;
    const from = rows.findIndex(({ id }) => id === this.#focused);
    if (by === undefined || from < 0 || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    event.preventDefault();
    const to = Math.min(rows.length - 1, Math.max(0, from + by));
    const id = rows[to]?.id ?? null;
    this.#window.reveal(to);
    this.#focused = id;
    this.requestUpdate();
    void this.updateComplete.then(() => this.focusRow(id));
  }

  /** Returns the id of the row after this one, or before it if it is the last one. */
  neighbourOf(id: string): string | null {
    const { rows } = this.#rows;
    const index = rows.findIndex((row) => row.id === id);
    return (rows[index + 1] ?? rows[index - 1])?.id ?? null;
  }

  /** Moves the focus to a row, and returns whether the row is rendered. */
  focusRow(id: string | null): boolean {
    const link = this.querySelector<HTMLElement>(`[data-row="${CSS.escape(id ?? '')}"] a`);
    link?.focus({ preventScroll: true });
    return link !== null;
  }
}

function rowIdOf(target: EventTarget | null): string | null {
  return (target as Element).closest<HTMLElement>('[data-row]')?.dataset.row ?? null;
}

customElements.define('statuswire-list', StatuswireList);
