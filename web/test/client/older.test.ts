import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client } from '../../src/client/index.ts';
import { World } from './world.ts';

let world: World;
let client: Client;

beforeEach(() => {
  world = new World();
});

afterEach(() => client.close());

const shown = () => client.requests.map(({ id }) => id);

/** Creates finished requests with higher ids than the other requests of a test. */
function putNewer(count: number): void {
  for (let index = 0; index < count; index++) {
    world.put(`z-${String(index).padStart(4, '0')}`, 3, { status: 'SUCCEEDED' });
  }
}

/** Watches a request, and returns the received versions and whether the watch has ended. */
function watching(id: string): { readonly statuses: string[]; ended: boolean } {
  const seen = { statuses: [] as string[], ended: false };
  void (async () => {
    for await (const { status } of client.watch(id)) {
      seen.statuses.push(status);
    }
    seen.ended = true;
  })();
  return seen;
}

describe('with 130 newer requests', () => {
  beforeEach(() => {
    world.put('a-watched', 2);
    putNewer(130);
  });

  test.each(['open', 'refused'] as const)(
    'watch of an older request continues until the request is finished (sockets: %s)',
    async (sockets) => {
      world.sockets = sockets;
      client = world.connect();
      const seen = watching('a-watched');
      await world.pass(400_000);
      expect(seen).toEqual({ statuses: ['RUNNING'], ended: false });
      world.put('a-watched', 3, { status: 'SUCCEEDED' });
      await world.pass(70_000);
      expect(seen).toEqual({ statuses: ['RUNNING', 'SUCCEEDED'], ended: true });
    },
  );

  test('watch of an older request continues after the connection was lost', async () => {
    client = world.connect();
    const seen = watching('a-watched');
    await world.pass(1_000);
    world.open[0]?.drop();
    await world.pass(5_000);
    world.signal('online');
    await world.pass(5_000);
    expect(client.state).toBe('live');
    expect(seen).toEqual({ statuses: ['RUNNING'], ended: false });
  });

  test('watch of an older request ends when the request is removed', async () => {
    client = world.connect();
    const seen = watching('a-watched');
    await world.pass(1_000);
    world.documents.delete('a-watched');
    await world.pass(70_000);
    expect(seen).toEqual({ statuses: ['RUNNING'], ended: true });
  });

  test('a watched request that could not be read is read together with the list', async () => {
    world.httpDown = true;
    client = world.connect();
    const seen = watching('a-watched');
    await world.pass(20_000);
    world.httpDown = false;
    await world.pass(6_000);
    expect(client.state).toBe('live');
    expect(seen).toEqual({ statuses: ['RUNNING'], ended: false });
  });

  test('an unfinished request that was read once stays known and current', async () => {
    client = world.connect();
    await client.get('a-watched');
    await world.pass(400_000);
    world.put('a-watched', 5);
    await world.pass(70_000);
    expect(client.request('a-watched')?.version).toBe(5);
  });

  test('a resync reads exactly the loaded part', async () => {
    client = world.connect();
    await world.pass(1_000);
    expect(client.requests).toHaveLength(50);
    await client.loadOlder();
    expect(client.requests).toHaveLength(131);
    world.put('b-older', 1);
    client.close();
    client = world.connect();
    await world.pass(1_000);
    world.open[0]?.drop();
    await world.pass(5_000);
    expect(client.state).toBe('live');
    expect(client.requests).toHaveLength(50);
    expect(client.request('z-0079')).toBeUndefined();
  });
});

test('the last 20 older finished requests stay known, and no listener is called when the others are dropped', async () => {
  for (let index = 0; index < 40; index++) {
    world.put(`a-${String(index).padStart(6, '0')}`, 3, { status: 'SUCCEEDED' });
  }
  putNewer(60);
  client = world.connect();
  await world.settle();
  const release = client.keep('a-000000');
  for (let index = 0; index < 40; index++) {
    await client.get(`a-${String(index).padStart(6, '0')}`);
  }
  const notified: string[] = [];
  client.onRequests((ids) => notified.push(...ids));
  world.open[0]?.drop();
  await world.pass(5_000);
  const known = () => [...world.documents.keys()].filter((id) => id < 'b' && client.request(id));
  expect(client.state).toBe('live');
  expect(known()).toHaveLength(21);
  expect(known()).toContain('a-000000');
  expect(notified).toEqual([]);
  release();
  world.open[0]?.drop();
  await world.pass(5_000);
  expect(known()).toHaveLength(20);
});

