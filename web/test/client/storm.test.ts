import { expect, test } from 'vitest';
import { type Client, isFinished, type StatusDocument } from '../../src/client/index.ts';
import { World } from './world.ts';

/** The number of storms of each kind; `./test --long` runs a hundred. */
const COUNT = process.env.STATUSWIRE_LONG === 'true' ? 100 : 25;
const SEEDS = Array.from({ length: COUNT }, (_, seed) => seed);
const STATUSES = ['ACCEPTED', 'RUNNING', 'SUCCEEDED', 'FAILED'] as const;

/** A small random number generator that is repeatable by its seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The time of one of the servers in epoch milliseconds; it may be wrong by up to 5 minutes. */
function serverClock(world: World, random: () => number): number {
  return world.now + Math.floor((random() - 0.5) * 600_000);
}

/**
 * One event at the server, the network or the page. A lost push is recovered within a minute. A
 * free id is used again for another request, whose creation time may be before that of the request
 * that had the id.
 */
function happen(world: World, random: () => number, pushesAreLost: boolean): void {
  const id = `request-${Math.floor(random() * 8)}`;
  const known = world.documents.get(id);
  const status = STATUSES[Math.floor(random() * STATUSES.length)];
  const createdAt = known?.createdAt ?? new Date(serverClock(world, random)).toISOString();
  const change = { status, createdAt };
  const version = (known?.version ?? 0) + 1;
  const kind = random();
  if (kind < 0.45) {
    world.push(id, version, change);
  } else if (kind < 0.55) {
    const { input: _, ...rest } = world.put(id, version, change);
    world.send({ type: 'status', request: { ...rest, partial: true } });
  } else if (kind < 0.6 && known && !isFinished(known.status) && pushesAreLost) {
    world.put(id, version, change);
  } else if (kind < 0.64 && known) {
    world.send({ type: 'status', request: known });
  } else if (kind < 0.68 && known) {
    world.remove(id);
    world.send({ type: 'status', request: known });
  } else if (kind < 0.74) {
    world.remove(id);
  } else if (kind < 0.78 && known) {
    reuse(world, id, random, pushesAreLost && !isFinished(known.status));
  } else if (kind < 0.84) {
    world.open[0]?.drop();
  } else if (kind < 0.88) {
    world.httpDown = !world.httpDown;
  } else if (kind < 0.92) {
    world.sockets = world.sockets === 'open' ? 'silent' : 'open';
  } else {
    world.signal(random() < 0.5 ? 'online' : 'visible');
  }
}

/**
 * Replaces the request of an id. The removal is not pushed, and if pushes are lost, neither is the
 * request.
 */
function reuse(world: World, id: string, random: () => number, pushesAreLost: boolean): void {
  world.documents.delete(id);
  const createdAt = new Date(serverClock(world, random)).toISOString();
  const status = STATUSES[Math.floor(random() * STATUSES.length)];
  if (pushesAreLost) {
    world.put(id, 1, { status, createdAt });
  } else {
    world.push(id, 1, { status, createdAt });
  }
}

/** Collects the documents of a request that were shown after a newer one. */
function goingBack(client: Client): string[] {
  const back: string[] = [];
  const newest = new Map<string, number>();
  client.onRequests((ids) => {
    for (const { id, life, version } of ids.flatMap((id) => client.request(id) ?? [])) {
      const request = `${id} of ${life}`;
      if (version < (newest.get(request) ?? 0)) {
        back.push(`${request}: ${version}`);
      }
      newest.set(request, version);
    }
  });
  return back;
}

function byId(documents: Iterable<StatusDocument>): StatusDocument[] {
  return [...documents].toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

/** Runs sixty events, one after another, and then restores everything. */
async function storm(world: World, random: () => number, pushesAreLost: boolean): Promise<void> {
  world.latency = () => (random() < 0.5 ? 0 : Math.floor(random() * 4_000));
  for (let event = 0; event < 60; event++) {
    happen(world, random, pushesAreLost);
    await world.pass(Math.floor(random() * 3_000));
  }
  world.httpDown = false;
  world.sockets = 'open';
  world.latency = () => 0;
}

test.each(SEEDS)('5 s after a storm, the page shows what the server has (%i)', async (seed) => {
  const random = randomOf(seed);
  const world = new World();
  const client = world.connect({ random });
  const back = goingBack(client);
  await storm(world, random, false);
  await world.pass(5_000);
  expect(byId(client.requests)).toEqual(byId(world.documents.values()));
  expect(client.requests.filter(({ id }) => !client.isCurrent(id))).toEqual([]);
  expect(back).toEqual([]);
  client.close();
});

test.each(SEEDS)(
  'after a storm, the loaded part of a long list is what the server has (%i)',
  async (seed) => {
    const random = randomOf(seed);
    const world = new World();
    world.pageSize = 3;
    const client = world.connect({ random });
    const back = goingBack(client);
    await storm(world, random, true);
    await world.pass(60_000);
    expect(client.state).toBe('live');
    for (const request of client.requests) {
      expect(request).toEqual(world.documents.get(request.id));
    }
    while (await client.loadOlder());
    expect(byId(client.requests)).toEqual(byId(world.documents.values()));
    expect(back).toEqual([]);
    client.close();
    await world.pass(20_000);
    expect(world.pendingTimers).toBe(0);
  },
);
