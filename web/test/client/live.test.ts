import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client, Environment, StatusDocument } from '../../src/client/index.ts';
import { World } from './world.ts';

let world: World;
let client: Client;

beforeEach(() => {
  world = new World();
});

afterEach(() => client.close());

/** The server's current list. */
function firstPage() {
  return { status: 200, body: { requests: [...world.documents.values()], next: null } };
}

function shown(): string[] {
  return client.requests.map(({ id }) => id);
}

function steps(): string[] {
  return world.log.filter((call) => /ticket|socket|subscribe|requests/.test(call));
}

test('the list is read only after the server has sent subscribed', async () => {
  world.sockets = 'silent';
  client = world.connect();
  await world.settle();
  world.log.length = 0;
  const socket = world.open[0];
  socket?.say({ type: 'subscribed' });
  expect(client.state).toBe('polling');
  await world.settle();
  expect(world.log).toEqual(['GET /requests?limit=50']);
  expect(client.state).toBe('live');
});

test.each(['ws://server/live?ticket=a%2Fb', 'wss://other.example.org:8443/dev?x=%20&t=1#'])(
  "the ticket's URL is used unchanged: %s",
  async (url) => {
    world.next(/tickets/, () => ({ status: 201, body: { ticket: 'other', url } }));
    client = world.connect();
    await world.settle();
    expect(world.log).toContain(`socket ${url}`);
  },
);

test('a server that is called over TLS gets only sockets with TLS', async () => {
  client = world.connect({}, 'https://server');
  await world.settle();
  expect(world.log).toContain('socket wss://server/live?ticket=a%2Fb');
});

test('a page with TLS opens only sockets with TLS', async () => {
  vi.stubGlobal('location', new URL('https://page.example.org/'));
  client = world.connect();
  await world.settle();
  vi.unstubAllGlobals();
  expect(world.log).toContain('socket wss://server/live?ticket=a%2Fb');
});

test('a URL that cannot be opened is reported, and the client polls', async () => {
  client = world.connect({
    WebSocket: class {
      constructor() {
        throw new DOMException('An insecure WebSocket', 'SecurityError');
      }
    } as unknown as NonNullable<Environment['WebSocket']>,
  });
  await world.settle();
  expect(client.state).toBe('polling');
  expect(world.reports).toContain('could not open a live connection; will retry');
});

test('the newest page is read first, and older ones on demand, one after another', async () => {
  ['a', 'b', 'c', 'd', 'e'].forEach((id) => world.put(id, 1, { status: 'SUCCEEDED' }));
  world.pageSize = 2;
  client = world.connect();
  await world.settle();
  expect(shown()).toEqual(['e', 'd']);
  expect(client.isComplete).toBe(false);
  expect(await Promise.all([client.loadOlder(), client.loadOlder()])).toEqual([true, true]);
  expect(shown()).toEqual(['e', 'd', 'c', 'b']);
  expect(await client.loadOlder()).toBe(false);
  expect(shown()).toEqual(['e', 'd', 'c', 'b', 'a']);
  expect(client.isComplete).toBe(true);
});

test('changes and removals on an older page are detected after the socket was lost', async () => {
  ['a', 'b', 'c', 'd', 'e'].forEach((id) => world.put(id, 1, { status: 'SUCCEEDED' }));
  world.pageSize = 2;
  client = world.connect();
  await world.settle();
  await client.loadOlder();
  world.put('c', 5, { status: 'FAILED' });
  world.documents.delete('b');
  world.open[0]?.drop();
  await world.pass(2_000);
  expect(client.state).toBe('live');
  expect(client.request('c')?.version).toBe(5);
  expect(shown()).toEqual(['e', 'd', 'c']);
  expect(await client.loadOlder()).toBe(false);
  expect(shown()).toEqual(['e', 'd', 'c', 'a']);
});

test('a change of a request far below the loaded part does not add it to the list', async () => {
  const old = { status: 'SUCCEEDED', createdAt: '2025-01-01T00:00:00.000Z' };
  world.put('old', 1, old);
  ['x', 'y', 'z'].forEach((id) => world.put(id, 1));
  world.pageSize = 2;
  client = world.connect();
  await world.settle();
  world.push('old', 2, { ...old, status: 'RUNNING' });
  expect(shown()).toEqual(['z', 'y']);
  expect(client.request('old')?.version).toBe(2);
  while (await client.loadOlder());
  expect(shown()).toEqual(['z', 'y', 'x', 'old']);
});

test('a list that has grown very long without loadOlder is truncated at its next read', async () => {
  client = world.connect();
  await world.settle();
  for (let index = 0; index < 1_100; index++) {
    const createdAt = new Date(index).toISOString();
    world.push(`id-${String(index).padStart(4, '0')}`, 1, { status: 'SUCCEEDED', createdAt });
  }
  expect(client.requests).toHaveLength(1_100);
  await world.pass(301_000);
  expect(client.requests).toHaveLength(50);
  expect(client.isComplete).toBe(false);
});

