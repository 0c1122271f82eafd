import { parse, stringify } from 'lossless-json';
import { JsonNumber } from './json-number.ts';
import type { Json } from './types.ts';

/**
 * Returns a JavaScript number if JavaScript writes it in the same way, otherwise a
 * {@link JsonNumber}.
 */
export function jsonNumber(text: string): number | JsonNumber {
  const number = Number(text);
  return String(number) === text && Number.isFinite(number) ? number : new JsonNumber(text);
}

/**
 * Parses JSON as `JSON.parse` does, but loses no digits: numbers that JavaScript would write
 * differently become a {@link JsonNumber}.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function parseJson(text: string): Json {
  const options = {
    parseNumber: jsonNumber,
    onDuplicateKey: ({ newValue }: { newValue: unknown }) => newValue,
  };
  return parse(text, undefined, options) as Json;
}

/**
 * Writes JSON as `JSON.stringify` does, but never changes a value silently: a {@link JsonNumber}
 * keeps its digits, and `-0` its sign.
 *
 * @param space - the number of spaces of indentation; everything is on one line if absent
 * @throws TypeError if a part of the value cannot be written as JSON: `undefined` (except as a
 *   member of an object, which is left out), a function, a symbol, a BigInt, NaN, Infinity, an
 *   object that contains itself, or a built-in object such as a Map; or if it is nested too deeply
 */
export function stringifyJson(value: unknown, space?: number): string {
  try {
    return stringify(jsonOf(value, '', []), undefined, space, STRINGIFIERS) as string;
  } catch (cause) {
    throw cause instanceof RangeError
      ? new TypeError('the value is nested too deeply for JSON', { cause })
      : cause;
  }
}

const STRINGIFIERS = [
  {
    test: (value: unknown) => value instanceof JsonNumber || Object.is(value, -0),
    stringify: (value: unknown) => (value instanceof JsonNumber ? value.text : '-0'),
  },
];

/**
 * Converts a value to JSON.
 *
 * @param pointer - its location, as a JSON Pointer
 * @param around - the objects that contain it
 */
function jsonOf(value: unknown, pointer: string, around: readonly object[]): Json {
  const refused = (what: string) =>
    new TypeError(`JSON cannot represent ${what}${pointer === '' ? '' : ` (at ${pointer})`}`);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) {
        throw refused(String(value));
      }
      return value;
    case 'bigint':
      throw refused('a BigInt; use new JsonNumber(String(value))');
    case 'object':
      break;
    default:
      throw refused(typeof value);
  }
  if (value === null || value instanceof JsonNumber) {
    return value;
  }
  if (around.includes(value)) {
    throw refused('an object that contains itself');
  }
  const { isRawJSON } = JSON as { isRawJSON?: (value: object) => value is { rawJSON: string } };
  if (isRawJSON?.(value)) {
    return parseJson(value.rawJSON);
  }
  const within = [...around, value];
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function' && !(value instanceof Date && Number.isNaN(value.getTime()))) {
    const key = pointer.slice(pointer.lastIndexOf('/') + 1);
    return jsonOf(toJSON.call(value, unescaped(key)), pointer, within);
  }
  if (Array.isArray(value)) {
    return Array.from(value, (item, index) => jsonOf(item, `${pointer}/${index}`, within));
  }
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (['Number', 'String', 'Boolean'].includes(kind)) {
    return jsonOf(value.valueOf(), pointer, within);
  }
  if (kind !== 'Object') {
    throw refused(`an object of type ${kind}`);
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, jsonOf(member, `${pointer}/${escaped(key)}`, within)]),
  );
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}
