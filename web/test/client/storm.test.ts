import { expect, test } from 'vitest';
import { type Client, isFinished, type StatusDocument } from '../../src/client/index.ts';
import { World } from './world.ts';

/** A hundred of each kind in `./test --long`. */
const COUNT = process.env.STATUSWIRE_LONG === 'true' ? 100 : 25;
const SEEDS = Array.from({ length: COUNT }, (_, seed) => seed);
const STATUSES = ['ACCEPTED', 'RUNNING', 'SUCCEEDED', 'FAILED'] as const;

/** A small generator of chance that a seed makes repeatable (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Epoch milliseconds by the clock of one of the servers, which may be wrong by up to 5 minutes. */
function serverClock(world: World, chance: () => number): number {
  return world.now + Math.floor((chance() - 0.5) * 600_000);
}

/**
 * One thing that happens to the server, the network or the page; a lost push is mended within a
 * minute. An id that is free is used again for another request, which may say that it was created
 * before the one that had the id.
 */
function happen(world: World, chance: () => number, pushesAreLost: boolean): void {
  const id = `request-${Math.floor(chance() * 8)}`;
  const known = world.documents.get(id);
  const status = STATUSES[Math.floor(chance() * STATUSES.length)];
  const createdAt = known?.createdAt ?? new Date(serverClock(world, chance)).toISOString();
  const change = { status, createdAt };
  const version = (known?.version ?? 0) + 1;
  const kind = chance();
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
    reuse(world, id, chance, pushesAreLost && !isFinished(known.status));
  } else if (kind < 0.84) {
    world.open[0]?.drop();
  } else if (kind < 0.88) {
    world.httpDown = !world.httpDown;
  } else if (kind < 0.92) {
    world.sockets = world.sockets === 'answer' ? 'silent' : 'answer';
  } else {
    world.signal(chance() < 0.5 ? 'online' : 'visible');
  }
}

/** The id gets another request. Nobody tells of the removal, nor, where pushes are lost, of the request. */
function reuse(world: World, id: string, chance: () => number, pushesAreLost: boolean): void {
  world.documents.delete(id);
  const createdAt = new Date(serverClock(world, chance)).toISOString();
  const status = STATUSES[Math.floor(chance() * STATUSES.length)];
  if (pushesAreLost) {
    world.put(id, 1, { status, createdAt });
  } else {
    world.push(id, 1, { status, createdAt });
  }
}

/** Collects what was shown of a request after something newer of it had been shown. */
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

/** Sixty things that happen, one after another; then all is well again. */
async function storm(world: World, chance: () => number, pushesAreLost: boolean): Promise<void> {
  world.latency = () => (chance() < 0.5 ? 0 : Math.floor(chance() * 4_000));
  for (let event = 0; event < 60; event++) {
    happen(world, chance, pushesAreLost);
    await world.pass(Math.floor(chance() * 3_000));
  }
  world.httpDown = false;
  world.sockets = 'answer';
  world.latency = () => 0;
}

test.each(SEEDS)(
  '5 s after whatever happened the page shows what the server has (%i)',
  async (seed) => {
    const chance = chanceOf(seed);
    const world = new World();
    const client = world.connect({ random: chance });
    const back = goingBack(client);
    await storm(world, chance, false);
    await world.pass(5_000);
    expect(byId(client.requests)).toEqual(byId(world.documents.values()));
    expect(client.requests.filter(({ id }) => !client.isCurrent(id))).toEqual([]);
    expect(back).toEqual([]);
    client.close();
  },
);

test.each(SEEDS)(
  'of a long list too, what is loaded ends as the server has it (%i)',
  async (seed) => {
    const chance = chanceOf(seed);
    const world = new World();
    world.pageSize = 3;
    const client = world.connect({ random: chance });
    const back = goingBack(client);
    await storm(world, chance, true);
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