test('after the socket is lost, no request is certain until it is received again', async () => {
  world.put('a', 1, { status: 'SUCCEEDED' });
  client = world.connect();
  await world.settle();
  expect(client.isCurrent('a')).toBe(true);
  const confirmed = client.confirmedAt('a');
  await world.pass(1_000);
  world.httpDown = true;
  world.open[0]?.drop();
  await world.settle();
  expect(client.isCurrent('a')).toBe(false);
  await world.pass(20_000);
  expect(client.state).toBe('offline');
  expect(client.confirmedAt('a')).toBe(confirmed);
  world.httpDown = false;
  await world.pass(5_000);
  expect(client.state).toBe('live');
  expect(client.isCurrent('a')).toBe(true);
  expect(client.confirmedAt('a')).toBeGreaterThan(confirmed ?? Infinity);
});

test('a list does not undo a push that overtook it', async () => {
  world.put('a', 1);
  world.next(/requests/, () => firstPage());
  world.next(/requests/, () => {
    const stale = { status: 200, body: { requests: [world.documents.get('a')], next: null } };
    world.push('a', 2, { status: 'SUCCEEDED' });
    return stale;
  });
  client = world.connect();
  await world.settle();
  expect(client.request('a')?.version).toBe(2);
});

test('a list does not restore a request that was removed while the list was read', async () => {
  world.put('a', 1);
  world.next(/requests/, () => firstPage());
  world.next(/requests/, () => {
    const stale = { status: 200, body: { requests: [world.documents.get('a')], next: null } };
    world.remove('a');
    return stale;
  });
  client = world.connect();
  await world.settle();
  expect(client.requests).toEqual([]);
});

test('a lost socket is replaced: ticket, subscribe, list', async () => {
  client = world.connect();
  await world.settle();
  world.log.length = 0;
  world.open[0]?.drop();
  await world.settle();
  expect(client.state).toBe('polling');
  world.put('a', 4);
  await world.pass(600);
  expect(client.state).toBe('live');
  expect(steps().slice(-4)).toEqual([
    'POST /live/tickets',
    'socket ws://server/live?ticket=a%2Fb',
    'subscribe',
    'GET /requests?limit=50',
  ]);
  expect(client.request('a')?.version).toBe(4);
});

test('requests that were removed while there was no socket are gone after the reconnect', async () => {
  world.put('a', 1);
  client = world.connect();
  await world.settle();
  world.open[0]?.drop();
  world.documents.delete('a');
  await world.pass(600);
  expect(client.requests).toEqual([]);
});

test('the backoff grows, and restarts after a stable connection', async () => {
  world.sockets = 'refused';
  world.random = 1;
  client = world.connect();
  await world.pass(120_000);
  const tries = world.log.filter((call) => call.startsWith('socket')).length;
  // After 1 s, 2 s, 4 s, 8 s, 16 s, then every 30 s.
  expect(tries).toBe(8);
  world.sockets = 'open';
  await world.pass(30_000);
  expect(client.state).toBe('live');
  await world.pass(30_000);
  world.log.length = 0;
  world.open[0]?.drop();
  await world.pass(1_100);
  expect(client.state).toBe('live');
});

test('a connection that ends at once does not restart the backoff', async () => {
  world.random = 1;
  client = world.connect();
  await world.settle();
  const lost: number[] = [];
  for (let time = 0; time < 4; time++) {
    world.open[0]?.drop();
    const started = world.now;
    while (client.state !== 'live' || world.open.length === 0) {
      await world.pass(100);
    }
    lost.push(Math.floor((world.now - started) / 1_000));
  }
  expect(lost).toEqual([1, 2, 4, 8]);
});

test('if the list cannot be read, the socket is closed and opened again', async () => {
  world.next(/GET .requests/, () => firstPage());
  world.next(/GET .requests/, () => ({ status: 503 }));
  client = world.connect();
  await world.settle();
  expect(client.state).toBe('polling');
  expect(world.log).toContain('close');
  await world.pass(1_000);
  expect(client.state).toBe('live');
});

test('a socket on which the server never sends subscribed is closed', async () => {
  world.sockets = 'silent';
  client = world.connect();
  await world.pass(9_999);
  expect(world.open).toHaveLength(1);
  world.sockets = 'open';
  await world.pass(2_000);
  expect(client.state).toBe('live');
});

