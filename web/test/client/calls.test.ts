import { describe, afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type Client,
  connect,
  ConnectionError,
  isFinished,
  ProblemError,
  type StatusDocument,
} from '../../src/client/index.ts';
import { World } from './world.ts';

let world: World;
let client: Client;

beforeEach(() => {
  world = new World();
  client = world.connect();
});

afterEach(() => client.close());

const puts = () => world.log.filter((call) => call.startsWith('PUT'));

test('submit generates an id, sends the request with it, and stores the response', async () => {
  const submitted = await client.submit('place-order', { dish: 'soup' });
  expect(submitted.id).toMatch(
    /^~[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(puts()).toEqual([`PUT /requests/${submitted.id}`]);
  expect(client.request(submitted.id)).toEqual(submitted);
});

test('a submission without a response is retried with the same id', async () => {
  world.next(/^PUT/, () => {
    world.put('mine-0001', 1, { status: 'ACCEPTED' });
    return undefined;
  });
  const submitting = client.submit('place-order', {});
  await world.pass(2_000);
  await submitting;
  expect(puts()).toHaveLength(2);
  expect(new Set(puts()).size).toBe(1);
});

test("the caller's own id is used", async () => {
  const { id } = await client.submit('place-order', {}, { id: 'mine-0001' });
  expect(id).toBe('mine-0001');
});

test.each([429, 503])(
  'after a %i, the submission waits for the time in Retry-After',
  async (status) => {
    world.next(/^PUT/, () => ({ status, headers: { 'Retry-After': '7' } }));
    const submitting = client.submit('place-order', {});
    await world.pass(6_900);
    expect(puts()).toHaveLength(1);
    await world.pass(1_000);
    await submitting;
    expect(puts()).toHaveLength(2);
  },
);

test('a Retry-After that is longer than the retry time is passed to the caller', async () => {
  world.next(/^PUT/, () => ({ status: 429, headers: { 'Retry-After': '3600' } }));
  const refused = await client.submit('place-order', {}).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ProblemError);
  expect((refused as ProblemError).retryAfter).toBe(3_600_000);
});

test('a submission that never gets a response ends with a ConnectionError', async () => {
  world.httpDown = true;
  const started = world.now;
  let ended = 0;
  const failing = client.submit('place-order', {}).catch((error: unknown) => {
    ended = world.now - started;
    return error;
  });
  await world.pass(20_000);
  expect(await failing).toBeInstanceOf(ConnectionError);
  expect(ended).toBeGreaterThan(10_000);
  expect(new Set(puts()).size).toBe(1);
});

test('a submission succeeds if the server is back within 12 s', async () => {
  world.httpDown = true;
  const submitting = client.submit('place-order', {});
  await world.pass(12_000);
  world.httpDown = false;
  await world.pass(8_000);
  expect((await submitting).status).toBe('ACCEPTED');
});

test('there is a pause between the tries of a submission, even with the lowest jitter', async () => {
  const own = world.connect({ WebSocket: null, random: () => 0 });
  world.httpDown = true;
  const failing = own.submit('place-order', {}).catch((error: unknown) => error);
  await world.pass(1_100);
  expect(puts()).toHaveLength(5);
  own.close();
  await failing;
});

test('a refusal is a ProblemError with pointers, and is not retried', async () => {
  const body = {
    type: 'https://statuswire.dev/problems/invalid-input',
    title: 'The input is not valid',
    status: 422,
    detail: 'One thing is wrong',
    instance: '/requests/x',
    errors: [{ pointer: '/input/dish', detail: 'is missing' }, { broken: true }],
  };
  world.next(/^PUT/, () => ({ status: 422, body }));
  const refused = await client.submit('place-order', {}).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ProblemError);
  const { problem, status, errors, message } = refused as ProblemError;
  expect({ ...problem, errors: undefined }).toEqual({ ...body, errors: undefined });
  expect(status).toBe(422);
  expect(message).toBe('One thing is wrong');
  expect(errors).toEqual([{ pointer: '/input/dish', detail: 'is missing' }]);
  expect(puts()).toHaveLength(1);
});

