import { expect, test } from 'vitest';
import { differences } from '../../src/history/differences.ts';
import { type Change, type Gap, History, recorded } from '../../src/history/history.ts';
import { document, World } from '../client/world.ts';

function linesOf(lines: readonly (Change | Gap)[]): string[] {
  return lines.map((line) =>
    'version' in line
      ? `${line.version} ${line.status}: ${line.what.join(', ')}`
      : `${line.from}–${line.to} ${line.why}`,
  );
}

const cook = (status: string, more: object = {}) => ({
  steps: [{ name: 'cook', status, ...more }],
});

const event = (name: string, version = 2) => ({
  history: [{ version, at: '2026-01-01T00:00:00.000Z', event: name, by: 'system' }],
});

test('every received version is listed, newest first, with its changes', () => {
  const history = new History();
  history.see(document('order-001', 1, { status: 'ACCEPTED', attempt: 0, ...cook('PENDING') }), 1);
  history.see(document('order-001', 2, cook('PENDING')), 2);
  history.see(document('order-001', 3, cook('RUNNING', { startedAt: 'a' })), 3);
  const last = document('order-001', 4, { status: 'SUCCEEDED', ...cook('SUCCEEDED') });
  history.see(last, 4);
  expect(linesOf(history.of(last))).toEqual([
    '4 SUCCEEDED: cook succeeded',
    '3 RUNNING: cook started',
    '2 RUNNING: attempt 1 started',
    '1 ACCEPTED: ',
  ]);
});

test('versions that were not received are listed as gaps', () => {
  const history = new History();
  history.see(document('order-001', 3), 1);
  history.see(document('order-001', 7), 1);
  expect(linesOf(history.of(document('order-001', 7)))).toEqual([
    '7 RUNNING: still in progress',
    '4–6 unseen',
    '3 RUNNING: ',
    '1–2 unseen',
  ]);
});

const recorded4 = [
  { version: 1, at: '2026-01-01T00:00:00.000Z', event: 'submitted', by: 'owner' },
  { version: 2, at: '2026-01-01T00:00:01.000Z', event: 'started', by: 'system' },
  { version: 4, at: '2026-01-01T00:00:02.000Z', event: 'retrying', by: 'system', code: 'oven' },
  { version: 5, at: '2026-01-01T00:00:03.000Z', event: 'approved', by: 'link' },
];

test('the recorded schedule and waits of a request are listed', () => {
  const events = ['submitted', 'due', 'started', 'waiting', 'answered', 'waiting', 'time-is-up'];
  const entries = events.map((name, index) => ({ ...event(name, index + 1).history[0] }));
  const last = document('order-001', 8, {
    history: entries,
    notBefore: '2026-01-02T00:00:00.000Z',
  });
  expect(linesOf(new History().of(last))).toEqual([
    '8 RUNNING: ',
    '7 ACCEPTED: the time is up',
    '6 WAITING: a step waits',
    '5 ACCEPTED: answered',
    '4 WAITING: a step waits',
    '3 RUNNING: started',
    '2 ACCEPTED: its start time has come',
    '1 SCHEDULED: submitted',
  ]);
});

test('a recorded answer by link is listed as such', () => {
  const entries = [
    { ...event('waiting', 1).history[0] },
    { ...event('answered', 2).history[0], by: 'link' },
  ];
  const last = document('order-001', 3, { history: entries });
  expect(linesOf(new History().of(last))[1]).toBe('2 ACCEPTED: answered by link');
});

