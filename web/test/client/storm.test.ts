import { expect, test } from 'vitest';
import { type Client, isFinished } from '../../src/client/index.ts';
import { World } from './world.ts';

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);
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

/** One thing that happens to the server, the network or the page. */
function happen(world: World, chance: () => number): void {
  const id = `request-${Math.floor(chance() * 8)}`;
  const known = world.documents.get(id);
  const status = STATUSES[Math.floor(chance() * STATUSES.length)];
  const createdAt = known?.createdAt ?? new Date(world.now).toISOString();
  const change = { status, createdAt };
  const version = (known?.version ?? 0) + 1;
  const kind = chance();
  if (kind < 0.45) {
    world.push(id, version, change);
  } else if (kind < 0.55) {
    const { input: _, ...rest } = world.put(id, version, change);
    world.send({ type: 'status', request: { ...rest, partial: true } });
  } else if (kind < 0.6 && known && !isFinished(known.status)) {
    world.put(id, version, change);
  } else if (kind < 0.68 && known) {
    world.send({ type: 'status', request: known });
  } else if (kind < 0.78) {
    world.documents.delete(id);
    world.send({ type: 'removed', id });
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

/** Collects what was shown of a request after something newer of it had been shown. */
function goingBack(client: Client): string[] {
  const back: string[] = [];
  const newest = new Map<string, number>();
  client.onRequests((ids) => {
    for (const { id, createdAt, version } of ids.flatMap((id) => client.request(id) ?? [])) {
      const life = `${id} of ${createdAt}`;
      if (version < (newest.get(life) ?? 0)) {
        back.push(`${life}: ${version}`);
      }
      newest.set(life, version);
    }
  });
  return back;
}

test.each(SEEDS)(
  'after whatever happens the page ends with what the server has (%i)',
  async (seed) => {
    const chance = chanceOf(seed);
    const world = new World();
    world.pageSize = 3;
    world.latency = () => (chance() < 0.5 ? 0 : Math.floor(chance() * 4_000));
    const client = world.connect({ random: chance });
    const back = goingBack(client);
    for (let event = 0; event < 60; event++) {
      happen(world, chance);
      await world.pass(Math.floor(chance() * 3_000));
    }
    world.httpDown = false;
    world.sockets = 'answer';
    world.latency = () => 0;
    await world.pass(180_000);
    expect(client.state).toBe('live');
    const byId = [...world.documents.values()].toSorted((one, other) =>
      one.id < other.id ? -1 : 1,
    );
    expect(client.requests.toSorted((one, other) => (one.id < other.id ? -1 : 1))).toEqual(byId);
    expect(back).toEqual([]);
    client.close();
    await world.pass(20_000);
    expect(world.pendingTimers).toBe(0);
  },
);
