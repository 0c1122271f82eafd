import { expect, test } from 'vitest';
import { hourOf } from '../../src/chart/minutes.ts';
import { document } from '../client/world.ts';

const NOW = Date.parse('2026-01-01T12:00:30.000Z');
const at = (beforeNow: number) => new Date(NOW - beforeNow).toISOString();

let ids = 0;

function finished(status: string, ago: number, took: number | null) {
  const createdAt = took === null ? null : at(ago + took);
  return document(`order-${ids++}`, 5, { status, createdAt, updatedAt: at(ago) });
}

test('finished requests are counted in their minute, by outcome', () => {
  const { minutes, all } = hourOf(
    [
      finished('SUCCEEDED', 0, 10),
      finished('SUCCEEDED', 29_999, 10),
      finished('FAILED', 31_000, 10),
      finished('CANCELLED', 59 * 60_000 + 30_000, 10),
      document('order-abc', 2, { status: 'RUNNING', updatedAt: at(0) }),
      document('order-abd', 2, { status: 'PAUSED', updatedAt: at(0) }),
    ],
    NOW,
  );
  expect(minutes).toHaveLength(60);
  expect(minutes[59]).toMatchObject({
    start: Date.parse('2026-01-01T12:00:00.000Z'),
    counts: { SUCCEEDED: 2, FAILED: 0, CANCELLED: 0 },
  });
  expect(minutes[58]?.counts.FAILED).toBe(1);
  expect(minutes[0]?.counts.CANCELLED).toBe(1);
  expect(all.counts).toEqual({ SUCCEEDED: 2, FAILED: 1, CANCELLED: 1 });
});

test('requests that finished before the hour or at an unknown time are left out', () => {
  const unknown = document('order-abc', 2, { status: 'FAILED', updatedAt: null });
  const { all } = hourOf([finished('FAILED', 60 * 60_000, 10), unknown], NOW);
  expect(all).toEqual({
    counts: { SUCCEEDED: 0, FAILED: 0, CANCELLED: 0 },
    p50: null,
    p95: null,
  });
});

test('an end in the future counts as now', () => {
  const { minutes } = hourOf([finished('SUCCEEDED', -120_000, 10)], NOW);
  expect(minutes[59]?.counts.SUCCEEDED).toBe(1);
});

test('percentiles use the nearest rank, for each minute and for the hour', () => {
  const quick = Array.from({ length: 19 }, (_, index) => finished('SUCCEEDED', 0, index + 1));
  const { minutes, all } = hourOf([...quick, finished('FAILED', 60_000, 900)], NOW);
  expect(minutes[59]).toMatchObject({ p50: 10, p95: 19 });
  expect(minutes[58]).toMatchObject({ p50: 900, p95: 900 });
  expect(minutes[57]).toMatchObject({ p50: null, p95: null });
  expect(all).toMatchObject({ p50: 10, p95: 19 });
});

test('a request without a known start is counted, but has no duration', () => {
  const { all } = hourOf([finished('SUCCEEDED', 0, null), finished('SUCCEEDED', 0, 40)], NOW);
  expect(all).toMatchObject({ counts: { SUCCEEDED: 2 }, p50: 40, p95: 40 });
});