test('the recorded undo of a request is listed', () => {
  const entries: [event: string, code?: string][] = [
    ['retrying', 'oven'],
    ['undoing', 'burnt'],
    ['retrying', 'offline'],
    ['failed', 'undo-failed'],
    ['retried'],
    ['retrying', 'offline'],
    ['failed', 'burnt'],
    ['retried'],
    ['retrying', 'oven'],
    ['undoing'],
  ];
  const last = document('order-001', 11, {
    history: entries.map(([name, code], index) => ({ ...event(name, index + 1).history[0], code })),
  });
  expect(linesOf(new History().of(last)).reverse()).toEqual([
    '1 RETRYING: a step failed: oven',
    '2 : undoing, because it failed: burnt',
    '3 RETRYING: an undo failed: offline',
    '4 FAILED: failed: undo-failed',
    '5 ACCEPTED: retry requested',
    '6 RETRYING: an undo failed: offline',
    '7 FAILED: failed: burnt',
    '8 ACCEPTED: retry requested',
    '9 RETRYING: a step failed: oven',
    '10 : undoing, because it was cancelled',
    '11 RUNNING: ',
  ]);
});

test('the changes of a request are complete although the page did not receive them', () => {
  const history = new History();
  const last = document('order-001', 7, { history: recorded4 });
  history.see(last, 9);
  expect(linesOf(history.of(last))).toEqual([
    '7 RUNNING: ',
    '5 : approved by link',
    '4 RETRYING: a step failed: oven',
    '2 RUNNING: started',
    '1 ACCEPTED: submitted',
  ]);
  expect(history.of(last)[2]).toMatchObject({ at: recorded4[2]?.at, seen: null });
});

test('a received version says more than the record of it', () => {
  const history = new History();
  history.see(document('order-001', 1, { status: 'ACCEPTED', attempt: 0 }), 1);
  const last = document('order-001', 2, { history: recorded4.slice(0, 2) });
  history.see(last, 2);
  expect(linesOf(history.of(last))).toEqual([
    '2 RUNNING: attempt 1 started',
    '1 ACCEPTED: submitted',
  ]);
  expect(history.of(last)[0]).toMatchObject({ seen: 2 });
});

test('versions before the oldest record are a gap', () => {
  const last = document('order-001', 5, { history: recorded4.slice(2) });
  expect(linesOf(new History().of(last))).toEqual([
    '5 RUNNING: approved by link',
    '4 RETRYING: a step failed: oven',
    '1–3 unseen',
  ]);
});

test('a repeated or late version changes nothing', () => {
  const history = new History();
  [1, 2, 2, 1].forEach((version) => history.see(document('order-001', version), version));
  expect(history.of(document('order-001', 2)).map((line) => 'seen' in line && line.seen)).toEqual([
    2, 1,
  ]);
});

test('if there are many changes, the oldest are discarded, and listed as a gap', () => {
  const history = new History(10, 2);
  [1, 2, 3, 4].forEach((version) => history.see(document('order-001', version), 0));
  expect(linesOf(history.of(document('order-001', 4)))).toEqual([
    '4 RUNNING: still in progress',
    '3 RUNNING: still in progress',
    '1–2 forgotten',
  ]);
});

test('if there are many requests, those that have not changed for longest are discarded', () => {
  const history = new History(2);
  history.see(document('order-001', 1), 0);
  history.see(document('order-002', 1), 0);
  history.see(document('order-001', 2), 0);
  history.see(document('order-003', 1), 0);
  expect(history.of(document('order-001', 2))).toHaveLength(2);
  expect(history.of(document('order-002', 1))[0]).toMatchObject({ version: 1, seen: null });
});

test('a request that is finished when it is first received does not displace others', () => {
  const history = new History(1);
  history.see(document('order-001', 1), 5);
  history.see(document('order-002', 9, { status: 'SUCCEEDED' }), 5);
  expect(history.of(document('order-001', 1))[0]).toMatchObject({ seen: 5 });
  expect(linesOf(history.of(document('order-002', 9, { status: 'SUCCEEDED' })))).toEqual([
    '9 SUCCEEDED: ',
    '1–8 unseen',
  ]);
});

test('a reused id starts a new history', () => {
  const history = new History();
  history.see(document('order-001', 8), 0);
  const reused = document('order-001', 1, { createdAt: '2026-02-01T00:00:00.000Z' });
  history.see(reused, 0);
  expect(linesOf(history.of(reused))).toEqual(['1 RUNNING: ']);
});

