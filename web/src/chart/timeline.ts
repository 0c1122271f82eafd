import { isFinished, type StatusDocument, type Step } from '../client/index.ts';
import { isInProgress } from '../list/filter.ts';
import { roundPart } from './round.ts';

/** How many ticks an axis has at most, besides the one at 0. */
const TICKS = 5;

/** A stretch of time, in epoch milliseconds. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** It goes on: the end is now. */
  readonly growing: boolean;
}

/** Where everything of a request lies on one axis of time, in epoch milliseconds. */
export interface Timeline {
  readonly start: number;
  readonly end: number;
  /** Milliseconds between two ticks, which count from the start. */
  readonly tick: number;
  /** From when it was accepted until somebody began; null if they began at once. */
  readonly waiting: Stretch | null;
  /** One for each step; null for what has not begun. */
  readonly steps: readonly (Stretch | null)[];
  /** It was worked on and waits for somebody to go on; null if not. */
  readonly pause: Stretch | null;
}

/** Lays a request out in time; null while it has no time at all. Pure. */
export function timelineOf(request: StatusDocument, now: number): Timeline | null {
  const steps = request.steps.map((step) => stretchOf(step, request, now));
  const begun = steps.filter((step) => step !== null);
  const first = Math.min(...begun.map(({ start }) => start));
  const start = Math.min(millis(request.createdAt) ?? first, first);
  if (!Number.isFinite(start)) {
    return null;
  }
  const last = isFinished(request.status) ? (millis(request.updatedAt) ?? start) : now;
  const end = Math.max(start, last, ...begun.map((step) => step.end));
  return {
    start,
    end,
    tick: roundPart(Math.max(1, end - start), TICKS),
    waiting: waitingOf(request.status, start, Math.min(first, end), begun.length > 0),
    steps,
    pause: begun.length > 0 ? pauseOf(request, start, end) : null,
  };
}

/** Of a step that was taken from its worker nobody knows the end; it was over by the last change. */
function stretchOf(step: Step, request: StatusDocument, now: number): Stretch | null {
  const start = millis(step.startedAt);
  if (start === null) {
    return null;
  }
  const growing = step.status === 'RUNNING';
  const end = millis(step.endedAt) ?? (growing ? now : millis(request.updatedAt)) ?? start;
  return { start, end: Math.max(start, end), growing };
}

/** A status that this release does not know does not say whether a worker is waited for. */
function waitingOf(status: string, start: number, end: number, isBegun: boolean): Stretch | null {
  const growing = !isBegun && isInProgress(status);
  const isOver = isBegun || isFinished(status);
  return growing || (isOver && end > start) ? { start, end, growing } : null;
}

function pauseOf(request: StatusDocument, start: number, end: number): Stretch | null {
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
