/** The rows from `first` on, up to but without `end`. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** How many rows are drawn beyond what can be seen, on either side. */
const BEYOND = 8;

/**
 * Which of so many rows of one height can be seen, and a few beyond.
 *
 * @param top - where the first row begins, in pixels from the upper edge of what can be seen;
 *   negative once it is scrolled past
 * @param seen - height of what can be seen, in pixels
 */
export function spanOf(top: number, seen: number, rowHeight: number, count: number): Span {
  const first = Math.floor(-top / rowHeight) - BEYOND;
  const end = Math.ceil((seen - top) / rowHeight) + BEYOND;
  return { first: within(first, count), end: within(end, count) };
}

function within(index: number, count: number): number {
  return Math.min(count, Math.max(0, index));
}
