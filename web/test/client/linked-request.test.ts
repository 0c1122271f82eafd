import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ConnectionError,
  type LinkedRequest,
  JsonNumber,
  ProblemError,
} from '../../src/client/index.ts';
import { NO_RESOURCE, NOT_VALID, SECRET, World } from './world.ts';

const ID = 'a-000001';
const STATUS = `GET /links/${SECRET}/status`;

let world: World;
let link: LinkedRequest;

beforeEach(() => {
  world = new World();
  world.put(ID, 1);
  world.link(ID);
});

afterEach(() => link.close());

const reads = () => world.log.filter((call) => call.startsWith(STATUS));

/** Opens the link and waits until it is live. */
async function live(): Promise<void> {
  link = world.openLink();
  await world.settle();
  expect(link.state).toBe('live');
  world.log.length = 0;
}

/** A response that arrives when the test releases it. */
function held() {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  return { arrived, arrive };
}

test('a link opens a socket with a ticket, and reads the request after subscribing', async () => {
  world.sockets = 'silent';
  link = world.openLink();
  expect([link.state, link.document, link.confirmedAt]).toEqual(['polling', undefined, null]);
  await world.settle();
  expect(world.log).toContain(`POST /links/${SECRET}/tickets`);
  expect(world.log.slice(-2)).toEqual(['socket ws://server/live?ticket=l%2Fk', 'subscribe']);
  world.log.length = 0;
  world.open[0]?.say({ type: 'subscribed' });
  await world.settle();
  expect(world.log).toEqual([`${STATUS} if-none-match "life-1-1"`]);
  expect(link.state).toBe('live');
  expect((await link.ready).id).toBe(ID);
  expect(link.document).toMatchObject({ id: ID, version: 1, link: { scope: 'answer' } });
  expect(link.document).not.toHaveProperty('input');
  expect(link.confirmedAt).toBe(world.now);
});

test('the calls go to the path in front of the link', async () => {
  link = world.openLink({}, `https://server/some/path/l/${SECRET}`);
  await world.settle();
  expect(world.log).toContain(`GET /some/path/links/${SECRET}/status`);
  expect(world.log).toContain(`POST /some/path/links/${SECRET}/tickets`);
});

describe('a change', () => {
  test('is read with the ETag of the known document, and reported', async () => {
    await live();
    let reported = 0;
    const stop = link.onChange(() => reported++);
    world.put(ID, 2, { status: 'SUCCEEDED' });
    world.send({ type: 'changed' });
    await world.settle();
    expect(world.log).toEqual([`${STATUS} if-none-match "life-1-1"`]);
    expect(link.document).toMatchObject({ version: 2, status: 'SUCCEEDED' });
    expect(reported).toBe(1);
    stop();
    world.put(ID, 3);
    world.send({ type: 'changed' });
    await world.settle();
    expect(link.document?.version).toBe(3);
    expect(reported).toBe(1);
  });

  test('during a read causes one more read, however often it happens', async () => {
    await live();
    const { arrived, arrive } = held();
    world.put(ID, 2);
    const old = world.documents.get(ID);
    world.next(/status/, async () => {
      await arrived;
      return { status: 200, body: old };
    });
    for (let version = 3; version < 8; version++) {
      world.send({ type: 'changed' });
      world.put(ID, version);
      await world.settle();
    }
    expect(reads()).toHaveLength(1);
    arrive();
    await world.settle();
    expect(reads()).toHaveLength(2);
    expect(link.document?.version).toBe(7);
  });

  test('that could not be read is read again soon', async () => {
    await live();
    world.put(ID, 2);
    world.next(/status/, () => ({ status: 503 }));
    world.send({ type: 'changed' });
    await world.settle();
    expect(link.document?.version).toBe(1);
    expect(world.reports).toContain('could not read the request; will retry');
    await world.pass(4_000);
    expect(link.document?.version).toBe(2);
    expect(link.state).toBe('live');
  });

  test('is read after the Retry-After of the last read', async () => {
    await live();
    world.put(ID, 2);
    world.next(/status/, () => ({ status: 429, headers: { 'Retry-After': '20' } }));
    world.send({ type: 'changed' });
    await world.settle();
    world.send({ type: 'changed' });
    await world.pass(19_000);
    expect(reads()).toHaveLength(1);
    await world.pass(5_000);
    expect(link.document?.version).toBe(2);
  });

  test('that was not pushed is found within a minute, while the request is unfinished', async () => {
    await live();
    world.put(ID, 2, { status: 'SUCCEEDED' });
    await world.pass(64_000);
    expect(link.document?.version).toBe(2);
    world.log.length = 0;
    await world.pass(120_000);
    expect(reads()).toEqual([]);
  });
});