test('an error response without a problem document is also a ProblemError', async () => {
  world.next(/status/, () => ({ status: 500, body: 'oops' }));
  await expect(client.get('a-000001')).rejects.toMatchObject({ status: 500, errors: [] });
});

test('list passes its filters in the format of the server', async () => {
  await client.list({
    status: ['FAILED', 'CANCELLED'],
    type: 'place-order',
    tag: ['trip-42', 'team:sales'],
    limit: 5,
    cursor: 'x/y',
  });
  expect(world.log).toContain(
    'GET /requests?status=FAILED%2CCANCELLED&type=place-order&tag=trip-42%2Cteam%3Asales&limit=5&cursor=x%2Fy',
  );
});

test('get, answer, cancel and retry return the document and store it', async () => {
  world.put('a-000001', 1);
  expect(await client.get('a-000001')).toMatchObject({ version: 1 });
  const answered = await client.answer('a-000001', 'approve', { approved: true });
  expect(answered).toMatchObject({ version: 2, status: 'ACCEPTED' });
  expect(await client.cancel('a-000001')).toMatchObject({ version: 3, status: 'CANCELLED' });
  expect(await client.retry('a-000001')).toMatchObject({ version: 4, status: 'ACCEPTED' });
  expect(client.request('a-000001')?.version).toBe(4);
  expect(world.log).toContain('POST /requests/a-000001/answer');
});

test('delete removes the request from the list and ends its watches at once', async () => {
  world.put('a-000001', 3, { status: 'FAILED', partial: true });
  await world.settle();
  const changed: string[] = [];
  client.onRequests((ids) => changed.push(...ids));
  const watching = each(client.watch('a-000001'), () => {});
  await client.delete('a-000001');
  expect(changed).toEqual(['a-000001']);
  expect(client.requests).toEqual([]);
  await watching;
  expect(world.log).toContain('DELETE /requests/a-000001');
});

test('a read that started before the deletion does not restore the request', async () => {
  const request = world.put('a-000001', 3, { status: 'FAILED' });
  await world.settle();
  world.next(/status/, async () => {
    await client.delete('a-000001');
    return { status: 200, body: request };
  });
  await client.get('a-000001');
  expect(client.request('a-000001')).toBeUndefined();
});

test('a request that is submitted with the id of a deleted one is shown', async () => {
  world.put('a-000001', 3, { status: 'FAILED' });
  await world.settle();
  await client.delete('a-000001');
  await client.submit('place-order', {}, { id: 'a-000001' });
  expect(client.request('a-000001')).toMatchObject({ version: 1, life: 'life-2' });
});

test('a refused deletion is a ProblemError, and the request stays', async () => {
  world.put('a-000001', 1);
  await world.settle();
  world.next(/^DELETE/, () => ({ status: 409, body: { title: 'Not finished', status: 409 } }));
  await expect(client.delete('a-000001')).rejects.toMatchObject({ status: 409 });
  expect(client.request('a-000001')).toBeDefined();
});

test('an unknown request can be deleted', async () => {
  await world.settle();
  world.put('a-000001', 3, { status: 'FAILED' });
  await client.delete('a-000001');
  expect(client.request('a-000001')).toBeUndefined();
  await expect(client.delete('a-000001')).rejects.toMatchObject({ status: 404 });
});

test.each([
  [409, []],
  [422, [{ pointer: '/answer/approved', detail: 'approved is required' }]],
])('a refused answer (%i) is a ProblemError and is not retried', async (status, errors) => {
  world.put('a-000001', 1, { status: 'WAITING' });
  const body = { title: 'No', status, errors };
  world.next(/answer/, () => ({ status, body }));
  const refused = await client.answer('a-000001', 'approve', {}).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ProblemError);
  expect(refused).toMatchObject({ status, errors });
  expect(world.log.filter((call) => call.includes('answer'))).toHaveLength(1);
});

