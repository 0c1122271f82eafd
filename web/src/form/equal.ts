import type { Json } from '../client/types.ts';
import { canonicalOf, isNumeric } from './decimal.ts';

/**
 * Returns a text that two values share if and only if they are equal by JSON Schema: the order of
 * members does not matter, nor does how a number is written. `1` and `"1"` are different.
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (isNumeric(value)) {
    return canonicalOf(value);
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.keys(value).map(
      (key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`,
    );
    return `{${members.sort().join()}}`;
  }
  return JSON.stringify(value);
}
