import { expect, test } from 'vitest';
import { startableAt } from '../../src/shared/start.ts';
import { answerLimit, isForYou, waitReason } from '../../src/shared/waits.ts';
import { tookWord } from '../../src/shared/words.ts';
import { document } from '../client/world.ts';

const NOW = new Date(2026, 0, 2, 12, 0).getTime();
const DAY = 86_400_000;
const at = (millis: number) => new Date(NOW + millis).toISOString();

test.each([
  [{ reason: 'queue', since: at(-5_000) }, 'Queued'],
  [{ reason: 'backoff', until: at(40_000) }, 'Retry in 40 s'],
  [{ reason: 'backoff', until: at(-1) }, 'Retry now'],
  [{ reason: 'backoff' }, 'Waiting for the next attempt'],
  [{ reason: 'answer', since: at(-2 * 3_600_000) }, 'Waiting for an answer for 2 h'],
  [{ reason: 'answer', since: at(5_000) }, 'Waiting for an answer for 1 s'],
  [{ reason: 'answer' }, 'Waiting for an answer'],
  [{ reason: 'time', until: at(3 * DAY) }, 'Continues in 3 d'],
  [{ reason: 'time', until: at(100) }, 'Continues in 1 s'],
  [{ reason: 'time' }, 'Waiting to continue'],
  [{ reason: 'schedule' }, 'Scheduled'],
  [{ reason: 'moon' }, ''],
  [{ reason: 'constructor' }, ''],
  [null, ''],
  [undefined, ''],
])('the wait %j is "%s"', (waiting, words) => {
  expect(waitReason(document('order-001', 1, { waiting }), NOW)).toBe(words);
});

const scheduled = (millis: number) =>
  waitReason(document('order-001', 1, { waiting: { reason: 'schedule', until: at(millis) } }), NOW);

test('a start today has no date, any other one has', () => {
  expect(scheduled(4 * 60_000)).toMatch(/^Starts at \d\d?:04(\sPM)? \(in 4 min\)$/);
  expect(scheduled(DAY)).toMatch(/^Starts on \S+ \S+ at \d\d?:00(\sPM)? \(in 1 d\)$/);
  expect(scheduled(400 * DAY)).toContain('2027');
});

test('the end of the time to answer is known only if there is one', () => {
  const limit = (waiting: object) => answerLimit(document('order-001', 1, { waiting }), NOW);
  expect(limit({ reason: 'answer', until: at(DAY) })).toMatch(
    /^Answer by \S+ \S+ at \d\d?:00(\sPM)? \(in 1 d\)\.$/,
  );
  expect(limit({ reason: 'answer' })).toBe('');
});

test.each([
  [40_400, '40 s'],
  [90_000, '2 min'],
  [59 * 60_000, '59 min'],
  [100 * 60_000, '2 h'],
  [36 * 3_600_000 - 1, '1 d'],
])('%i ms before its end, a wait ends in %s', (left, words) => {
  const waiting = { reason: 'time', until: at(left) };
  expect(waitReason(document('order-001', 1, { waiting }), NOW)).toBe(`Continues in ${words}`);
});

test('a request waits for the user while it can be answered', () => {
  const links = { self: '', cancel: null, retry: null };
  expect(isForYou(document('order-001', 1, { links }))).toBe(false);
  expect(isForYou(document('order-001', 1, { links: { ...links, answer: null } }))).toBe(false);
  expect(isForYou(document('order-001', 1, { links: { ...links, answer: '/a' } }))).toBe(true);
});

test('a scheduled request takes time from its start time, once that has come', () => {
  const request = { createdAt: at(0), notBefore: at(DAY), updatedAt: at(DAY + 2_000) };
  const finished = document('order-001', 1, { status: 'SUCCEEDED', ...request });
  expect(startableAt(finished)).toBe(NOW + DAY);
  expect(tookWord(finished)).toBe('Finished after 2.0 s');
  expect(startableAt({ ...finished, updatedAt: at(1_000) })).toBe(NOW);
  expect(startableAt({ ...finished, notBefore: at(-DAY) })).toBe(NOW);
  expect(startableAt({ ...finished, notBefore: null })).toBe(NOW);
  expect(startableAt({ ...finished, createdAt: null })).toBeNaN();
});
