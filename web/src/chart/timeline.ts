import { isFinished, type StatusCore, type Step } from '../client/index.ts';
import { isUnfinished } from '../shared/statuses.ts';
import { isUndoing } from '../shared/undo.ts';
import { roundPart } from '../shared/round.ts';
import { startableAt } from '../shared/start.ts';

/** The maximum number of ticks on an axis, not counting the one at 0. */
const TICKS = 5;

/** A period of time, in epoch milliseconds. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Whether the period continues; its end is now. */
  readonly growing: boolean;
}

/** The undo of one step; the name is null for the current undo, because its step is not known. */
export interface Undo {
  readonly name: string | null;
  /** Null if the times are not known. */
  readonly stretch: Stretch | null;
}

/** The periods of a request on one time axis, in epoch milliseconds. */
export interface Timeline {
  readonly start: number;
  readonly end: number;
  /** Milliseconds between two ticks; the first tick is at the start. */
  readonly tick: number;
  /**
   * From the submission, or the start time of a scheduled request, until a worker started the
   * request; null if a worker started it at once.
   */
  readonly waiting: Stretch | null;
  /**
   * One period for each step; null for a step that has not started. The period of an undone step
   * ends with its undo.
   */
  readonly steps: readonly (Stretch | null)[];
  /** The undos, in their order: those of the undone steps, and the current one. */
  readonly back: readonly Undo[];
  /** The current wait for a worker to continue the request; null if it is not waiting. */
  readonly pause: Stretch | null;
}

/** Calculates the timeline of a request; null if none of its times is known. A pure function. */
export function timelineOf(request: StatusCore, now: number): Timeline | null {
  const steps = request.steps.map((step) => stretchOf(step, request, now));
  const started = steps.filter((step) => step !== null);
  const first = Math.min(...started.map(({ start }) => start));
  const startable = startableAt(request);
  const start = Number.isNaN(startable) ? first : Math.min(startable, first);
  if (!Number.isFinite(start)) {
    return null;
  }
  const last = isFinished(request.status) ? (millis(request.updatedAt) ?? start) : now;
  const end = Math.max(start, last, ...started.map((step) => step.end));
  return {
    start,
    end,
    tick: roundPart(Math.max(1, end - start), TICKS),
    waiting: waitingOf(request.status, start, Math.min(first, end), started.length > 0),
    steps,
    back: backOf(request, now),
    pause: started.length > 0 ? pauseOf(request, start, end) : null,
  };
}

/**
 * Returns the period of a step. If the step's end is unknown because its worker lost the claim or
 * was stopped, uses the time at which the request turned back, or the last change.
 */
function stretchOf(step: Step, request: StatusCore, now: number): Stretch | null {
  const start = millis(step.startedAt);
  if (start === null) {
    return null;
  }
  const growing = step.status === 'RUNNING' || step.status === 'WAITING';
  const turn = turnOf(request) ?? 0;
  const last = turn >= start ? turn : millis(request.updatedAt);
  const end = millis(step.endedAt) ?? (growing ? now : last) ?? start;
  return { start, end: Math.max(start, end), growing };
}

/**
 * Returns the undos. Each one starts when the one before it ends, and the first one when the request
 * turned back.
 */
function backOf(request: StatusCore, now: number): Undo[] {
  let from = turnOf(request);
  return undosOf(request, now).map(({ name, end }) => {
    const start = from ?? end;
    from = end ?? from;
    return { name, stretch: undoStretch(start, end, name === null) };
  });
}

/** Returns the period of an undo. The clock may not have reached the start of the current one. */
function undoStretch(start: number | null, end: number | null, growing: boolean): Stretch | null {
  if (start === null || end === null) {
    return null;
  }
  return growing
    ? { start, end: Math.max(start, end), growing }
    : { start: Math.min(start, end), end, growing };
}

/** Returns when the request last turned back; null if it did not, or if this is not known. */
function turnOf({ history }: StatusCore): number | null {
  return millis(history?.findLast(({ event }) => event === 'undoing')?.at);
}

/** Returns the ends of the undos; the last step is undone first. */
function undosOf(request: StatusCore, now: number): { name: string | null; end: number | null }[] {
  const undone = request.steps
    .filter(({ status }) => status === 'UNDONE')
    .map(({ name, endedAt }) => ({ name, end: millis(endedAt) }))
    .reverse();
  const isRunning = isUndoing(request) && request.status === 'RUNNING';
  return isRunning ? [...undone, { name: null, end: now }] : undone;
}

/**
 * Returns the wait for the first worker. With an unknown status, it is unknown whether the request
 * still waits.
 */
function waitingOf(status: string, start: number, end: number, isStarted: boolean): Stretch | null {
  const growing = !isStarted && isUnfinished(status);
  const isOver = isStarted || isFinished(status);
  return growing || (isOver && end > start) ? { start, end, growing } : null;
}

function pauseOf(request: StatusCore, start: number, end: number): Stretch | null {
  const { status, updatedAt } = request;
  const since = millis(updatedAt) ?? end;
  return status === 'ACCEPTED' || status === 'RETRYING'
    ? { start: Math.min(end, Math.max(start, since)), end, growing: true }
    : null;
}

function millis(time: string | null | undefined): number | null {
  const parsed = Date.parse(time ?? '');
  return Number.isNaN(parsed) ? null : parsed;
}