describe('a first read that fails', () => {
  test.each([429, 503])('with %i is reported, and repeated after Retry-After', async (status) => {
    const body = { type: '/problems/x', title: 'Not now', status };
    world.next(/status/, () => ({ status, body, headers: { 'Retry-After': '30' } }));
    link = world.openLink();
    const titles: unknown[] = [];
    link.onChange(() => titles.push(link.problem?.problem.title));
    await world.pass(29_000);
    expect(link.problem).toMatchObject({ status, problem: body });
    expect(titles[0]).toBe('Not now');
    expect(reads()).toHaveLength(1);
    await world.pass(5_000);
    expect([link.state, link.document?.version, link.problem]).toEqual(['live', 1, null]);
    expect(titles.at(-1)).toBeUndefined();
  });

  test('can be repeated at once by refresh', async () => {
    world.next(/status/, () => ({ status: 429, headers: { 'Retry-After': '30' } }));
    link = world.openLink();
    await world.pass(10_000);
    expect((await link.refresh()).version).toBe(1);
    expect(link.problem).toBeNull();
  });

  test('without a response is no problem, but the state', async () => {
    world.httpDown = true;
    link = world.openLink();
    await world.pass(10_000);
    expect([link.state, link.problem]).toEqual(['offline', null]);
  });

  test('ends with the link when it is closed', async () => {
    world.next(/status/, () => ({ status: 429, headers: { 'Retry-After': '30' } }));
    link = world.openLink();
    await world.pass(5_000);
    link.close();
    await world.settle();
    expect(world.pendingTimers).toBe(0);
  });
});

test('a listener that throws does not keep the others from being called', async () => {
  await live();
  const called: string[] = [];
  link.onChange(() => {
    throw new Error('broken');
  });
  link.onChange(() => called.push('other'));
  world.put(ID, 2);
  world.send({ type: 'changed' });
  await world.settle();
  expect(called).toEqual(['other']);
});

test('an older version of the same life never replaces a newer one', async () => {
  await live();
  const old = world.documents.get(ID);
  world.put(ID, 5);
  world.send({ type: 'changed' });
  await world.settle();
  world.next(/status/, () => ({ status: 200, body: old, headers: { ETag: '"life-1-1"' } }));
  world.send({ type: 'changed' });
  await world.settle();
  expect(link.document?.version).toBe(5);
  world.log.length = 0;
  world.send({ type: 'changed' });
  await world.settle();
  expect(world.log).toEqual([`${STATUS} if-none-match "life-1-5"`]);
});

describe('without a socket', () => {
  beforeEach(() => {
    world.sockets = 'refused';
  });

  test('the request is polled with the ETag of the last response', async () => {
    link = world.openLink();
    await world.pass(2_500);
    expect(reads().slice(0, 2)).toEqual([STATUS, `${STATUS} if-none-match "life-1-1"`]);
    expect(link.state).toBe('polling');
    world.put(ID, 2);
    await world.pass(5_000);
    expect(link.document?.version).toBe(2);
  });

  test('a runtime without WebSocket gets no ticket', async () => {
    link = world.openLink({ WebSocket: null });
    await world.pass(5_000);
    expect(world.log.filter((call) => /tickets/.test(call))).toEqual([]);
    expect(link.document?.version).toBe(1);
  });

  test('the time in Retry-After is waited for', async () => {
    world.next(/status/, () => ({ status: 429, headers: { 'Retry-After': '30' } }));
    link = world.openLink({ WebSocket: null });
    await world.pass(29_000);
    expect(reads()).toHaveLength(1);
    expect(link.state).toBe('polling');
    await world.pass(2_000);
    expect(link.document?.version).toBe(1);
  });

  test('there is only one read at a time, even if it takes long', async () => {
    const { arrived, arrive } = held();
    world.next(/status/, async () => {
      await arrived;
      return { status: 503 };
    });
    link = world.openLink();
    await world.pass(8_000);
    expect(reads()).toHaveLength(1);
    arrive();
    await world.pass(3_000);
    expect(link.document?.version).toBe(1);
  });
});

test('a lost socket is replaced, and what was missed is read', async () => {
  await live();
  world.put(ID, 2);
  world.open[0]?.drop();
  await world.settle();
  expect(link.state).toBe('polling');
  await world.pass(3_000);
  expect(link.state).toBe('live');
  expect(link.document?.version).toBe(2);
});

