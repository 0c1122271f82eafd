import { isFinished, type StatusDocument } from '../client/index.ts';
import { startableAt } from '../shared/start.ts';

const MINUTE = 60_000;
const MINUTES = 60;

/** The outcomes, in the order in which they are shown. */
export const OUTCOMES = ['SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * The outcomes and durations of a set of requests. Durations are from accepted, or from the start
 * time of a scheduled request, to finished, in milliseconds.
 */
export interface Statistics {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** The median; null if no request has a known duration. */
  readonly p50: number | null;
  /** The 95th percentile; null if no request has a known duration. */
  readonly p95: number | null;
}

/**
 * The statistics of the requests that finished within one minute, and its start in epoch
 * milliseconds.
 */
export interface Minute extends Statistics {
  readonly start: number;
}

/** The statistics of the last hour, oldest minute first. The last minute is the current one. */
export interface Hour {
  readonly minutes: readonly Minute[];
  readonly all: Statistics;
}

/**
 * Calculates the statistics of the last hour. A pure function. A finished request no longer
 * changes, so its last change is its end. An end in the future, from a clock that is ahead, counts
 * as now.
 */
export function hourOf(documents: readonly StatusDocument[], now: number): Hour {
  const first = Math.floor(now / MINUTE) - MINUTES + 1;
  const from = new Date(first * MINUTE).toISOString();
  const inMinute = Array.from({ length: MINUTES }, (): StatusDocument[] => []);
  for (const document of documents) {
    if (isFinished(document.status) && (document.updatedAt ?? '') >= from) {
      const ended = Math.min(now, Date.parse(document.updatedAt as string));
      inMinute[Math.floor(ended / MINUTE) - first]?.push(document);
    }
  }
  return {
    minutes: inMinute.map((some, index) => ({
      start: (first + index) * MINUTE,
      ...statisticsOf(some),
    })),
    all: statisticsOf(inMinute.flat()),
  };
}

function statisticsOf(finished: readonly StatusDocument[]): Statistics {
  const counts = { SUCCEEDED: 0, FAILED: 0, CANCELLED: 0 };
  finished.forEach(({ status }) => counts[status as Outcome]++);
  const times = tookMillis(finished);
  return { counts, p50: percentile(times, 50), p95: percentile(times, 95) };
}

/** Returns how long these finished requests took, in milliseconds, shortest first. */
export function tookMillis(finished: readonly StatusDocument[]): number[] {
  return finished
    .map((request) => Date.parse(request.updatedAt ?? '') - startableAt(request))
    .filter((millis) => millis >= 0)
    .sort((one, other) => one - other);
}

/** Returns the percentile by the nearest-rank method, so the result is always a measured value. */
export function percentile(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? null;
}
