import { parse, stringify } from 'lossless-json';
import type { Json } from './types.ts';

/** A number as JSON writes it, RFC 8259 section 6. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * A JSON number that a JavaScript number does not write in the same way, with all its digits:
 * `3544790567247868102`, `0.1000`, `1E400`, `-0`. Immutable.
 */
export class JsonNumber {
  /** The number as JSON writes it. */
  readonly text: string;

  /**
   * Makes the number that is written so.
   *
   * @throws TypeError if JSON does not write numbers in this way
   */
  constructor(text: string) {
    if (!NUMBER.test(text)) {
      throw new TypeError(`"${text}" is not a JSON number`);
    }
    this.text = text;
  }

  /** Returns the number as JSON writes it. */
  toString(): string {
    return this.text;
  }

  /** Returns the nearest JavaScript number, so that it can be calculated with. */
  valueOf(): number {
    return Number(this.text);
  }

  /**
   * Lets `JSON.stringify` write the digits. A runtime without `JSON.rawJSON` (Node 20) gets them as
   * a string; use {@link stringifyJson} there.
   */
  toJSON(): unknown {
    const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };
    return rawJSON?.(this.text) ?? this.text;
  }
}

/** Returns a JavaScript number if that is written in the same way, and a {@link JsonNumber} if not. */
export function jsonNumber(text: string): number | JsonNumber {
  const number = Number(text);
  return String(number) === text && Number.isFinite(number) ? number : new JsonNumber(text);
}

/**
 * Reads JSON as `JSON.parse` does, but loses no digits: a number that JavaScript would write in another
 * way is a {@link JsonNumber}.
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
 * Writes JSON as `JSON.stringify` does, but changes nothing silently: a {@link JsonNumber} keeps its
 * digits, `-0` its sign.
 *
 * @param space - how many spaces to indent by; on one line if absent
 * @throws TypeError if a part of the value cannot be written as JSON: `undefined` (but as a member of
 *   an object, which is left out), a function, a symbol, a BigInt, NaN, Infinity, an object that
 *   contains itself, or a built-in object such as a Map; or if it is nested too deeply
 */
export function stringifyJson(value: unknown, space?: number): string {
  try {
    return stringify(jsonOf(value, '', []), undefined, space, STRINGIFIERS) as string;
  } catch (cause) {
    throw cause instanceof RangeError
      ? new TypeError('JSON cannot hold a value nested so deeply', { cause })
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
 * What JSON can say of a value.
 *
 * @param pointer - where it is, as a JSON Pointer
 * @param around - the objects that it is in
 */
function jsonOf(value: unknown, pointer: string, around: readonly object[]): Json {
  const refused = (what: string) =>
    new TypeError(`JSON cannot hold ${what}${pointer === '' ? '' : ` (at ${pointer})`}`);
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
