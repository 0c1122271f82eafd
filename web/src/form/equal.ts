import { JsonNumber } from '../client/json.ts';
import type { Json } from '../client/types.ts';

/**
 * Returns a text that two values share if and only if they are equal by JSON Schema: the order of
 * members does not matter, nor does how a number is written. `1` and `"1"` are different.
 */
export function canonical(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (typeof value === 'number' || value instanceof JsonNumber) {
    return decimal(String(value));
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.keys(value).map(
      (key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`,
    );
    return `{${members.sort().join()}}`;
  }
  return JSON.stringify(value);
}

/** The digits without zeros around them, and the power of ten that they are multiplied by. */
function decimal(text: string): string {
  const [, sign = '', whole = '', part = '', power = 0] =
    /^(-?)(\d+)\.?(\d*)(?:e(.*))?$/i.exec(text) ?? [];
  const digits = (whole + part).replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  const exponent = BigInt(power) - BigInt(part.length) + BigInt(digits.length - short.length);
  return short === '' ? '0' : `${sign}${short}e${exponent}`;
}
