import type { StatusDocument } from '../client/index.ts';
import { percentile, tookMillis } from './minutes.ts';

/** Fewer requests than this say too little. */
const ENOUGH = 8;

/**
 * Returns how long requests of this type usually take from accepted to succeeded, in milliseconds:
 * the median and the 90th percentile. Null if fewer than eight known requests have succeeded.
 */
export function usual(
  documents: readonly StatusDocument[],
  type: string,
): readonly [median: number, percentile90: number] | null {
  const times = tookMillis(documents.filter((it) => it.type === type && it.status === 'SUCCEEDED'));
  const [median, most] = [percentile(times, 50), percentile(times, 90)];
  return times.length < ENOUGH || median === null || most === null ? null : [median, most];
}
