import { isFinished, type StatusDocument } from '../client/index.ts';

const MINUTE = 60_000;
const MINUTES = 60;

/** The outcomes, in the order in which they are told. */
export const OUTCOMES = ['SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How a number of requests went. Times from accepted to finished, in milliseconds. */
export interface Going {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Half of them took this long or less; null where none has a known time. */
  readonly p50: number | null;
  /** 95 of 100 took this long or less. */
  readonly p95: number | null;
}

/** One minute: its start in epoch milliseconds, and how what finished in it went. */
export interface Minute extends Going {
  readonly start: number;
}

/** The last hour, oldest minute first; the last is the one that is under way. */
export interface Hour {
  readonly minutes: readonly Minute[];
  readonly all: Going;
}

/**
 * How the last hour went. Pure. A finished request changes no more, so its last change is its end;
 * an end that a clock ahead of this one has written counts as now.
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
    minutes: inMinute.map((some, index) => ({ start: (first + index) * MINUTE, ...going(some) })),
    all: going(inMinute.flat()),
  };
}

function going(finished: readonly StatusDocument[]): Going {
  const counts = { SUCCEEDED: 0, FAILED: 0, CANCELLED: 0 };
  finished.forEach(({ status }) => counts[status as Outcome]++);
  const times = finished
    .map(({ createdAt, updatedAt }) => Date.parse(updatedAt ?? '') - Date.parse(createdAt ?? ''))
    .filter((millis) => millis >= 0)
    .sort((one, other) => one - other);
  return { counts, p50: percentile(times, 50), p95: percentile(times, 95) };
}

/** By nearest rank: one that was really measured. */
function percentile(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? null;
}
