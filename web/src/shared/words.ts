import type { ConnectionState, LinkTerms, RequestType, StatusCore } from '../client/index.ts';
import { UNITS } from './round.ts';
import { startableAt } from './start.ts';
import { ConnectionError, isFinished, ProblemError } from '../client/index.ts';
import { STATUSES } from './statuses.ts';

const KNOWN: readonly string[] = [...STATUSES, 'PENDING', 'UNDONE'];

/** What users read about a running request that was cancelled. */
export const CANCELLING = 'Cancelling; waiting for the running step to stop.';

const CONNECTIONS: Readonly<Record<ConnectionState, string>> = {
  live: 'Changes appear as they happen.',
  polling: 'No live connection. The page checks for changes every few seconds.',
  offline: 'The server does not respond. The data may be outdated. Retrying automatically.',
};

/** Returns what a state of the connection means for the shown data. */
export function connectionMeaning(state: ConnectionState): string {
  return CONNECTIONS[state];
}

/** Returns a status as users read it, or the unchanged text if this release does not know it. */
export function statusWord(status: string): string {
  return status.slice(0, 1) + statusInSentence(status).slice(1);
}

/** Returns a status as written within a sentence. */
export function statusInSentence(status: string): string {
  return KNOWN.includes(status) ? status.toLowerCase() : status;
}

/**
 * Returns what a request waits for.
 *
 * @param status - of a request that waits
 * @param isStarted - whether a step has already started
 */
export function waitWord(status: string, isStarted: boolean): string {
  return !isStarted
    ? status === 'SCHEDULED'
      ? 'Waiting for its start time'
      : 'Waiting for a worker'
    : status === 'RETRYING'
      ? 'Waiting for the next attempt'
      : 'Waiting to continue';
}

/** Returns how long a finished request took; an empty text if it is unfinished or not known. */
export function tookWord(request: StatusCore): string {
  const { status, updatedAt } = request;
  const start = startableAt(request);
  return isFinished(status) && updatedAt !== null && !Number.isNaN(start)
    ? `Finished after ${duration(Date.parse(updatedAt) - start)}`
    : '';
}

/** Returns the title of a type, or its name if the server no longer has this type. */
export function titleOf(name: string, types: readonly RequestType[]): string {
  return types.find((type) => type.name === name)?.title ?? name;
}

/** Returns what a link allows: `see the request`, `see the request, and answer its step approve`. */
export function scopeWord({ scope, step }: Pick<LinkTerms, 'scope' | 'step'>): string {
  const answer = step === null ? ', and answer it' : `, and answer its step ${step}`;
  return `see the request${scope === 'answer' ? answer : ''}`;
}

/** Returns a text with its first letter in upper case. */
export function upperCased(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Returns the title and the detail that users read about a failed call. */
export function explain(error: unknown): { readonly title: string; readonly detail: string } {
  if (error instanceof ProblemError) {
    return { title: error.problem.title, detail: error.problem.detail ?? '' };
  }
  if (error instanceof ConnectionError) {
    return {
      title: 'The server does not respond',
      detail: 'Check your connection and try again.',
    };
  }
  return { title: 'Unexpected error in this page', detail: String(error) };
}

/** Returns the title and the detail that users read about a request that could not be read. */
export function explainUnread(error: unknown): { readonly title: string; readonly detail: string } {
  switch (error instanceof ProblemError ? error.status : 0) {
    case 401:
      return { title: 'Log in to see this request', detail: '' };
    case 403:
      return { title: 'You may not see this request', detail: '' };
    case 404:
      return {
        title: 'This request does not exist',
        detail: 'It may have expired or been deleted.',
      };
    default:
      return explain(error);
  }
}

/**
 * Returns how long ago a time was: `just now`, `20 s ago`, `3 min ago`. A time in the future counts
 * as now.
 */
export function ago(time: string, now: number): string {
  const passed = now - Date.parse(time);
  if (!(passed >= 10_000)) {
    return 'just now';
  }
  const [size, unit] = UNITS.find(([size]) => passed >= size)!;
  const whole = Math.floor(passed / size);
  return `${unit === 's' ? whole - (whole % 10) : whole} ${unit} ago`;
}

/** Formats a duration: `120 ms`, `1.4 s`, `2 min 5 s`, `3 h 20 min`, `4 d 2 h`. */
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

/**
 * Formats a local date and time with the name of the time zone, because times repeat when clocks
 * are set back.
 */
export function absolute(time: string | number): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' });
}

/** Formats the local time of day: `14:05:09`. */
export function clock(time: string | number): string {
  return new Date(time).toLocaleTimeString(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
}

/** Formats the local time of day with milliseconds: `14:05:09.120`. */
export function exactClock(time: string | number): string {
  return new Date(time).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
}

/** Formats the local hour and minute: `14:05`. */
export function minuteClock(time: string | number): string {
  return new Date(time).toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
}
