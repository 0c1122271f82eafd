import { expect, test } from 'vitest';
import { roundPart, roundWord } from '../../src/shared/round.ts';
import { timelineOf } from '../../src/chart/timeline.ts';
import { document } from '../client/world.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const at = (millis: number) => new Date(START + millis).toISOString();

function timeline(more: object, now = 10_000) {
  const laid = timelineOf(document('order-001', 1, { createdAt: at(0), ...more }), START + now);
  return JSON.parse(JSON.stringify(laid), (key, value) =>
    key === 'start' || key === 'end' ? value - START : value,
  );
}

test('steps are between the submission and the end, after the wait for a worker', () => {
  const steps = [
    { name: 'a', status: 'SUCCEEDED', startedAt: at(200), endedAt: at(500) },
    { name: 'b', status: 'FAILED', startedAt: at(500), endedAt: at(900) },
    { name: 'c', status: 'PENDING' },
  ];
  expect(timeline({ status: 'FAILED', steps, updatedAt: at(1_000) })).toEqual({
    start: 0,
    end: 1_000,
    tick: 200,
    waiting: { start: 0, end: 200, growing: false },
    steps: [
      { start: 200, end: 500, growing: false },
      { start: 500, end: 900, growing: false },
      null,
    ],
    back: [],
    pause: null,
  });
});

test('the period of a running step grows with the clock', () => {
  const steps = [{ name: 'a', status: 'RUNNING', startedAt: at(0) }];
  for (const now of [1_000, 60_000]) {
    expect(timeline({ steps }, now)).toMatchObject({
      end: now,
      waiting: null,
      steps: [{ start: 0, end: now, growing: true }],
    });
  }
});

test('a scheduled request is shown from its submission, and then from its start time', () => {
  const steps = [{ name: 'a', status: 'PENDING' }];
  const scheduled = { status: 'SCHEDULED', steps, notBefore: at(20_000), updatedAt: at(0) };
  expect(timeline(scheduled)).toMatchObject({
    start: 0,
    waiting: { start: 0, end: 10_000, growing: true },
  });
  const running = [{ name: 'a', status: 'RUNNING', startedAt: at(20_100) }];
  const started = { ...scheduled, status: 'RUNNING', steps: running, updatedAt: at(20_100) };
  expect(timeline(started, 30_000)).toMatchObject({
    start: 20_000,
    waiting: { start: 20_000, end: 20_100, growing: false },
    steps: [{ start: 20_100, end: 30_000, growing: true }],
  });
  expect(timeline({ ...scheduled, status: 'CANCELLED', updatedAt: at(700) })).toMatchObject({
    start: 0,
    end: 700,
  });
});

test('a step that waits grows with the clock, and is no pause', () => {
  const steps = [{ name: 'a', status: 'WAITING', startedAt: at(200) }];
  expect(timeline({ status: 'WAITING', steps, updatedAt: at(200) })).toMatchObject({
    steps: [{ start: 200, end: 10_000, growing: true }],
    pause: null,
  });
});

test('a request that no worker has started waits until now, or until it was cancelled', () => {
  const steps = [{ name: 'a', status: 'PENDING' }];
  expect(timeline({ status: 'ACCEPTED', steps })).toMatchObject({
    waiting: { start: 0, end: 10_000, growing: true },
    pause: null,
  });
  expect(timeline({ status: 'CANCELLED', steps, updatedAt: at(700) })).toMatchObject({
    end: 700,
    waiting: { start: 0, end: 700, growing: false },
  });
});

test('a request with a status that this release does not know is not shown as waiting', () => {
  const skipped = { name: 'a', status: 'SKIPPED' };
  expect(timeline({ status: 'PAUSED', steps: [skipped] })).toMatchObject({
    end: 10_000,
    waiting: null,
    steps: [null],
    pause: null,
  });
  const started = { ...skipped, startedAt: at(200), endedAt: at(500) };
  expect(timeline({ status: 'PAUSED', steps: [started] })).toMatchObject({
    waiting: { start: 0, end: 200, growing: false },
    steps: [{ start: 200, end: 500, growing: false }],
    pause: null,
  });
  expect(timeline({ status: 'RUNNING', steps: [{ ...started, endedAt: null }] }).steps).toEqual([
    { start: 200, end: 200, growing: false },
  ]);
});

const booked = [
  { name: 'flight', status: 'UNDONE', startedAt: at(100), endedAt: at(900) },
  { name: 'hotel', status: 'UNDONE', startedAt: at(200), endedAt: at(700) },
  { name: 'car', status: 'FAILED', startedAt: at(300), endedAt: at(500) },
];
const history = [{ version: 3, at: at(500), event: 'undoing', by: 'system' }];

