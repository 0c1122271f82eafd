import { describe, expect, test } from 'vitest';
import { retryAfterOf } from '../../src/client/problem.ts';
import { World } from './world.ts';

const NOW = Date.UTC(1994, 10, 6, 8, 49, 30);

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7_000],
    ['86400', 86_400_000],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 7_000],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 7_000],
    ['Sun Nov  6 08:49:37 1994', 7_000],
    ['Sun, 06 Nov 1994 08:49:00 GMT', 0],
  ])('"%s" is seconds or a date', (header, millis) => {
    expect(retryAfterOf(header, NOW)).toBe(millis);
  });

  test.each([
    null,
    '',
    '-5',
    '1.5',
    '1e3',
    '0x10',
    'Infinity',
    'soon',
    'soon 5',
    '5, 10',
    '2100'.repeat(2) + 'T',
  ])('%j is neither, and is ignored', (header) => expect(retryAfterOf(header, NOW)).toBeNull());
});

test.each([
  ['seconds', () => '86400'],
  ['a date', (now: number) => new Date(now + 86_400_000).toUTCString()],
])('after a Retry-After of a day (%s), the client waits a minute at most', async (_, header) => {
  const world = new World();
  const client = world.connect({ WebSocket: null });
  await world.settle();
  world.put('a', 1);
  world.next(/GET .requests/, () => ({
    status: 503,
    headers: { 'Retry-After': header(world.now) },
  }));
  await world.pass(2_000);
  expect(client.state).toBe('offline');
  world.log.length = 0;
  await world.pass(50_000);
  expect(world.log).toEqual([]);
  await world.pass(15_000);
  expect(client.state).toBe('polling');
  expect(client.request('a')?.version).toBe(1);
  client.close();
});

test.each([
  ['20', 20_000],
  ['86400', 60_000],
])('a refused ticket is requested again after Retry-After (%s s)', async (header, millis) => {
  const world = new World();
  world.next(/tickets/, () => ({ status: 429, headers: { 'Retry-After': header } }));
  const client = world.connect();
  const tickets = () => world.log.filter((call) => call.includes('tickets')).length;
  await world.pass(millis - 1_000);
  expect(tickets()).toBe(1);
  await world.pass(2_000);
  expect(tickets()).toBe(2);
  expect(client.state).toBe('live');
  client.close();
});

test.each(['soon', '-1'])('an invalid Retry-After (%s) delays nothing', async (header) => {
  const world = new World();
  const client = world.connect({ WebSocket: null });
  await world.settle();
  world.next(/GET .requests/, () => ({ status: 503, headers: { 'Retry-After': header } }));
  await world.pass(10_000);
  expect(client.state).toBe('polling');
  client.close();
});
