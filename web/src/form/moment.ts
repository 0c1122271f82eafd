import { isDay } from './text.ts';

/**
 * A local time, as an element of type `datetime-local` returns it: a date and a time of day,
 * without a time zone. A suffix `~2`, which no element returns, means the later of two moments with
 * this local time.
 */
const LOCAL = /^(\d{4,6})(-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)(~2)?$/;

/** A moment in the format of RFC 3339, without leap seconds, which local clocks do not show. */
const MOMENT = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))$/;

const DAY = 86_400_000;

/**
 * Converts a local time to a moment in the format of RFC 3339; returns any other text unchanged.
 * The browser's own `Date` knows the rules of its time zone. If clocks skip the local time, the
 * moment is later by as much as they were set forward. If the local time occurs twice, the result
 * is the first moment, unless the text means the later one.
 */
export function momentOf(text: string): string {
  const moment = momentsOf(text)?.chosen;
  return (moment !== undefined && written(moment)) || text;
}

/**
 * Converts a moment to a local time with milliseconds, in the element's format. Returns an empty
 * text if the text is not a moment, or is one that the element cannot show.
 */
export function localOf(text: string): string {
  const moment = instantOf(text);
  return moment === undefined
    ? LOCAL.test(text)
      ? text.replace('~2', '')
      : ''
    : shownAt(moment)
        .replace(/^(-|0000).*/, '') // The element supports no year before 1.
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
        .replace(/(T..:..):00$/, '$1');
}

/**
 * Returns the value of a newly typed local time. If the time occurs twice, the value means the
 * later moment if the previous value did.
 */
export function retyped(typed: string, before: string): string {
  const moment = instantOf(before);
  const isLater =
    moment === undefined ? before.endsWith('~2') : momentsOf(shownAt(moment))?.later === moment;
  return isLater && LOCAL.test(typed) ? `${typed}~2` : typed;
}

/** Returns the value of the other moment with the same local time; null if there is none. */
export function otherOf(text: string): string | null {
  const local = localOf(text);
  const later = momentsOf(local)?.later;
  if (later === undefined) {
    return null;
  }
  const isLater = (instantOf(text) ?? momentsOf(text)?.chosen) === later;
  return isLater ? local : `${local}~2`;
}

interface Moments {
  readonly chosen: number;
  /** Undefined unless the local time occurs twice. */
  readonly later: number | undefined;
}

/**
 * Returns the moments that a local time can mean, in epoch milliseconds; undefined for other texts.
 */
function momentsOf(text: string): Moments | undefined {
  const [whole, year = '', rest = '', second] = LOCAL.exec(text) ?? [];
  const local = isoYear(year) + rest;
  const asUtc = Date.parse(`${local}Z`);
  const first = Date.parse(local);
  if (whole === undefined || Number.isNaN(first) || !isDay(local.split('T')[0]!)) {
    return undefined;
  }
  const last = asUtc - (localAt(asUtc + DAY) - (asUtc + DAY));
  const later = last > first && localAt(last) === asUtc ? last : undefined;
  return { chosen: (second && later) || first, later };
}

/** Parses an RFC 3339 text, and returns the moment in epoch milliseconds. */
function instantOf(text: string): number | undefined {
  const [, day = '', time = ''] = MOMENT.exec(text) ?? [];
  const moment = Date.parse(`${day}T${time}`.toUpperCase());
  return Number.isNaN(moment) || !isDay(day) ? undefined : moment;
}

/** Returns the local time of a moment as if it were UTC, in epoch milliseconds. */
function localAt(moment: number): number {
  const [, year = '', rest = ''] = LOCAL.exec(shownAt(moment)) ?? [];
  return Date.parse(`${isoYear(year)}${rest}Z`);
}

/** Formats the local time of a moment with milliseconds. */
function shownAt(moment: number): string {
  const date = new Date(moment);
  const two = (part: number, digits = 2) => String(part).padStart(digits, '0');
  const day = `${two(date.getFullYear(), 4)}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => two(part));
  return `${day}T${time.join(':')}.${two(date.getMilliseconds(), 3)}`;
}

/**
 * Formats a moment by RFC 3339, which supports no year after 9999: in UTC, or with the local offset
 * if only the local time has a valid year. Returns undefined if neither is possible.
 */
function written(moment: number): string | undefined {
  const utc = new Date(moment).toJSON();
  if (!utc.startsWith('+')) {
    return utc.startsWith('-') ? undefined : utc.replace('.000Z', 'Z');
  }
  const local = shownAt(moment);
  const minutes = Math.round(Math.abs(localAt(moment) - moment) / 60_000);
  const two = (part: number) => String(Math.trunc(part)).padStart(2, '0');
  return /^\d{4}-/.test(local)
    ? `${local.replace('.000', '')}-${two(minutes / 60)}:${two(minutes % 60)}`
    : undefined;
}

/**
 * Formats a year for `Date`, which expects a sign and six digits for years of more than four
 * digits.
 */
function isoYear(year: string): string {
  return year.length > 4 ? `+${year.padStart(6, '0')}` : year;
}