test.each([
  ['30 s while the page is visible and something is unfinished', 'RUNNING', false, 55, 60],
  ['just under 10 min in a hidden tab', 'RUNNING', true, 3, 3],
  ['just under 10 min while nothing is unfinished', 'SUCCEEDED', false, 3, 3],
])('a silent server is pinged after %s', async (_, status, hidden, least, most) => {
  world.put('a', 3, { status: status as StatusDocument['status'] });
  world.hidden = hidden;
  client = world.connect();
  await world.pass(30 * 60_000 + 1_000);
  const pings = world.log.filter((call) => call === 'ping').length;
  expect(pings).toBeGreaterThanOrEqual(least);
  expect(pings).toBeLessThanOrEqual(most);
  expect(client.state).toBe('live');
});

test('a socket that broke while nothing was unfinished is detected when something is', async () => {
  client = world.connect();
  await world.settle();
  world.sockets = 'silent';
  await world.pass(300_000);
  expect(client.state).toBe('live');
  await client.submit('place-order', {});
  await world.pass(14_500);
  expect(client.state).toBe('polling');
});

test('any message shows that the server is alive', async () => {
  client = world.connect();
  await world.settle();
  for (let version = 1; version <= 10; version++) {
    await world.pass(20_000);
    world.push('a', version);
  }
  expect(world.log).not.toContain('ping');
});

test('a socket without a response to a ping is closed, and polling starts', async () => {
  world.put('a', 3);
  client = world.connect();
  await world.settle();
  world.sockets = 'silent';
  await world.pass(39_000);
  expect(client.state).toBe('live');
  await world.pass(5_500);
  expect(client.state).toBe('polling');
});

test('unfinished requests are read again every 60 s while live, with If-None-Match', async () => {
  world.put('a', 3);
  world.put('b', 3, { status: 'FAILED' });
  client = world.connect();
  await world.settle();
  world.log.length = 0;
  await world.pass(61_000);
  expect(world.log.filter((call) => call !== 'ping')).toEqual(['GET /status/a']);
  world.log.length = 0;
  await world.pass(60_000);
  expect(world.log.filter((call) => call !== 'ping')).toEqual([
    'GET /status/a if-none-match "life-1-3"',
  ]);
});

test('a lost push is recovered within 60 s', async () => {
  world.put('a', 3);
  client = world.connect();
  await world.settle();
  world.put('a', 4, { status: 'SUCCEEDED' });
  await world.pass(61_000);
  expect(client.request('a')?.status).toBe('SUCCEEDED');
});

test('a lost push of a finished request is recovered within 5 min', async () => {
  world.put('a', 3, { status: 'FAILED' });
  world.put('b', 3, { status: 'SUCCEEDED' });
  client = world.connect();
  await world.settle();
  world.put('a', 9, { status: 'SUCCEEDED' });
  world.documents.delete('b');
  await world.pass(301_000);
  expect(client.request('a')?.version).toBe(9);
  expect(client.request('b')).toBeUndefined();
});

test('a partial push is shown at once, and the whole document is read', async () => {
  world.put('a', 1);
  client = world.connect();
  await world.settle();
  const whole = world.put('a', 2, { status: 'SUCCEEDED', result: { large: true } });
  const { input: _, result: __, ...rest } = whole;
  world.send({ type: 'status', request: { ...rest, partial: true } });
  expect(client.request('a')).toMatchObject({ version: 2, partial: true, input: { dish: 'soup' } });
  await world.settle();
  expect(client.request('a')).toEqual(whole);
  expect(world.log.at(-1)).toBe('GET /status/a');
});

test('if the whole document of a partial push cannot be read, it is read again soon', async () => {
  client = world.connect();
  await world.settle();
  const whole = world.put('a', 2, { status: 'SUCCEEDED', result: { large: true } });
  world.next(/status.a/, () => ({ status: 503 }));
  world.send({ type: 'status', request: { ...whole, result: undefined, partial: true } });
  await world.pass(10_000);
  expect(client.request('a')).toEqual(whole);
});

test('a pushed removal removes the request and notifies the listeners', async () => {
  world.put('a', 1);
  client = world.connect();
  await world.settle();
  const notified: (readonly string[])[] = [];
  client.onRequests((ids) => notified.push(ids));
  world.remove('a');
  expect(client.requests).toEqual([]);
  expect(notified).toEqual([['a']]);
});

test('a removal names the life of its request, so that a late push does not restore it', async () => {
  const one = { createdAt: '2026-01-01T00:00:00.000Z' };
  const other = { createdAt: '2026-02-01T00:00:00.000Z' };
  const late = world.put('a', 3, one);
  client = world.connect();
  await world.settle();
  world.remove('a');
  world.send({ type: 'status', request: late });
  expect(client.request('a')).toBeUndefined();
  world.push('a', 1, other);
  world.send({ type: 'removed', id: 'a', version: 3, ...one });
  expect(client.request('a')?.createdAt).toBe(other.createdAt);
});

