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

/** Finished requests with higher ids than the others of a test. */
function putNewer(count: number): void {
  for (let index = 0; index < count; index++) {
    world.put(`z-${String(index).padStart(4, '0')}`, 3, { status: 'SUCCEEDED' });
  }
}

/** Follows a request; what it has seen, and whether it came to an end. */
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

  test.each(['answer', 'refused'] as const)(
    'watch of an older request goes on until that is finished (sockets: %s)',
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

  test('watch of an older request goes on after the connection was lost', async () => {
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

  test('watch of an older request ends when that is removed', async () => {
    client = world.connect();
    const seen = watching('a-watched');
    await world.pass(1_000);
    world.documents.delete('a-watched');
    await world.pass(70_000);
    expect(seen).toEqual({ statuses: ['RUNNING'], ended: true });
  });

  test('what is watched and could not be read is read with the list', async () => {
    world.httpDown = true;
    client = world.connect();
    const seen = watching('a-watched');
    await world.pass(20_000);
    world.httpDown = false;
    await world.pass(6_000);
    expect(client.state).toBe('live');
    expect(seen).toEqual({ statuses: ['RUNNING'], ended: false });
  });

  test('an unfinished request that was read once stays known and is kept current', async () => {
    client = world.connect();
    await client.get('a-watched');
    await world.pass(400_000);
    world.put('a-watched', 5);
    await world.pass(70_000);
    expect(client.request('a-watched')?.version).toBe(5);
  });

  test('a resync reads what is loaded and nothing more', async () => {
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

test('of older requests that are finished the last 20 stay known, and dropping the others is told to nobody', async () => {
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
  const told: string[] = [];
  client.onRequests((ids) => told.push(...ids));
  world.open[0]?.drop();
  await world.pass(5_000);
  const known = () => [...world.documents.keys()].filter((id) => id < 'b' && client.request(id));
  expect(client.state).toBe('live');
  expect(known()).toHaveLength(21);
  expect(known()).toContain('a-000000');
  expect(told).toEqual([]);
  release();
  world.open[0]?.drop();
  await world.pass(5_000);
  expect(known()).toHaveLength(20);
});

describe('a request that was submitted here', () => {
  test('is listed though it sorts below what is loaded, also after a resync', async () => {
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

  test('stays in the list without a socket too', async () => {
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

test('what is loaded stands newest first, whatever its ids, and what has no time stands last', async () => {
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

test('a first page without requests is not taken for the whole list if there is a next page', async () => {
  world.put('a', 1, { status: 'SUCCEEDED' });
  for (const next of ['c', 'b']) {
    world.next(/GET .requests/, () => ({ status: 200, body: { requests: [], next } }));
  }
  client = world.connect();
  await world.settle();
  expect(shown()).toEqual(['a']);
});

describe('reads that overlap', () => {
  const held = () => {
    let answer = () => {};
    const gate = new Promise<void>((resolve) => (answer = resolve));
    return { gate, answer };
  };
  const page = () => ({
    status: 200,
    body: { requests: [...world.documents.values()], next: null },
  });

  test.each(['older', 'newer'] as const)(
    'a request that only one of two lists has stays, whichever comes last (the %s one)',
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
      (last === 'older' ? quick : slow).answer();
      await world.settle();
      (last === 'older' ? slow : quick).answer();
      await world.settle();
      expect(shown()).toEqual(['new']);
      expect(client.isCurrent('new')).toBe(true);
    },
  );

  test('a request of which lists disagree goes if a read does not find it', async () => {
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
    slow.answer();
    await world.settle();
    expect(world.log).toContain('GET /status/old');
    expect(shown()).toEqual([]);
  });

  test('older requests that are loaded while all is read again stay loaded', async () => {
    putNewer(300);
    client = world.connect();
    await world.settle();
    const slow = held();
    world.open[0]?.drop();
    world.next(/limit=50/, () => slow.gate.then(() => undefined as never));
    await world.pass(200);
    await client.loadOlder();
    expect(client.requests).toHaveLength(150);
    slow.answer();
    await world.pass(10_000);
    expect(client.state).toBe('live');
    expect(client.requests).toHaveLength(150);
  });
});

test.each([413, 500, 502])(
  'a page that the server cannot send (%i) is asked for in smaller parts',
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
