import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client, RequestType } from '../../src/client/index.ts';
import { World } from './world.ts';

let world: World;
let client: Client;
/** What the listener was called with. */
let seen: string[][];

beforeEach(async () => {
  world = new World();
  world.types = [named('greet')];
  client = world.connect();
  seen = [];
  await world.settle();
});

afterEach(() => client.close());

function named(name: string, title = name): RequestType {
  return { name, title, description: '', steps: ['one'], schema: {} };
}

function listen(): () => void {
  return client.onTypes((types) => seen.push(types.map(({ title }) => title)));
}

function reads(): number {
  return world.log.filter((call) => call === 'GET /types').length;
}

test('the types are read for a listener, and not without one', async () => {
  await world.pass(600_000);
  expect(reads()).toBe(0);
  listen();
  await world.settle();
  expect(seen).toEqual([['greet']]);
});

test('an announced change is read at once', async () => {
  listen();
  await world.settle();
  world.types = [named('greet', 'Good day'), named('hello')];
  world.send({ type: 'types' });
  await world.settle();
  expect(seen).toEqual([['greet'], ['Good day', 'hello']]);
});

test('a listener is not called again with the same types', async () => {
  listen();
  await world.settle();
  world.send({ type: 'types' });
  await world.settle();
  expect(reads()).toBe(2);
  expect(seen).toHaveLength(1);
});

test('a change that is announced during a read is read afterwards', async () => {
  let respond = () => {};
  const older = { status: 200, body: world.types };
  world.next(/types/, () => new Promise((resolve) => (respond = () => resolve(older))));
  listen();
  await world.settle();
  world.types = [named('hello')];
  world.send({ type: 'types' });
  world.send({ type: 'types' });
  respond();
  await world.settle();
  expect(seen).toEqual([['greet'], ['hello']]);
  expect(reads()).toBe(2);
});

test.each([
  ['after a reconnect', () => world.open[0]?.drop(), 2_000],
  ['when the page becomes visible', () => world.signal('visible'), 0],
  ['every five minutes', () => {}, 300_000],
])('a change that was not announced is read %s', async (_, happen, millis) => {
  listen();
  await world.settle();
  world.types = [named('hello')];
  happen();
  await world.pass(millis);
  expect(seen).toEqual([['greet'], ['hello']]);
});

test('a hidden page does not read the types every few minutes', async () => {
  listen();
  await world.settle();
  world.hidden = true;
  await world.pass(1_000_000);
  expect(reads()).toBe(1);
});

test('without a socket, a change is read within a minute', async () => {
  client.close();
  client = world.connect({ WebSocket: null });
  listen();
  await world.settle();
  world.types = [named('hello')];
  await world.pass(64_000);
  expect(seen).toEqual([['greet'], ['hello']]);
});

test('a failed read is retried after 3 s, or later if the server asks for it', async () => {
  world.next(/types/, () => undefined);
  world.next(/types/, () => ({ status: 429, headers: { 'Retry-After': '10' } }));
  listen();
  await world.pass(2_999);
  expect(reads()).toBe(1);
  await world.pass(1);
  expect(reads()).toBe(2);
  await world.pass(9_999);
  expect(reads()).toBe(2);
  await world.pass(1);
  expect(seen).toEqual([['greet']]);
});

test('nothing is read for a listener that was removed', async () => {
  const stop = listen();
  await world.settle();
  stop();
  world.send({ type: 'types' });
  await world.settle();
  expect(reads()).toBe(1);
});

test('two listeners get the types once each', async () => {
  listen();
  await world.settle();
  listen();
  await world.settle();
  expect(seen).toEqual([['greet'], ['greet']]);
});

test('a closed client reads nothing', async () => {
  listen();
  await world.settle();
  client.close();
  await world.pass(600_000);
  expect(reads()).toBe(1);
  expect(world.pendingTimers).toBe(0);
});
