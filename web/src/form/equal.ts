import type { Json } from '../client/types.ts';
import { canonicalOf, isNumeric } from './decimal.ts';

/**
 * Returns a text that is the same for two values if and only if they are equal in JSON Schema. The
 * order of members and the notation of numbers do not matter. `1` and `"1"` are different.
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
