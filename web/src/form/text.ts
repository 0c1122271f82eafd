import type { Json } from '../client/types.ts';
import { isNumeric, type Numeric } from './decimal.ts';

/** Returns the error of a text, in the server's wording; false if the text is or may be valid. */
export function faultOfText(keyword: string, wanted: Json, text: string): string | false {
  if (isNumeric(wanted)) {
    const length = [...text].length;
    return keyword === 'minLength'
      ? length < Number(wanted) && `must have at least ${counted(wanted, 'character')}`
      : keyword === 'maxLength' &&
          length > Number(wanted) &&
          `must have at most ${counted(wanted, 'character')}`;
  }
  if (keyword === 'pattern') {
    return isRefused(String(wanted), text) && `must match the pattern ${wanted}`;
  }
  const format = keyword === 'format' && FORMATS.get(String(wanted));
  return !!format && !format[0](text) && `must be ${format[1]}`;
}

/** Formats a count and its unit as the server writes them in messages. */
export function counted(number: Numeric, one: string, many = `${one}s`): string {
  const written = IN_SENTENCES.format(String(number) as Intl.StringNumericLiteral);
  return `${written} ${Number(number) === 1 ? one : many}`;
}

const IN_SENTENCES = new Intl.NumberFormat('en');

const whole = (pattern: string) => {
  const compiled = new RegExp(`^(?:${pattern})$`, 'u');
  return (text: string) => compiled.test(text);
};
const label = (letter: string) => `[${letter}](?:[${letter}-]{0,61}[${letter}])?`;
const list = (item: string) => `${item}(?:\\.${item})*`;

const NOT_ASCII = '\\u0080-\\u{10FFFF}';
const ATOM = `[A-Za-z\\d!#$%&'*+/=?^_\`{|}~${NOT_ASCII}\\-]+`;
const QUOTED = `"(?:[ !#-\\[\\]-~${NOT_ASCII}]|\\\\[ -~])*"`;
const isMail = whole(
  `(?:${list(ATOM)}|${QUOTED})@(?:${list(label(`A-Za-z\\d${NOT_ASCII}`))}|\\[[\\d.]+\\]|\\[IPv6:[^\\]]+\\])`,
);

/** Returns a pattern for the characters of a part of a URI, including these additional ones. */
const uri = (more: string) => `(?:[A-Za-z\\d._~!$&'()*+,;=${more}\\-]|%[\\dA-Fa-f]{2})`;
const PATH = `${uri(':@')}*(?:/${uri(':@')}*)*`;
const AUTHORITY = `(?:${uri(':')}*@)?(?:\\[(?:[\\dA-Fa-f:.]+|[vV][\\dA-Fa-f]+\\.${uri(':')}+)\\]|${uri('')}*)(?::\\d*)?`;
const isShapedAsUri = whole(
  `[A-Za-z][A-Za-z\\d+.\\-]*:(?://${AUTHORITY}(?:/${PATH})?|/?(?!/)${PATH})(?:\\?${uri(':@/?')}*)?(?:#${uri(':@/?')}*)?`,
);

const hostLabels = whole(list(label('A-Za-z\\d')));
const isIpv4 = whole('(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.|$)){4}(?<!\\.)');
const isDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text) && isDay(text);

/** The formats that the server checks, with its rules: the whole text must have the format. */
const FORMATS = new Map<string, readonly [(text: string) => boolean, string]>([
  ['email', [isMailbox, 'an email address']],
  ['uri', [isUri, 'a URI such as https://example.org']],
  ['date', [isDate, 'a date such as 2026-11-20']],
  [
    'date-time',
    [
      (text) => isDate(text.slice(0, 10)) && /[Tt]/.test(text[10] ?? '') && isTime(text.slice(11)),
      'a date and time such as 2026-11-20T10:00:00Z',
    ],
  ],
  ['time', [isTime, 'a time such as 10:00:00Z']],
  ['uuid', [whole('[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}'), 'a UUID']],
  ['ipv4', [isIpv4, 'an IPv4 address']],
  ['ipv6', [isIpv6, 'an IPv6 address']],
  ['hostname', [(text) => text.length <= 253 && hostLabels(text), 'a host name']],
]);

/** Returns whether a date in ISO 8601 exists in the calendar: 30 February does not. */
export function isDay(date: string): boolean {
  return new Date(date).toJSON()?.startsWith(date) ?? false;
}

/**
 * Returns whether a text is a time with an offset. A leap second must be the last second of a day
 * in UTC.
 */
function isTime(text: string): boolean {
  const [, hour, minute, second, sign, hours = 0, minutes = 0] =
    /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d+)?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/.exec(
      text,
    ) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  const inUtc = Number(hour) * 60 + Number(minute) - offset;
  return hour !== undefined && (second !== '60' || (inUtc + 2 * 1_440) % 1_440 === 1_439);
}

/** Returns whether a text is an IPv6 address; the browser's URL parser decides. */
function isIpv6(text: string): boolean {
  return /^[\dA-Fa-f:.]{2,45}$/.test(text) && (URL.canParse?.(`http://[${text}]`) ?? true);
}

function isMailbox(text: string): boolean {
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  const [, literal] = /^\[(?:IPv6:)?(.*)\]$/s.exec(domain) ?? [];
  return (
    isMail(text) &&
    new TextEncoder().encode(text.slice(0, at)).length <= 64 &&
    (literal === undefined
      ? domain.length <= 253
      : domain.startsWith('[I')
        ? isIpv6(literal)
        : isIpv4(literal))
  );
}

function isUri(text: string): boolean {
  if (!isShapedAsUri(text)) {
    return false;
  }
  const [, literal] = /\[([^vV][^\]]*)\]/.exec(text) ?? [];
  return literal === undefined || isIpv6(literal);
}

/** A group with nested repetitions, which can take exponential time. A short text is still fast. */
const NESTED = /\([^()]*[*+?{|][^()]*\)[*+{]|\)[^(]*\)[*+{]/;

/** Digits up to a letter, which match a text in at most one way. */
const CERTAIN = /\\d[*+](?=[A-Za-z](?![?*{]))/g;

/**
 * Returns the longest text that the page matches with a pattern; a longer one might take too many
 * steps. Each repetition can end at every character, and so can the certain ones together; an
 * optional part has two ways; a pattern that is not bound to the start can start at every character.
 */
function longest(pattern: string): number {
  const uncertain = pattern.replace(CERTAIN, '');
  const repetitions = uncertain.match(/[*+]|\{\d*,/g)?.length ?? 0;
  const options = uncertain.match(/(?<!\()\?/g)?.length ?? 0;
  const isBound = pattern.startsWith('^') && !pattern.includes('|');
  const powers = repetitions + Number(uncertain !== pattern) + Number(!isBound);
  return NESTED.test(pattern) ? 16 : (10 ** 6 / 2 ** options) ** (1 / Math.max(powers, 1));
}

/**
 * Returns whether a pattern tests for properties and the text has characters that the browser does
 * not know.
 */
function isUnknown(pattern: string, text: string): boolean {
  return /\\p/i.test(pattern) && /\p{Cn}/u.test(text);
}

/**
 * Returns whether the server will refuse a text because of a pattern. The server interprets
 * patterns as JavaScript does with the flag `u`, and also accepts some that JavaScript does not.
 */
function isRefused(pattern: string, text: string): boolean {
  if (text.length > longest(pattern) || isUnknown(pattern, text)) {
    return false;
  }
  try {
    return !new RegExp(pattern, 'u').test(text);
  } catch {
    return false;
  }
}
