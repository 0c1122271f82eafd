import type { Json } from '../client/types.ts';

/**
 * Returns a text that two values share if and only if they are equal by JSON Schema: the order of
 * members does not matter, nor does how a number is written. `1` and `"1"` are different.
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.keys(value).map(
      (key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`,
    );
    return `{${members.sort().join()}}`;
  }
  return JSON.stringify(value === 0 ? 0 : value); // Minus zero is zero.
}