test('a socket that does not respond to a ping is replaced', async () => {
  await live();
  world.sockets = 'silent';
  await world.pass(34_000);
  expect(world.log).toContain('ping');
  world.sockets = 'open';
  world.log.length = 0;
  await world.pass(15_000);
  expect(world.log).toContain('close');
  expect(link.state).toBe('live');
});

test('the state is offline while the server does not respond, and then everything is read', async () => {
  await live();
  const states: string[] = [];
  link.onChange(() => states.push(link.state));
  world.httpDown = true;
  world.open[0]?.drop();
  await world.pass(10_000);
  expect(link.state).toBe('offline');
  world.put(ID, 2);
  world.httpDown = false;
  await world.pass(5_000);
  expect(link.state).toBe('live');
  expect(link.document?.version).toBe(2);
  expect(states.slice(0, 2)).toEqual(['polling', 'offline']);
});

test('a visible page reads an unfinished request at once', async () => {
  await live();
  world.put(ID, 2);
  world.signal('visible');
  await world.settle();
  expect(link.document?.version).toBe(2);
});

describe('a link that is not valid', () => {
  /** Everything has stopped, for good, and no report says that the client retries. */
  async function expectEnd(): Promise<void> {
    expect(link.state).toBe('invalid');
    expect(world.reports).toEqual([]);
    await world.settle();
    expect(world.pendingTimers).toBe(0);
    expect(world.open).toEqual([]);
    world.log.length = 0;
    world.link(ID);
    world.signal('online');
    await world.pass(120_000);
    expect(world.log).toEqual([]);
    expect(link.state).toBe('invalid');
  }

  test('is reported by ready and by the state', async () => {
    world.links.clear();
    link = world.openLink();
    const states: string[] = [];
    link.onChange(() => states.push(link.state));
    await expect(link.ready).rejects.toMatchObject({ status: 404, problem: NOT_VALID.body });
    expect(states).toEqual(['invalid']);
    await expectEnd();
    expect(link.document).toBeUndefined();
  });

  test('is detected after a change, such as the end of the request', async () => {
    await live();
    world.documents.delete(ID);
    world.send({ type: 'changed' });
    await world.settle();
    await expectEnd();
    expect(link.document?.version).toBe(1);
  });

  test('is detected when it gets no ticket any more', async () => {
    await live();
    world.next(/tickets/, () => NOT_VALID);
    world.next(/status/, () => ({ status: 503 }));
    world.next(/status/, () => ({ status: 503 }));
    world.open[0]?.drop();
    await world.pass(1_000);
    await expectEnd();
  });

  test.each(['RUNNING', 'SUCCEEDED'] as const)(
    'is detected when it expires, if the request is %s',
    async (status) => {
      world.put(ID, 2, { status });
      world.link(ID, { expiresAt: new Date(world.now + 20_000).toISOString() });
      await live();
      await world.pass(19_000);
      world.links.clear();
      expect(reads()).toEqual([]);
      await world.pass(3_000);
      expect(reads()).toHaveLength(1);
      await expectEnd();
    },
  );

  test('is detected if it expires after more than the longest time of a timer', async () => {
    const waits: number[] = [];
    const { setTimeout } = world.environment();
    const expiresAt = new Date(world.now + 40 * 86_400_000).toISOString();
    world.link(ID, { expiresAt });
    link = world.openLink({
      WebSocket: null,
      setTimeout: (action, millis) => {
        waits.push(millis);
        return setTimeout(action, millis);
      },
    });
    await world.settle();
    expect(waits).toContain(2 ** 31 - 1);
    await world.sleep(2 ** 31 - 1);
    await world.settle();
    const left = Date.parse(expiresAt) + 1_000 - world.now;
    expect(left).toBeLessThan(2 ** 31 - 1);
    expect(waits).toContain(left);
    expect(Math.max(...waits)).toBe(2 ** 31 - 1);
  });

  test('is detected within five minutes if the request is finished', async () => {
    world.put(ID, 2, { status: 'SUCCEEDED' });
    await live();
    world.links.clear();
    await world.pass(305_000);
    await expectEnd();
  });

  test('is detected by an answer', async () => {
    await live();
    world.links.clear();
    await expect(link.answer('approve', true)).rejects.toThrow(ProblemError);
    await expectEnd();
  });
});