test('an answer without a response is a ConnectionError and is not retried', async () => {
  world.put('a-000001', 1, { status: 'WAITING' });
  world.next(/answer/, () => undefined);
  await expect(client.answer('a-000001', 'approve', {})).rejects.toThrow(ConnectionError);
  await world.pass(5_000);
  expect(world.log.filter((call) => call.includes('answer'))).toHaveLength(1);
});

test('a scheduled or waiting request is followed until it is finished', async () => {
  world.put('a-000001', 1, { status: 'SCHEDULED', waiting: { reason: 'schedule' } });
  await world.settle();
  const seen: string[] = [];
  const watching = each(client.watch('a-000001'), ({ status, waiting }) =>
    seen.push(`${status} ${waiting?.reason ?? ''}`),
  );
  await world.settle();
  world.push('a-000001', 2, { status: 'WAITING', waiting: { reason: 'answer', step: 'approve' } });
  await world.settle();
  world.push('a-000001', 3, { status: 'SUCCEEDED', waiting: null });
  await watching;
  expect(seen).toEqual(['SCHEDULED schedule', 'WAITING answer', 'SUCCEEDED ']);
});

test.each(['SCHEDULED', 'WAITING'])('%s is not finished', (status) =>
  expect(isFinished(status)).toBe(false),
);

test('watch yields each change and ends after a finished document', async () => {
  world.put('a-000001', 1);
  await world.settle();
  const seen: number[] = [];
  const watching = each(client.watch('a-000001'), ({ version }) => seen.push(version));
  await world.settle();
  world.push('a-000001', 2);
  await world.settle();
  world.push('a-000001', 3, { status: 'SUCCEEDED' });
  await watching;
  expect(seen).toEqual([1, 2, 3]);
});

test('watch of a finished request yields it and ends', async () => {
  world.put('a-000001', 4, { status: 'FAILED' });
  const seen: number[] = [];
  await each(client.watch('a-000001'), ({ version }) => seen.push(version));
  expect(seen).toEqual([4]);
});

test('watch does not end with a partial document', async () => {
  world.put('a-000001', 1);
  await world.settle();
  const seen: StatusDocument[] = [];
  const watching = each(client.watch('a-000001'), (document) => seen.push(document));
  await world.settle();
  const whole = world.put('a-000001', 2, { status: 'SUCCEEDED', result: 'large' });
  const { result: _, ...rest } = whole;
  world.send({ type: 'status', request: { ...rest, partial: true } });
  await watching;
  expect(seen.at(-1)).toEqual(whole);
});

test('watch continues after a status that this release does not know', async () => {
  world.put('a-000001', 1);
  await world.settle();
  const seen: string[] = [];
  const watching = each(client.watch('a-000001'), ({ status }) => seen.push(status));
  await world.settle();
  world.push('a-000001', 2, { status: 'PAUSED', steps: [{ name: 'cook', status: 'UNDONE' }] });
  await world.settle();
  expect(client.requests.map(({ status }) => status)).toEqual(['PAUSED']);
  world.push('a-000001', 3, { status: 'SUCCEEDED' });
  await watching;
  expect(seen).toEqual(['RUNNING', 'PAUSED', 'SUCCEEDED']);
});

test.each(['PAUSED', '', 'constructor', 'succeeded'])(
  'the status "%s", which this release does not know, is not finished',
  (status) => expect(isFinished(status)).toBe(false),
);

test('watch of a request that does not exist throws', async () => {
  await expect(each(client.watch('missing-1'), () => {})).rejects.toMatchObject({ status: 404 });
});