test.each([
  ['later', '2026-01-01T00:05:00.000Z'],
  ['earlier', '2025-12-31T23:55:00.000Z'],
])(
  'a reused id shows its new request at once even if its creation time is %s',
  async (_, createdAt) => {
    world.put('a', 3, { status: 'SUCCEEDED' });
    client = world.connect();
    await world.settle();
    world.remove('a');
    world.push('a', 1, { createdAt, input: { dish: 'steak' } });
    expect(client.request('a')?.input).toEqual({ dish: 'steak' });
    expect(client.isCurrent('a')).toBe(true);
    world.push('a', 3, { status: 'SUCCEEDED', createdAt, input: { dish: 'steak' } });
    await world.pass(140_000);
    expect(client.request('a')).toEqual(world.documents.get('a'));
  },
);

test('after a push of another life, without a removal, the client reads the status', async () => {
  world.put('a', 3, { status: 'SUCCEEDED' });
  client = world.connect();
  await world.pass(1_000);
  const confirmed = client.confirmedAt('a');
  world.documents.delete('a');
  world.next(/status/, () => ({ status: 503 }));
  world.push('a', 1, { createdAt: '2025-12-31T23:55:00.000Z' });
  expect(client.request('a')?.version).toBe(3);
  expect(client.isCurrent('a')).toBe(false);
  expect(client.confirmedAt('a')).toBe(confirmed);
  await world.pass(4_000);
  expect(client.request('a')?.version).toBe(1);
  expect(client.isCurrent('a')).toBe(true);
  expect(client.confirmedAt('a')).toBeGreaterThan(confirmed ?? Infinity);
});

test('a read that another life overtook is repeated at once', async () => {
  const old = world.put('a', 3, { createdAt: '2027-01-01T00:00:00.000Z' });
  client = world.connect();
  await world.settle();
  world.documents.delete('a');
  world.put('a', 1);
  world.next(/status/, () => {
    world.send({ type: 'status', request: old });
    return { status: 200, body: world.documents.get('a') };
  });
  world.signal('visible');
  await world.settle();
  expect(client.request('a')).toEqual(world.documents.get('a'));
});

test('a disputed request is read even without a socket, and even if it is finished', async () => {
  const known = world.put('a', 3, { status: 'SUCCEEDED' });
  client = world.connect();
  await world.settle();
  world.next(/status/, () => ({ status: 503 }));
  world.send({ type: 'status', request: { ...known, life: 'other' } });
  await world.settle();
  world.sockets = 'refused';
  world.open[0]?.drop();
  world.next(/GET .requests/, () => new Promise(() => {}));
  await world.pass(2_000);
  expect(client.state).toBe('polling');
  expect(client.isCurrent('a')).toBe(true);
});

test.each(['a sleep', 'online', 'offline', 'resumed'] as const)(
  'after %s, the socket is replaced and everything is read again',
  async (what) => {
    client = world.connect();
    await world.settle();
    world.log.length = 0;
    world.put('a', 1);
    await (what === 'a sleep' ? world.sleep(3_600_000) : world.signal(what));
    await world.pass(100);
    expect(world.log).toContain('close');
    expect(client.request('a')?.version).toBe(1);
    expect(client.state).toBe('live');
  },
);

test('a tab that becomes visible again reads the unfinished requests', async () => {
  world.put('a', 1);
  client = world.connect();
  await world.settle();
  world.put('a', 2);
  world.signal('visible');
  await world.settle();
  expect(client.request('a')?.version).toBe(2);
});

test('when the network is back, the next try starts without waiting for the backoff', async () => {
  world.sockets = 'refused';
  world.random = 1;
  client = world.connect();
  await world.pass(20_000);
  world.sockets = 'open';
  world.signal('online');
  await world.settle();
  expect(client.state).toBe('live');
});

test('unreadable and unknown messages are ignored', async () => {
  client = world.connect();
  await world.settle();
  world.open[0]?.onmessage?.({ data: '{' } as never);
  world.send({ type: 'weather' });
  world.send({ type: 'error', code: 'busy', message: 'Later' });
  world.push('a', 1);
  expect(client.request('a')?.version).toBe(1);
  expect(client.state).toBe('live');
});

test('a listener that throws affects neither the client nor the other listeners', async () => {
  client = world.connect();
  await world.settle();
  const notified: string[] = [];
  client.onRequests(() => {
    throw new Error('of the page');
  });
  client.onRequests((ids) => notified.push(...ids));
  world.push('a', 1);
  world.push('a', 2);
  expect(notified).toEqual(['a', 'a']);
  expect(world.reports).toContain('a listener threw; calling the other listeners');
});

test('a removed listener is no longer called', async () => {
  client = world.connect();
  await world.settle();
  let notified = 0;
  const end = client.onRequests(() => notified++);
  world.push('a', 1);
  end();
  world.push('a', 2);
  expect(notified).toBe(1);
});