describe('a server that does not know links', () => {
  test('is asked again, less and less often, until it knows them', async () => {
    for (let call = 0; call < 40; call++) {
      world.next(/links/, () => NO_RESOURCE);
    }
    link = world.openLink();
    await world.pass(6_000);
    const before = reads().length;
    await world.pass(6_000);
    expect(reads().length - before).toBeLessThan(before);
    expect(reads().length).toBeLessThan(12);
    expect(link.state).toBe('polling');
    await world.pass(600_000);
    expect(link.state).toBe('live');
    expect((await link.ready).version).toBe(1);
  });

  test('leaves the known request, and the link stays open', async () => {
    await live();
    world.next(/status/, () => NO_RESOURCE);
    world.put(ID, 2);
    world.send({ type: 'changed' });
    await world.settle();
    expect([link.state, link.document?.version]).toEqual(['live', 1]);
    await world.pass(5_000);
    expect(link.document?.version).toBe(2);
  });

  test('refuses an answer, which can be sent again', async () => {
    await live();
    world.next(/answer/, () => NO_RESOURCE);
    await expect(link.answer('approve', true)).rejects.toMatchObject({ status: 404 });
    expect(link.state).toBe('live');
    expect((await link.answer('approve', true)).version).toBe(2);
  });
});

describe('an answer', () => {
  test('is sent with all digits, and the response becomes the document', async () => {
    const bodies: unknown[] = [];
    const { fetch } = world.environment();
    link = world.openLink({
      fetch: (url, init) => {
        bodies.push(...(init.body === undefined ? [] : [init.body]));
        return fetch(url, init);
      },
    });
    await world.settle();
    world.log.length = 0;
    const answered = await link.answer('approve', { amount: new JsonNumber('1.10') });
    expect(world.log).toEqual([`POST /links/${SECRET}/answer`]);
    expect(bodies).toEqual(['{"step":"approve","answer":{"amount":1.10}}']);
    expect(answered).toBe(link.document);
    expect(answered.version).toBe(2);
  });

  test('that the server refuses is a ProblemError, and the link stays open', async () => {
    await live();
    world.next(/answer/, () => ({ status: 409 }));
    await expect(link.answer('approve', false)).rejects.toMatchObject({ status: 409 });
    world.next(/answer/, () => ({ status: 403 }));
    await expect(link.answer('other', false)).rejects.toMatchObject({ status: 403 });
    expect(link.state).toBe('live');
  });

  test('that JSON cannot represent is a TypeError, and nothing is sent', async () => {
    await live();
    await expect(link.answer('approve', { amount: 1n })).rejects.toThrow(TypeError);
    expect(world.log).toEqual([]);
  });

  test('is not replaced by a read that started before it', async () => {
    await live();
    const { arrived, arrive } = held();
    const old = world.documents.get(ID);
    world.next(/status/, async () => {
      await arrived;
      return { status: 200, body: old };
    });
    world.send({ type: 'changed' });
    await world.settle();
    await link.answer('approve', true);
    arrive();
    await world.settle();
    expect(link.document?.version).toBe(2);
  });
});

test('refresh reads the request again, and returns the newest document', async () => {
  await live();
  world.put(ID, 4);
  expect((await link.refresh()).version).toBe(4);
  expect(await link.refresh()).toBe(link.document);
});

test('the request types are read for a listener', async () => {
  world.types = [{ name: 'place-order', title: 'Place an order' }];
  await live();
  const titles: string[] = [];
  link.onTypes((types) => titles.push(...types.map(({ title }) => title)));
  await world.settle();
  expect(titles).toEqual(['Place an order']);
});

test('close ends everything, and pending calls fail', async () => {
  world.httpDown = true;
  link = world.openLink();
  const pending = link.answer('approve', true).catch((error: unknown) => error);
  link.close();
  link.close();
  await expect(link.ready).rejects.toThrow(ConnectionError);
  expect(await pending).toBeInstanceOf(ConnectionError);
  await world.settle();
  expect(world.pendingTimers).toBe(0);
  expect(link.state).not.toBe('invalid');
});

test('no message contains the secret', async () => {
  world.httpDown = true;
  const errors: unknown[] = [];
  link = world.openLink({ report: (_, error) => errors.push(error) });
  errors.push(await link.answer('approve', true).catch((error: unknown) => error));
  errors.push(await link.refresh().catch((error: unknown) => error));
  await world.pass(20_000);
  expect(errors.length).toBeGreaterThan(3);
  expect(errors.map(String).join()).toContain('POST /links/-/answer');
  expect(errors.map(String).join()).not.toContain(SECRET);
});