describe.each(['open', 'refused'] as const)('sockets: %s', (sockets) => {
  test.each([503, 429, 408])(
    'watch of a request that does not exist throws even if the first read was refused with %i',
    async (status) => {
      world.sockets = sockets;
      const own = world.connect();
      await world.settle();
      world.next(/status.missing-1/, () => ({ status }));
      const watching = each(own.watch('missing-1'), () => {}).catch((error: unknown) => error);
      await world.pass(15_000);
      own.close();
      expect(await watching).toMatchObject({ status: 404 });
    },
  );

  test('a watched older request is read again soon after a read of it failed', async () => {
    world.sockets = sockets;
    world.pageSize = 1;
    world.put('old-0001', 1);
    world.put('young-01', 1);
    const own = world.connect();
    await world.settle();
    world.next(/status.old-0001/, () => ({ status: 503 }));
    const watching = own.watch('old-0001').next();
    await world.pass(8_000);
    own.close();
    expect((await watching).value).toMatchObject({ version: 1 });
  });

  test('a request is not read again before the Retry-After of its refusal is over', async () => {
    world.sockets = sockets;
    world.pageSize = 1;
    world.put('old-0001', 1);
    world.put('young-01', 1);
    const own = world.connect();
    await world.settle();
    const refused = { status: 429, headers: { 'Retry-After': '40' } };
    world.next(/status.old-0001/, () => refused);
    const watching = own.watch('old-0001').next();
    await world.settle();
    world.log.length = 0;
    const reads = () => world.log.filter((call) => call.includes('/status/old-0001')).length;
    for (let second = 0; second < 38; second += 2) {
      world.push('young-01', second + 2);
      world.signal('visible');
      await world.pass(2_000);
    }
    expect(reads()).toBe(0);
    await world.pass(15_000);
    own.close();
    expect((await watching).value).toMatchObject({ version: 1 });
  });
});

test('the read after the subscription also respects the Retry-After of a refused read', async () => {
  const own = new World();
  own.pageSize = 1;
  own.put('old-0001', 1);
  own.put('young-01', 1);
  own.next(/status.old-0001/, () => ({ status: 429, headers: { 'Retry-After': '40' } }));
  const watcher = own.connect();
  const watching = watcher.watch('old-0001').next();
  await own.pass(38_000);
  expect(watcher.state).toBe('live');
  expect(own.log.filter((call) => call.includes('/status/old-0001'))).toHaveLength(1);
  await own.pass(10_000);
  watcher.close();
  expect((await watching).value).toMatchObject({ version: 1 });
});

test('a nonexistent request that is kept is read only once while live', async () => {
  const release = client.keep('missing-1');
  await world.pass(50_000);
  expect(world.log.filter((call) => call.includes('missing-1'))).toHaveLength(1);
  release();
});

test('watch ends when the request is removed', async () => {
  world.put('a-000001', 1);
  await world.settle();
  const watching = each(client.watch('a-000001'), () => {});
  await world.settle();
  world.remove('a-000001');
  await watching;
});

test('watch ends when another request takes the id, and does not yield that one', async () => {
  world.put('a-000001', 3);
  await world.settle();
  const seen: (string | null)[] = [];
  const watching = each(client.watch('a-000001'), ({ life }) => seen.push(life));
  await world.settle();
  world.remove('a-000001');
  world.push('a-000001', 1);
  await watching;
  expect(seen).toEqual(['life-1']);
  expect(client.request('a-000001')?.life).toBe('life-2');
});

test('watch of a finished request ends even if its id has been used again', async () => {
  world.put('a-000001', 3, { status: 'SUCCEEDED' });
  await world.settle();
  const seen: (string | null)[] = [];
  await each(client.watch('a-000001'), ({ life }) => {
    seen.push(life);
    world.remove('a-000001');
    world.push('a-000001', 1);
  });
  expect(seen).toEqual(['life-1']);
});

