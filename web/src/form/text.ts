import type { Json } from '../client/types.ts';
import { isNumeric, type Numeric } from './decimal.ts';

/** What a text does not keep to, in the server's words; false where it does, or might. */
export function faultOfText(keyword: string, wanted: Json, text: string): string | false {
  if (isNumeric(wanted)) {
    const length = [...text].length;
    return keyword === 'minLength'
      ? length < Number(wanted) && `must be at least ${counted(wanted)} characters long`
      : keyword === 'maxLength' &&
          length > Number(wanted) &&
          `must be at most ${counted(wanted)} characters long`;
  }
  if (keyword === 'pattern') {
    return isRefused(String(wanted), text) && `does not match the regex pattern ${wanted}`;
  }
  const format = keyword === 'format' && FORMATS.get(String(wanted));
  return (
    !!format &&
    !(format[0].test(text) && (!/^date/.test(String(wanted)) || isDay(text.slice(0, 10)))) &&
    `does not match the ${wanted} pattern must be a valid RFC ${format[1]}`
  );
}

/** A number as the server writes it into a sentence. */
export function counted(number: Numeric): string {
  return IN_SENTENCES.format(String(number) as Intl.StringNumericLiteral);
}

const IN_SENTENCES = new Intl.NumberFormat('en');

/**
 * What the server takes has one of these shapes; it looks closer at some (names of domains, leap
 * seconds), and takes what looks odd here: a time with more after it, an address in quotes.
 */
const FORMATS = new Map<string, readonly [RegExp, string]>([
  [
    'email',
    [
      /^(?=[^]*["\\])|^[^ \t-\r@()<>,;:.[\]]+(\.[^ \t-\r@()<>,;:.[\]]+)*@[^ \t-\r@.]+(\.[^ \t-\r@.]+)*$/,
      '5321 Mailbox',
    ],
  ],
  ['uri', [/^(\/\/|[a-z\d+,.-]*:[!#-;=?-[\]_a-z~]*) *$/i, '3986 URI']],
  ['date', [/^\d{4}-\d\d-\d\d$/, '3339 full-date']],
  [
    'date-time',
    [
      /^\d{4}-\d\d-\d\d[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]\d\d:\d\d)/,
      '3339 date-time',
    ],
  ],
  [
    'time',
    [/^(([01]\d|2[0-3]):[0-5]\d:[0-5]\d|\d\d:\d\d:60)(\.\d*)?([Zz]|[+-]\d\d:\d\d)/, '3339 time'],
  ],
  ['uuid', [/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, '4122 UUID']],
]);

/** Whether the calendar has this day, as ISO 8601 writes it: no thirtieth of February. */
export function isDay(date: string): boolean {
  return new Date(date).toJSON()?.startsWith(date) ?? false;
}

/** Means another thing in Java, or nothing here: such a pattern is the server's. */
const JAVA_ONLY = /\\[pPkQEAZzGhHvVRXNx0-9]|&&|\[[^\]]*\[|\(\?[^:=!<]|\(\?<[^=!]/;

/** Java's white space and words are those of ASCII, and its lines end otherwise. */
const ASCII_ONLY = /\\[sSbB]/;

/** A group that repeats what repeats can take for ever; a short text is soon decided. */
const NESTED = /\([^()]*[*+{|][^()]*\)[*+{]|\)[^(]*\)[*+{]/;

function isRefused(pattern: string, text: string): boolean {
  if (
    JAVA_ONLY.test(pattern) ||
    /[\n\r\u0085\u2028\u2029]/.test(text) ||
    (ASCII_ONLY.test(pattern) && /[^\0-\x7f]/.test(text)) ||
    text.length > (NESTED.test(pattern) ? 16 : 500)
  ) {
    return false;
  }
  try {
    return !new RegExp(pattern, 'u').test(text);
  } catch {
    return false; // Java's grammar is the larger one.
  }
}
