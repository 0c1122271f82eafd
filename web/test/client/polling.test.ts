import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client, Connection } from '../../src/client/index.ts';
import { World } from './world.ts';

let world: World;
let client: Client;

beforeEach(() => {
  world = new World();
  world.sockets = 'refused';
});

afterEach(() => client.close());

const calls = (pattern: RegExp) => world.log.filter((call) => pattern.test(call));

test('without a socket, unfinished requests are read with the ETag of the last response', async () => {
  world.put('a', 3);
  world.put('b', 9, { status: 'SUCCEEDED' });
  client = world.connect();
  await world.pass(5_000);
  expect(calls(/status/).slice(0, 2)).toEqual([
    'GET /status/a',
    'GET /status/a if-none-match "life-1-3"',
  ]);
  expect(calls(/status.b/)).toEqual([]);
  expect(client.state).toBe('polling');
});

test('an ETag is sent back unchanged, and only for the document that it came with', async () => {
  const whole = world.put('a', 3);
  world.next(/status/, () => ({ status: 200, body: whole, headers: { ETag: 'W/"any, text"' } }));
  client = world.connect();
  await world.pass(3_500);
  expect(calls(/status/)).toEqual(['GET /status/a', 'GET /status/a if-none-match W/"any, text"']);
  world.documents.delete('a');
  world.put('a', 3);
  await world.pass(5_000);
  expect(client.request('a')?.life).toBe('life-2');
  world.log.length = 0;
  await world.pass(20_000);
  expect([...new Set(calls(/status/))]).toEqual(['GET /status/a if-none-match "life-2-3"']);
});

test('if the response has no ETag, the next read is unconditional', async () => {
  const whole = world.put('a', 3);
  for (let times = 0; times < 2; times++) {
    world.next(/status/, () => ({ status: 200, body: whole }));
  }
  client = world.connect();
  await world.pass(3_500);
  expect(calls(/status/)).toEqual(['GET /status/a', 'GET /status/a']);
});

test('a reused id shows its new request within a few seconds, even if clocks differ', async () => {
  world.put('a', 3, { status: 'SUCCEEDED' });
  client = world.connect();
  await world.pass(10_000);
  world.documents.delete('a');
  world.put('a', 3, { createdAt: '2025-12-31T23:55:00.000Z', input: { dish: 'steak' } });
  await world.pass(5_000);
  expect(client.request('a')?.input).toEqual({ dish: 'steak' });
  expect(client.isCurrent('a')).toBe(true);
});

test('a change is detected within about a second', async () => {
  world.put('a', 3);
  client = world.connect();
  await world.pass(1_500);
  world.put('a', 4, { status: 'SUCCEEDED' });
  await world.pass(1_500);
  expect(client.request('a')?.version).toBe(4);
});

test('unchanged requests are read less and less often, but at least every 11 s', async () => {
  world.put('a', 3);
  client = world.connect();
  await world.pass(30_000);
  world.log.length = 0;
  await world.pass(60_000);
  expect(calls(/status/).length).toBeGreaterThanOrEqual(5);
  expect(calls(/status/).length).toBeLessThanOrEqual(7);
});

test('a request that changes is read every second again', async () => {
  world.put('a', 3);
  client = world.connect();
  await world.pass(30_000);
  world.put('a', 4);
  while (client.request('a')?.version !== 4) {
    await world.pass(100);
  }
  world.put('a', 5);
  await world.pass(1_600);
  expect(client.request('a')?.version).toBe(5);
});

test('a request with a status that this release does not know is read until it is finished', async () => {
  world.put('a', 1, { status: 'PAUSED' });
  client = world.connect();
  await world.pass(3_000);
  world.put('a', 2, { status: 'SUCCEEDED' });
  await world.pass(11_000);
  expect(client.request('a')?.status).toBe('SUCCEEDED');
});

test('requests submitted elsewhere appear', async () => {
  client = world.connect();
  await world.pass(5_000);
  world.put('a', 1);
  await world.pass(11_000);
  expect(client.request('a')?.version).toBe(1);
});

test('a finished request is not read', async () => {
  world.put('a', 1, { status: 'CANCELLED' });
  client = world.connect();
  await world.pass(30_000);
  expect(calls(/status/)).toEqual([]);
});

test('a request that no longer exists is removed', async () => {
  world.put('a', 1);
  client = world.connect();
  await world.settle();
  world.documents.delete('a');
  await world.pass(2_000);
  expect(client.requests).toEqual([]);
});

test('a request that was just submitted is read after a second', async () => {
  client = world.connect();
  await world.pass(60_000);
  await client.submit('place-order', {}, { id: 'mine-0001' });
  world.put('mine-0001', 2);
  await world.pass(1_500);
  expect(client.request('mine-0001')?.version).toBe(2);
});

test('the state is offline, with its start, if neither the socket nor HTTP responds', async () => {
  client = world.connect();
  const notified: Connection[] = [];
  client.onConnection((connection) => notified.push(connection));
  await world.pass(1_000);
  world.httpDown = true;
  await world.pass(12_000);
  expect(client.state).toBe('offline');
  expect(client.connection.since).toBeLessThan(world.now);
  world.httpDown = false;
  await world.pass(12_000);
  expect(client.state).toBe('polling');
  expect(notified.map(({ state }) => state)).toEqual(['offline', 'polling']);
});

test('a server whose database is unreachable counts as offline', async () => {
  world.next(/GET .requests/, () => ({ status: 503 }));
  client = world.connect();
  await world.settle();
  expect(client.state).toBe('offline');
});

test('a call without a response fails after 10 s', async () => {
  world.next(/GET .status/, () => new Promise(() => {}));
  world.put('a', 1);
  client = world.connect();
  await world.pass(5_000);
  world.put('a', 2, { createdAt: null });
  expect(calls(/GET .status.a/)).toHaveLength(1);
  await world.pass(12_000);
  expect(calls(/GET .status.a/).length).toBeGreaterThan(1);
});

test('a list without a response is requested again in parallel, and the state is offline after 10 s', async () => {
  for (let times = 0; times < 20; times++) {
    world.next(/GET .requests/, () => new Promise(() => {}));
  }
  client = world.connect();
  await world.pass(9_000);
  expect(calls(/requests/)).toHaveLength(4);
  expect(client.state).toBe('polling');
  await world.pass(1_500);
  expect(client.state).toBe('offline');
});

test('while the server is unreachable, only the list is read, at least every 4 s', async () => {
  world.put('a', 1);
  client = world.connect();
  await world.settle();
  world.httpDown = true;
  world.random = 0.99;
  await world.pass(20_000);
  world.log.length = 0;
  await world.pass(60_000);
  expect(calls(/status/)).toEqual([]);
  expect(calls(/requests/).length).toBeGreaterThanOrEqual(15);
  expect(calls(/requests/).length).toBeLessThan(20);
});

test('polling ends when the socket is open', async () => {
  world.put('a', 1);
  client = world.connect();
  await world.pass(3_000);
  world.sockets = 'open';
  await world.pass(30_000);
  expect(client.state).toBe('live');
  world.log.length = 0;
  await world.pass(59_000 - 30_000);
  expect(calls(/requests/)).toEqual([]);
});

test('without a WebSocket in the runtime, the client polls and requests no ticket', async () => {
  client = world.connect({ WebSocket: null });
  world.put('a', 1);
  await world.pass(30_000);
  expect(client.request('a')?.version).toBe(1);
  expect(calls(/ticket/)).toEqual([]);
});
