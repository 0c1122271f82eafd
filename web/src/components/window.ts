import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Span, spanOf } from '../list/viewport.ts';

/** The assumed height of a row until one has been rendered and can be measured, in pixels. */
const ROW_HEIGHT = 72;

/** Determines which rows of a long list are visible, whether a panel scrolls or the page. */
export class RowWindow implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #rows: () => HTMLElement | null;
  #count = 0;
  #span: Span = { first: 0, end: 0 };
  #listening = new AbortController();

  /** @param rows - returns the element that contains the rows, once it has been rendered */
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

  /** Returns which of `count` rows to render. */
  of(count: number): Span {
    this.#count = count;
    this.#span = this.#visible();
    return this.#span;
  }

  /** The index of the row at the upper edge of the visible part; null at the start of the list. */
  get cut(): number | null {
    const { top, rowHeight } = this.#geometry();
    return top < 0 ? Math.floor(-top / rowHeight) : null;
  }

  /** Scrolls by this many rows, so that the visible rows stay in place. */
  moveBy(rows: number): void {
    this.#scroller().scrollTop += rows * this.#geometry().rowHeight;
  }

  /** Scrolls just far enough to make this row visible. */
  reveal(index: number): void {
    const { top, height, rowHeight } = this.#geometry();
    const above = top + index * rowHeight;
    const below = above + rowHeight - height;
    this.#scroller().scrollTop += above < 0 ? above : Math.max(0, below);
  }

  #look(): void {
    const { first, end } = this.#visible();
    if (first !== this.#span.first || end !== this.#span.end) {
      this.#host.requestUpdate();
    }
  }

  #visible(): Span {
    const { top, height, rowHeight } = this.#geometry();
    return spanOf(top, height, rowHeight, this.#count);
  }

  /**
   * Measures, in pixels, the first row's top and the height of the visible part, and the height of
   * a row.
   */
  #geometry(): { top: number; height: number; rowHeight: number } {
    const rows = this.#rows();
    const rowHeight = rows?.querySelector<HTMLElement>('li')?.offsetHeight || ROW_HEIGHT;
    const scroller = this.#scroller();
    const clip =
      scroller === document.documentElement
        ? { top: 0, bottom: window.innerHeight }
        : scroller.getBoundingClientRect();
    const upper = Math.max(0, clip.top);
    const top = (rows?.getBoundingClientRect().top ?? upper) - upper;
    return { top, height: Math.min(window.innerHeight, clip.bottom) - upper, rowHeight };
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
