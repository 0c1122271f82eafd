import { isDay } from './text.ts';

/**
 * What an element of type `datetime-local` gives: a date and a time of day, without a zone. A `~2`
 * after it, which no element gives, means the later of two moments at which clocks show this.
 */
const LOCAL = /^(\d{4,6})(-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)(~2)?$/;

/** A moment as RFC 3339 writes it, without leap seconds: clocks here do not show them. */
const MOMENT = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d))$/;

const DAY = 86_400_000;

/**
 * Converts a local time to the moment at which clocks here show it, as RFC 3339 writes it; returns
 * any other text as it is. The browser's own `Date` knows the rules of its zone. If clocks skip
 * the time, the moment is as much later as they were set forward. If they show it twice, the first
 * is taken, unless the text means the later.
 */
export function momentOf(text: string): string {
  const moment = momentsOf(text)?.chosen;
  return (moment !== undefined && written(moment)) || text;
}

/**
 * Converts a moment to what clocks here show then, to the millisecond, as the element takes it;
 * returns an empty text if the text is no moment, or is one that the element cannot show.
 */
export function localOf(text: string): string {
  const moment = instantOf(text);
  return moment === undefined
    ? LOCAL.test(text)
      ? text.replace('~2', '')
      : ''
    : shownAt(moment)
        .replace(/^(-|0000).*/, '') // The element has no year before 1.
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '')
        .replace(/(T..:..):00$/, '$1');
}

/**
 * Returns what stands for a newly typed local time. If clocks show it twice, it means the later
 * moment if the value before did.
 */
export function retyped(typed: string, before: string): string {
  const moment = instantOf(before);
  const isLater =
    moment === undefined ? before.endsWith('~2') : momentsOf(shownAt(moment))?.later === moment;
  return isLater && LOCAL.test(typed) ? `${typed}~2` : typed;
}

/** Returns what stands for the other moment at which clocks here show the same; null without one. */
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
  /** Undefined unless clocks show the time twice. */
  readonly later: number | undefined;
}

/** The moments that a local time can mean, in epoch milliseconds; undefined for other texts. */
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

/** The moment that an RFC 3339 text names, in epoch milliseconds. */
function instantOf(text: string): number | undefined {
  const [, day = '', time = ''] = MOMENT.exec(text) ?? [];
  const moment = Date.parse(`${day}T${time}`.toUpperCase());
  return Number.isNaN(moment) || !isDay(day) ? undefined : moment;
}

/** What clocks here show, as if it were UTC, in epoch milliseconds. */
function localAt(moment: number): number {
  const [, year = '', rest = ''] = LOCAL.exec(shownAt(moment)) ?? [];
  return Date.parse(`${isoYear(year)}${rest}Z`);
}

/** What clocks here show, to the millisecond. */
function shownAt(moment: number): string {
  const date = new Date(moment);
  const two = (part: number, digits = 2) => String(part).padStart(digits, '0');
  const day = `${two(date.getFullYear(), 4)}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => two(part));
  return `${day}T${time.join(':')}.${two(date.getMilliseconds(), 3)}`;
}

/**
 * As RFC 3339 writes it, which has no year after 9999: in UTC, or with the offset of this zone if
 * only that has such a year; undefined if there is no way to write it.
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

/** Years of more than four digits have six and a sign in what `Date` reads. */
function isoYear(year: string): string {
  return year.length > 4 ? `+${year.padStart(6, '0')}` : year;
}
