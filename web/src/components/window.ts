import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Span, spanOf } from '../list/viewport.ts';

/** Until a row was drawn that can be measured, in pixels. */
const ROW_HEIGHT = 72;

/** Knows which rows of a long list can be seen, whoever it is that scrolls: a panel or the page. */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #rows: () => HTMLElement | null;
  #count = 0;
  #span: Span = { first: 0, end: 0 };
  #listening = new AbortController();

  /** @param rows - the element that holds the rows, once it is drawn */
  constructor(host: ReactiveControllerHost, rows: () => HTMLElement | null) {
    this.#host = host;
    this.#rows = rows;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const look = () => this.#look();
    document.addEventListener('scroll', look, { capture: true, passive: true, signal });
    window.addEventListener('resize', look, { passive: true, signal });
  }

  hostDisconnected(): void {
    this.#listening.abort();
  }

  hostUpdated(): void {
    this.#look();
  }

  /** The rows to draw of so many. */
  of(count: number): Span {
    this.#count = count;
    this.#span = this.#seen();
    return this.#span;
  }

  /** Index of the row that the upper edge of what can be seen cuts; null at the list's beginning. */
  get cut(): number | null {
    const { top, rowHeight } = this.#geometry();
    return top < 0 ? Math.floor(-top / rowHeight) : null;
  }

  /** Scrolls on by so many rows, so that what was seen stays where it was. */
  moveBy(rows: number): void {
    this.#scroller().scrollTop += rows * this.#geometry().rowHeight;
  }

  /** Scrolls no further than is needed to have this row in sight. */
  reveal(index: number): void {
    const { top, seen, rowHeight } = this.#geometry();
    const above = top + index * rowHeight;
    const below = above + rowHeight - seen;
    this.#scroller().scrollTop += above < 0 ? above : Math.max(0, below);
  }

  #look(): void {
    const { first, end } = this.#seen();
    if (first !== this.#span.first || end !== this.#span.end) {
      this.#host.requestUpdate();
    }
  }

  #seen(): Span {
    const { top, seen, rowHeight } = this.#geometry();
    return spanOf(top, seen, rowHeight, this.#count);
  }

  #geometry(): { top: number; seen: number; rowHeight: number } {
    const rows = this.#rows();
    const rowHeight = rows?.querySelector<HTMLElement>('li')?.offsetHeight || ROW_HEIGHT;
    const scroller = this.#scroller();
    const clip =
      scroller === document.documentElement
        ? { top: 0, bottom: window.innerHeight }
        : scroller.getBoundingClientRect();
    const upper = Math.max(0, clip.top);
    const top = (rows?.getBoundingClientRect().top ?? upper) - upper;
    return { top, seen: Math.min(window.innerHeight, clip.bottom) - upper, rowHeight };
  }

  #scroller(): HTMLElement {
    for (let one = this.#rows()?.parentElement; one; one = one.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(one).overflowY)) {
        return one;
      }
    }
    return document.documentElement;
  }
}