test('undone steps last until they are undone, and the last one is undone first', () => {
  const { steps, back } = timeline({
    status: 'FAILED',
    steps: booked,
    history,
    updatedAt: at(1_000),
  });
  expect(steps[0]).toEqual({ start: 100, end: 900, growing: false });
  expect(back).toEqual([
    { name: 'hotel', stretch: { start: 500, end: 700, growing: false } },
    { name: 'flight', stretch: { start: 700, end: 900, growing: false } },
  ]);
});

test('the current undo grows with the clock while a worker runs it', () => {
  const undoing = { outcome: 'CANCELLED', error: null };
  const steps = [{ ...booked[0], status: 'SUCCEEDED', endedAt: at(200) }, booked[1]];
  const { back } = timeline({ steps, history, undoing });
  expect(back[1]).toEqual({ name: null, stretch: { start: 700, end: 10_000, growing: true } });
  const early = timeline({ steps, history, undoing }, 600).back;
  expect(early[1].stretch).toEqual({ start: 700, end: 700, growing: true });
  const paused = timeline({ status: 'RETRYING', steps, history, undoing, updatedAt: at(900) });
  expect(paused.back).toHaveLength(1);
  expect(paused.pause).toMatchObject({ start: 900, end: 10_000 });
});

test('a step that was stopped to undo the others ends when the request turned back', () => {
  const stopped = { name: 'car', status: 'CANCELLED', startedAt: at(300) };
  const cancelled = { status: 'CANCELLED', history, updatedAt: at(1_000) };
  const { steps } = timeline({ ...cancelled, steps: [booked[1], stopped] });
  expect(steps[1]).toMatchObject({ start: 300, end: 500 });
  const again = timeline({ ...cancelled, steps: [{ ...stopped, startedAt: at(800) }] });
  expect(again.steps[0]).toMatchObject({ start: 800, end: 1_000 });
});

test('undos whose times are not known cause no errors', () => {
  const unknown = { name: 'car', status: 'UNDONE', startedAt: at(0) };
  expect(timeline({ status: 'FAILED', steps: [booked[1], unknown] }).back).toEqual([
    { name: 'car', stretch: null },
    { name: 'hotel', stretch: { start: 700, end: 700, growing: false } },
  ]);
});

test('between two attempts there is a pause that grows', () => {
  const steps = [{ name: 'a', status: 'FAILED', startedAt: at(100), endedAt: at(400) }];
  expect(timeline({ status: 'RETRYING', steps, updatedAt: at(450) }).pause).toEqual({
    start: 450,
    end: 10_000,
    growing: true,
  });
});

test('a step whose worker lost the claim ends with the last change', () => {
  const steps = [{ name: 'a', status: 'CANCELLED', startedAt: at(100) }];
  const { steps: laid } = timeline({ status: 'CANCELLED', steps, updatedAt: at(800) });
  expect(laid).toEqual([{ start: 100, end: 800, growing: false }]);
});

test('times that are missing, invalid, equal or in the future cause no errors', () => {
  expect(timeline({ createdAt: null })).toBeNull();
  expect(timeline({ createdAt: 'soon', steps: [{ name: 'a', status: 'PENDING' }] })).toBeNull();
  const steps = [{ name: 'a', status: 'SUCCEEDED', startedAt: at(0), endedAt: at(0) }];
  expect(timeline({ status: 'SUCCEEDED', steps, updatedAt: at(0) })).toMatchObject({
    start: 0,
    end: 0,
    tick: 1,
  });
  const ahead = [{ name: 'a', status: 'RUNNING', startedAt: at(5_000) }];
  expect(timeline({ steps: ahead }, 4_000).steps).toEqual([
    { start: 5_000, end: 5_000, growing: true },
  ]);
});

test.each([
  [0.5, 1],
  [999, 200],
  [1_001, 500],
  [60_000, 15_000],
  [6 * 3_600_000, 2 * 3_600_000],
  [30 * 86_400_000, 6 * 86_400_000],
])('%d ms are divided into parts of %d', (millis, part) => {
  expect(roundPart(millis, 5)).toBe(part);
});

test.each([
  [0, '0'],
  [200, '200 ms'],
  [30_000, '30 s'],
  [90_000, '1.5 min'],
  [43_200_000, '12 h'],
  [86_400_000, '1 d'],
])('%d ms are %s', (millis, word) => {
  expect(roundWord(millis)).toBe(word);
});
