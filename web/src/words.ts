import type { RequestType } from './client/index.ts';
import { UNITS } from './chart/round.ts';
import { ConnectionError, ProblemError } from './client/index.ts';
import { STATUSES } from './list/filter.ts';

const KNOWN: readonly string[] = [...STATUSES, 'PENDING'];

/** A status as a person reads it; the text itself if this release does not know it. */
export function statusWord(status: string): string {
  return status.slice(0, 1) + statusInSentence(status).slice(1);
}

/** The same within a sentence. */
export function statusInSentence(status: string): string {
  return KNOWN.includes(status) ? status.toLowerCase() : status;
}

/** The title of a type, or its name where the server has no such type any more. */
export function titleOf(name: string, types: readonly RequestType[]): string {
  return types.find((type) => type.name === name)?.title ?? name;
}

/** What a person is told of a call that failed. */
export function explain(error: unknown): { readonly title: string; readonly detail: string } {
  if (error instanceof ProblemError) {
    return { title: error.problem.title, detail: error.problem.detail ?? '' };
  }
  if (error instanceof ConnectionError) {
    return { title: 'The server does not answer', detail: 'Check the connection and try again.' };
  }
  return { title: 'This page went wrong', detail: String(error) };
}

/** How long ago that was: `just now`, `20 s ago`, `3 min ago`. Times ahead of the clock are now. */
export function ago(time: string, now: number): string {
  const passed = now - Date.parse(time);
  if (!(passed >= 10_000)) {
    return 'just now';
  }
  const [size, unit] = UNITS.find(([size]) => passed >= size)!;
  const whole = Math.floor(passed / size);
  return `${unit === 's' ? whole - (whole % 10) : whole} ${unit} ago`;
}

/** A length of time: `120 ms`, `1.4 s`, `2 min 5 s`, `3 h 20 min`, `4 d 2 h`. */
export function duration(millis: number): string {
  if (millis < 1_000) {
    return `${Math.max(0, Math.round(millis))} ms`;
  }
  if (millis < 60_000) {
    return `${(Math.floor(millis / 100) / 10).toFixed(1)} s`;
  }
  const large = UNITS.findIndex(([size]) => millis >= size);
  const [[size, unit], [part, partUnit]] = [UNITS[large]!, UNITS[large + 1]!];
  return `${Math.floor(millis / size)} ${unit} ${Math.floor((millis % size) / part)} ${partUnit}`;
}

/** Date and time of day here, with the name of the zone: a clock that is set back repeats times. */
export function absolute(time: string | number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' });
}

/** The time of day here: `14:05:09`. */
export function clock(time: string | number): string {
  return new Date(time).toLocaleTimeString(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
}

/** The time of day here to the millisecond: `14:05:09.120`. */
export function exactClock(time: string | number): string {
  return new Date(time).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
}

/** Hour and minute here: `14:05`. */
export function minuteClock(time: string | number): string {
  return new Date(time).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
}
