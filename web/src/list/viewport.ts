/** The rows from `first` (inclusive) to `end` (exclusive). */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/** How many rows are rendered above and below the visible ones. */
const BEYOND = 8;

/**
 * Returns which of `count` rows of the same height are visible, and a few more on either side.
 *
 * @param top - the top of the first row, in pixels from the upper edge of the visible part;
 *   negative if the row has been scrolled past
 * @param height - the height of the visible part, in pixels
 */
export function spanOf(top: number, height: number, rowHeight: number, count: number): Span {
  const first = Math.floor(-top / rowHeight) - BEYOND;
  const end = Math.ceil((height - top) / rowHeight) + BEYOND;
  return { first: within(first, count), end: within(end, count) };
}

function within(index: number, count: number): number {
  return Math.min(count, Math.max(0, index));
}