test('a new life of an id starts a new history, even if it was created at the same time', () => {
  const history = new History();
  history.see(document('order-001', 3, { life: 'one' }), 0);
  const other = document('order-001', 4, { life: 'two' });
  expect(linesOf(history.of(other))).toEqual(['4 RUNNING: ', '1–3 unseen']);
  history.see(other, 0);
  expect(linesOf(history.of(other))).toEqual(['4 RUNNING: ', '1–3 unseen']);
});

test('a request that gets its life with its first claim keeps its history', () => {
  const history = new History();
  history.see(document('order-001', 1, { status: 'ACCEPTED', createdAt: null, attempt: 0 }), 0);
  const claimed = document('order-001', 2, { life: 'one' });
  history.see(claimed, 0);
  expect(linesOf(history.of(claimed))).toEqual(['2 RUNNING: attempt 1 started', '1 ACCEPTED: ']);
});

test("a history records a client's known requests and its changes, and forgets removed requests", async () => {
  const world = new World();
  const client = world.connect();
  await world.settle();
  world.push('order-001', 1);
  await world.settle();
  const history = new History();
  const end = recorded(history, client, () => world.now);
  world.push('order-001', 2);
  await world.settle();
  expect(linesOf(history.of(document('order-001', 2)))).toHaveLength(2);
  world.remove('order-001');
  await world.settle();
  expect(history.of(document('order-001', 2))[0]).toMatchObject({ seen: null });
  end();
  client.close();
});

test.each([
  ['attempt 2 started', {}, { attempt: 2 }],
  ['cancel requested', {}, { cancelRequested: true }],
  ['retry requested', { status: 'FAILED' }, { status: 'ACCEPTED', attempt: 0 }],
  ['error burnt', {}, { error: { code: 'burnt', message: '', retryable: true } }],
  ['40% cooking', {}, { progress: { percent: 40, message: 'cooking' } }],
  ['40%', { progress: { percent: 30 } }, { progress: { percent: 40 } }],
  ['cook failed', cook('RUNNING', { startedAt: 'a' }), cook('FAILED', { startedAt: 'a' })],
  ['cook started', cook('RUNNING', { startedAt: 'a' }), cook('RUNNING', { startedAt: 'b' })],
  ['cook pending', cook('FAILED'), cook('PENDING')],
  ['cook cancelled', cook('RUNNING'), cook('CANCELLED')],
  ['cook waiting', cook('PENDING'), { status: 'WAITING', ...cook('WAITING') }],
  ['its start time has come', { status: 'SCHEDULED' }, { status: 'ACCEPTED', ...event('due') }],
  ['answered', { status: 'WAITING' }, { status: 'ACCEPTED', ...event('answered') }],
  [
    'answered by link',
    { status: 'WAITING' },
    { status: 'ACCEPTED', history: [{ ...event('answered').history[0], by: 'link' }] },
  ],
  ['the time is up', { status: 'WAITING' }, { status: 'ACCEPTED', ...event('time-is-up') }],
  ['still in progress', {}, event('answered', 1)],
  ['still in progress', cook('PENDING'), cook('PENDING')],
  ['status changed', {}, { status: 'PAUSED' }],
  ['status changed', { status: 'SUCCEEDED' }, { status: 'PAUSED' }],
  ['cook undone', cook('SUCCEEDED'), cook('UNDONE')],
  ['undoing, because it failed', {}, { undoing: { outcome: 'FAILED', error: null } }],
  ['undoing, because it was cancelled', {}, { undoing: { outcome: 'CANCELLED', error: null } }],
  ['undoing', {}, { undoing: { outcome: 'PAUSED', error: null } }],
  ['cook SKIPPED', cook('SUCCEEDED'), cook('SKIPPED')],
  ['cook constructor', cook('SUCCEEDED'), cook('constructor')],
  ['still in progress', {}, cook('PENDING')],
])('%s', (words, before, after) => {
  expect(differences(document('order-001', 1, before), document('order-001', 2, after))).toEqual([
    words,
  ]);
});