test('submit with an id that is free again returns the new request, even if clocks differ', async () => {
  world.put('mine-0001', 3, { status: 'SUCCEEDED' });
  await world.pass(5_000);
  world.documents.delete('mine-0001');
  world.next(/^PUT/, () => ({
    status: 202,
    body: world.put('mine-0001', 1, { createdAt: '2025-12-31T23:55:00.000Z' }),
  }));
  const submitted = await client.submit('place-order', {}, { id: 'mine-0001' });
  expect(submitted.version).toBe(1);
  expect(client.request('mine-0001')).toEqual(submitted);
});

test("get returns the server's response even if a push of another life arrived meanwhile", async () => {
  const { life: _, ...old } = world.put('a-000001', 3);
  await world.settle();
  world.next(/status/, () => {
    world.send({ type: 'status', request: { ...old, life: 'late', createdAt: '2027-01-01' } });
    return { status: 200, body: world.documents.get('a-000001') };
  });
  expect(await client.get('a-000001')).toEqual(world.documents.get('a-000001'));
  await world.settle();
  expect(client.request('a-000001')).toEqual(world.documents.get('a-000001'));
});

test('watch waits while the server is unreachable', async () => {
  world.put('a-000001', 1, { status: 'SUCCEEDED' });
  world.httpDown = true;
  const seen: number[] = [];
  const watching = each(client.watch('a-000001'), ({ version }) => seen.push(version));
  await world.pass(5_000);
  expect(seen).toEqual([]);
  world.httpDown = false;
  await world.pass(31_000);
  await watching;
  expect(seen).toEqual([1]);
});

test('close ends all timers, the socket and every watch, and is idempotent', async () => {
  world.put('a-000001', 1);
  await world.settle();
  const watching = each(client.watch('a-000001'), () => {});
  await world.settle();
  expect(world.pendingTimers).toBeGreaterThan(0);
  client.close();
  client.close();
  await watching;
  await world.settle();
  expect(world.pendingTimers).toBe(0);
  expect(world.open).toEqual([]);
  world.log.length = 0;
  world.signal('online');
  await world.pass(600_000);
  expect(world.log).toEqual([]);
});

test.each(['silent', 'refused'] as const)(
  'close leaves no timer with %s sockets',
  async (sockets) => {
    client.close();
    world = new World();
    world.sockets = sockets;
    client = world.connect();
    await world.pass(3_000);
    client.close();
    await world.settle();
    expect(world.pendingTimers).toBe(0);
  },
);

test('close ends pending calls and their retries', async () => {
  world.httpDown = true;
  const failing = client.submit('place-order', {}).catch((error: unknown) => error);
  await world.settle();
  client.close();
  expect(await failing).toBeInstanceOf(ConnectionError);
  await world.settle();
  expect(world.pendingTimers).toBe(0);
});

test('in a page without an origin, as in a sandbox, a call without a response is a ConnectionError', async () => {
  vi.stubGlobal('location', { origin: 'null', protocol: 'about:' });
  world.httpDown = true;
  const error = await client.types().catch((thrown: unknown) => thrown);
  vi.unstubAllGlobals();
  expect(error).toBeInstanceOf(ConnectionError);
  expect(String(error)).toContain('does not allow pages of null');
});

test('the token function is called before every call, and its token is sent as Bearer', async () => {
  let calls = 0;
  const seen: (string | undefined)[] = [];
  const own = connect('http://server', {
    token: async () => `token-${++calls}`,
    environment: {
      ...world.environment(),
      WebSocket: null,
      fetch: (_url, init) => {
        seen.push((init.headers as Record<string, string>).Authorization);
        return Promise.reject(new TypeError('no server'));
      },
    },
  });
  await own.types().catch(() => {});
  own.close();
  expect(seen).toEqual(['Bearer token-1', 'Bearer token-2']);
});

async function each(
  documents: AsyncIterable<StatusDocument>,
  see: (document: StatusDocument) => unknown,
): Promise<void> {
  for await (const document of documents) {
    see(document);
  }
}
