import type { StatusCore } from '../client/index.ts';
import { UNITS } from './round.ts';
import { minuteClock } from './words.ts';

/**
 * Returns why no worker works on an unfinished request, and how long this lasts: `Queued`, `Retry
 * in 40 s`. An empty text if the request does not wait, or if the reason is not known.
 *
 * @param now - when the document was last known to be current, in epoch milliseconds
 */
export function waitReason({ waiting }: StatusCore, now: number): string {
  const { reason, since, until } = waiting ?? {};
  switch (reason) {
    case 'schedule':
      return until ? startWord(until, now) : 'Scheduled';
    case 'queue':
      return 'Queued';
    case 'backoff':
      return until ? `Retry ${countdown(until, now)}` : 'Waiting for the next attempt';
    case 'answer':
      return `Waiting for an answer${since ? ` for ${brief(now - Date.parse(since))}` : ''}`;
    case 'time':
      return until ? `Continues ${countdown(until, now)}` : 'Waiting to continue';
    default:
      return '';
  }
}

/** Returns whether a request waits for the user's answer. */
export function isForYou({ links }: StatusCore): boolean {
  return Boolean(links.answer);
}

/** Returns how the last wait of a step ended; undefined if it has not ended or this is not known. */
export function endOfWait({ history }: StatusCore): 'answered' | 'time-is-up' | undefined {
  return history
    ?.map(({ event }) => event)
    .findLast((event) => event === 'answered' || event === 'time-is-up');
}

/** Returns until when the user can answer a request; an empty text if there is no limit. */
export function answerLimit({ waiting }: StatusCore, now: number): string {
  const { until } = waiting ?? {};
  return until ? `Answer by ${localTime(until, now)} (${countdown(until, now)}).` : '';
}

/** Returns when a request starts: `Starts at 14:30 (in 4 min)`. */
function startWord(time: string, now: number): string {
  const on = dateOf(time, now) === '' ? 'at' : 'on';
  return `Starts ${on} ${localTime(time, now)} (${countdown(time, now)})`;
}

/** Returns a local time, with the date if it is not today: `14:30`, `Jan 31 at 14:30`. */
export function localTime(time: string, now: number): string {
  const date = dateOf(time, now);
  return `${date === '' ? '' : `${date} at `}${minuteClock(time)}`;
}

/** Returns the local date; an empty text if it is today. */
function dateOf(time: string, now: number): string {
  const [date, today] = [new Date(time), new Date(now)];
  const year = date.getFullYear() === today.getFullYear() ? undefined : 'numeric';
  return date.toDateString() === today.toDateString()
    ? ''
    : date.toLocaleDateString(undefined, { day: 'numeric', month: 'short', year });
}

/** Returns how far away a time is: `in 40 s`, `in 3 d`; `now` if it has come. */
function countdown(time: string, now: number): string {
  const left = Date.parse(time) - now;
  return left > 0 ? `in ${brief(left, Math.round)}` : 'now';
}

/** Formats a duration in one unit: `40 s`, `3 d`. */
function brief(millis: number, whole = Math.floor): string {
  const [size, unit] = UNITS.find(([size]) => millis >= size && size >= 1_000) ?? [1_000, 's'];
  return `${Math.max(1, whole(millis / size))} ${unit}`;
}