describe('a request that this client submitted', () => {
  test('is listed even if it sorts below the loaded part, and stays listed after a resync', async () => {
    putNewer(130);
    client = world.connect();
    await world.settle();
    const { id } = await client.submit('place-order', {}, { id: 'mine-0001' });
    expect(shown().at(-1)).toBe(id);
    world.push(id, 2);
    await world.pass(400_000);
    world.open[0]?.drop();
    await world.pass(5_000);
    expect(client.request(id)?.status).toBe('RUNNING');
    expect(shown().at(-1)).toBe(id);
    world.push(id, 3, { status: 'SUCCEEDED' });
    await world.pass(400_000);
    expect(shown()).toContain(id);
    world.remove(id);
    expect(shown()).not.toContain(id);
  });

  test('stays in the list without a socket', async () => {
    putNewer(130);
    world.sockets = 'refused';
    client = world.connect();
    await world.settle();
    await client.submit('place-order', {}, { id: 'mine-0001' });
    world.put('mine-0001', 2);
    await world.pass(200_000);
    expect(client.request('mine-0001')?.status).toBe('RUNNING');
    expect(shown()).toContain('mine-0001');
  });
});

test('the loaded requests are sorted newest first, whatever their ids, and those without a time are last', async () => {
  const at = (hour: number) => ({ createdAt: `2026-01-01T0${hour}:00:00.000Z` });
  world.put('aa', 1, at(3));
  world.put('Zz', 1, at(1));
  world.put('b_', 1, at(2));
  world.put('b-', 1, { createdAt: null });
  world.put('~01-by-the-server', 1, at(0));
  client = world.connect();
  await world.settle();
  expect(shown()).toEqual(['aa', 'b_', 'Zz', '~01-by-the-server', 'b-']);
});

test('an empty first page with a next page is not treated as the whole list', async () => {
  world.put('a', 1, { status: 'SUCCEEDED' });
  for (const next of ['c', 'b']) {
    world.next(/GET .requests/, () => ({ status: 200, body: { requests: [], next } }));
  }
  client = world.connect();
  await world.settle();
  expect(shown()).toEqual(['a']);
});

describe('overlapping reads', () => {
  const held = () => {
    let respond = () => {};
    const gate = new Promise<void>((resolve) => (respond = resolve));
    return { gate, respond };
  };
  const page = () => ({
    status: 200,
    body: { requests: [...world.documents.values()], next: null },
  });

  test.each(['older', 'newer'] as const)(
    'a request that only one of two lists contains stays, whichever arrives last (the %s one)',
    async (last) => {
      world.sockets = 'refused';
      client = world.connect();
      await world.settle();
      const [slow, quick] = [held(), held()];
      world.next(/GET .requests/, () => slow.gate.then(page));
      await world.pass(2_000);
      const before = page();
      world.next(/GET .requests/, () => quick.gate.then(() => before));
      await world.pass(2_500);
      world.put('new', 1, { status: 'SUCCEEDED' });
      (last === 'older' ? quick : slow).respond();
      await world.settle();
      (last === 'older' ? slow : quick).respond();
      await world.settle();
      expect(shown()).toEqual(['new']);
      expect(client.isCurrent('new')).toBe(true);
    },
  );

  test('a request on which two lists disagree is removed if a read does not find it', async () => {
    world.sockets = 'refused';
    world.put('old', 1, { status: 'SUCCEEDED' });
    const before = page();
    client = world.connect();
    world.next(/GET .requests/, () => ({ status: 200, body: { requests: [], next: null } }));
    await world.settle();
    const slow = held();
    world.next(/GET .requests/, () => slow.gate.then(() => before));
    await world.pass(2_000);
    world.documents.delete('old');
    await world.pass(2_500);
    slow.respond();
    await world.settle();
    expect(world.log).toContain('GET /status/old');
    expect(shown()).toEqual([]);
  });

  test('older requests that are loaded during a resync stay loaded', async () => {
    putNewer(300);
    client = world.connect();
    await world.settle();
    const slow = held();
    world.open[0]?.drop();
    world.next(/limit=50/, () => slow.gate.then(() => undefined as never));
    await world.pass(200);
    await client.loadOlder();
    expect(client.requests).toHaveLength(150);
    slow.respond();
    await world.pass(10_000);
    expect(client.state).toBe('live');
    expect(client.requests).toHaveLength(150);
  });
});

test.each([413, 500, 502])(
  'a page that the server cannot send (%i) is requested in smaller parts',
  async (status) => {
    putNewer(130);
    client = world.connect();
    await world.settle();
    world.next(/limit=100/, () => ({ status }));
    expect(await client.loadOlder()).toBe(true);
    expect(world.log.slice(-2).map((call) => /limit=\d+/.exec(call)?.[0])).toEqual([
      'limit=100',
      'limit=50',
    ]);
    expect(client.requests).toHaveLength(100);
  },
);
