import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Client,
  connect,
  ConnectionError,
  JsonNumber,
  type ListQuery,
  type StatusDocument,
} from '../../src/client/index.ts';
import { World } from './world.ts';

let world: World;
let client: Client;

beforeEach(async () => {
  world = new World();
  client = world.connect();
  await world.settle();
  world.log.length = 0;
});

afterEach(() => client.close());

let deep: unknown[] = [];
for (let depth = 0; depth < 20_000; depth++) {
  deep = [deep];
}

const circle: Record<string, unknown> = { dish: 'soup' };
circle.self = { around: [circle] };

describe('an input that JSON cannot represent is a TypeError at once, and nothing is sent', () => {
  test.each<[string, unknown, string]>([
    ['a BigInt', { quantity: 1n }, '/quantity'],
    ['a circular object', circle, '/self/around/0'],
    ['undefined', undefined, 'undefined'],
    ['undefined in a list', { dishes: [undefined] }, '/dishes/0'],
    ['a hole in a list', [1, , 2], '/1'],
    ['a function', () => {}, 'function'],
    ['a function as a member', { 'a/b': () => {} }, '/a~1b'],
    ['a symbol', { dish: Symbol('soup') }, '/dish'],
    ['NaN', { quantity: NaN }, 'NaN (at /quantity)'],
    ['Infinity', [-Infinity], '-Infinity'],
    ['an invalid Date', { at: new Date(NaN) }, '/at'],
    ['a Map', new Map([['dish', 'soup']]), 'Map'],
    ['a Set', { dishes: new Set(['soup']) }, 'Set'],
    ['bytes', { image: new Uint8Array(2) }, 'Uint8Array'],
    ['a promise', Promise.resolve({}), 'Promise'],
    ['a toJSON that returns a BigInt', { toJSON: () => 1n }, 'BigInt'],
    ['deeply nested lists', deep, 'nested'],
  ])('%s', async (_, input, message) => {
    const error = await client.submit('place-order', input).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect((error as TypeError).message).toContain(message);
    expect(world.log).toEqual([]);
  });
});

test('an input is written as by JSON.stringify', async () => {
  const shared = { a: 1 };
  const input = {
    left: undefined,
    date: new Date(0),
    shared: [shared, shared],
    boxed: [new Number(1), new String('s'), new Boolean(false)],
    bare: Object.assign(Object.create(null), { 'é\u2028"': null }),
    own: new (class Own {
      dish = 'soup';
    })(),
    key: { toJSON: (key: string) => key },
    'a/b~\nc': { toJSON: (key: string) => key },
    list: Object.assign([1], { toJSON: (key: string) => `${key} of its own` }),
  };
  const sent = sentBy((own) => own.submit('place-order', input, { id: 'mine-0001' }));
  expect(await sent).toBe(JSON.stringify({ type: 'place-order', input }));
});

test('the members of a submission have the order that every server accepts', async () => {
  const options = {
    tags: ['trip-42', 'team:sales'],
    notAfter: '2030-01-31T14:30:00Z',
    notBefore: new Date('2030-01-31T15:00:00.5+01:00'),
  };
  const sent = sentBy((own) => own.submit('place-order', { dish: 'soup' }, options));
  expect(await sent).toBe(
    '{"type":"place-order","notBefore":"2030-01-31T14:00:00.500Z",' +
      '"notAfter":"2030-01-31T14:30:00Z","tags":["trip-42","team:sales"],"input":{"dish":"soup"}}',
  );
});

test.each([{}, { notBefore: null, notAfter: undefined, tags: [] }, { notAfter: '', tags: null }])(
  'the options %j are left out',
  async (options) => {
    const sent = sentBy((own) => own.submit('place-order', {}, options));
    expect(await sent).toBe('{"type":"place-order","input":{}}');
  },
);

test('an answer is sent after its step, with all digits', async () => {
  world.put('mine-0001', 1);
  const answer = { amount: new JsonNumber('1.10'), note: undefined };
  const sent = sentBy((own) => own.answer('mine-0001', 'approve', answer));
  expect(await sent).toBe('{"step":"approve","answer":{"amount":1.10}}');
});

test.each([undefined, { amount: 1n }, [NaN]])(
  'the answer %# is a TypeError at once, and nothing is sent',
  async (answer) => {
    await expect(client.answer('mine-0001', 'approve', answer)).rejects.toThrow(TypeError);
    expect(world.log).toEqual([]);
  },
);

test('a member called __proto__ is sent as a normal member', async () => {
  const input = JSON.parse('{"__proto__":{"dish":"soup"}}') as unknown;
  const sent = sentBy((own) => own.submit('place-order', input));
  expect(await sent).toBe('{"type":"place-order","input":{"__proto__":{"dish":"soup"}}}');
});

test('every try sends the input as of the call to submit', async () => {
  const bodies: unknown[] = [];
  const environment = world.environment();
  const own = world.connect({
    WebSocket: null,
    fetch: (url, init) => {
      if (init.method === 'PUT') {
        bodies.push(init.body);
      }
      return environment.fetch(url, init);
    },
  });
  world.next(/^PUT/, () => ({ status: 503 }));
  const input = { quantity: 1 };
  const submitting = own.submit('place-order', input);
  input.quantity = 2;
  await world.pass(5_000);
  await submitting;
  own.close();
  const content = '{"type":"place-order","input":{"quantity":1}}';
  expect(bodies).toEqual([content, content]);
});

describe('an invalid time is a TypeError at once, and nothing is sent', () => {
  test.each([new Date(NaN), 7, {}, true])('%j', async (time) => {
    for (const name of ['notBefore', 'notAfter']) {
      const options = { [name]: time as string };
      await expect(client.submit('place-order', {}, options)).rejects.toThrow(TypeError);
    }
    expect(world.log).toEqual([]);
  });
});

describe('an invalid type or id is a TypeError at once, and nothing is sent', () => {
  const wrong = (value: unknown) => value as string;

  test.each([undefined, null, '', 7, {}, 'Place', 'a b', '-a', 'a\n', '\ud800', 'x'.repeat(64)])(
    'submit of the type %j',
    async (type) => {
      await expect(client.submit(wrong(type), {})).rejects.toThrow(TypeError);
      expect(world.log).toEqual([]);
    },
  );

  test.each([7, {}, 'Place', 'a b', '\ud800', ['place-order', 'a b']])(
    'the list of the type %j',
    async (type) => {
      await expect(client.list({ type: wrong(type) })).rejects.toThrow(TypeError);
      expect(world.log).toEqual([]);
    },
  );

  test.each([7, {}, 'a b', 'a,b', 'é', 'x'.repeat(65), ['trip-42', 'a b']])(
    'the list of the tag %j',
    async (tag) => {
      await expect(client.list({ tag: wrong(tag) })).rejects.toThrow(TypeError);
      expect(world.log).toEqual([]);
    },
  );

  test.each([null, '', 'short', 'with space', 'with/slash', 'x'.repeat(65), 'mine-0001\n', 7])(
    'submit with the id %j',
    async (id) => {
      await expect(client.submit('place-order', {}, { id: wrong(id) })).rejects.toThrow(TypeError);
      expect(world.log).toEqual([]);
    },
  );

  const NO_IDS = ['', '.', '..', 'short', 'a b', 'with/slash', 'x'.repeat(65), '~~mine-0001'];

  test.each([undefined, null, 7, {}, ...NO_IDS, 'mine-0001\n', '\ud800mine-0001'])(
    'the other calls with %j',
    async (id) => {
      const one = wrong(id);
      await expect(client.get(one)).rejects.toThrow(TypeError);
      await expect(client.answer(one, 'approve', {})).rejects.toThrow(TypeError);
      await expect(client.cancel(one)).rejects.toThrow(TypeError);
      await expect(client.retry(one)).rejects.toThrow(TypeError);
      await expect(client.delete(one)).rejects.toThrow(TypeError);
      await expect(client.watch(one).next()).rejects.toThrow(TypeError);
      expect(() => client.keep(one)).toThrow(TypeError);
      expect(world.log).toEqual([]);
    },
  );

  test('a listener that is not a function', () => {
    expect(() => client.onRequests(undefined as never)).toThrow(TypeError);
    expect(() => client.onConnection({} as never)).toThrow(TypeError);
  });
});

test.each([
  'ftp://server',
  'localhost:8080',
  'server',
  '',
  'http://server?a=b',
  'http://server/#x',
  'http://server?',
  'http://me:secret@server',
])('connect to "%s" is a TypeError', (url) => expect(() => connect(url)).toThrow(TypeError));

describe('the token function', () => {
  const withToken = (token: unknown) =>
    connect('http://server', {
      token: token as () => string,
      environment: { ...world.environment(), WebSocket: null },
    });

  test('that is not a function is a TypeError of connect', () => {
    expect(() => withToken('secret')).toThrow(TypeError);
  });

  test.each([undefined, null, 7, 'two words', 'new\nline', 'é'])(
    'that returns %j is a TypeError of each call, and nothing is sent',
    async (token) => {
      const own = withToken(() => token);
      await expect(own.submit('place-order', {})).rejects.toThrow(TypeError);
      await expect(own.watch('mine-0001').next()).rejects.toThrow(TypeError);
      own.close();
      expect(world.log).toEqual([]);
    },
  );

  test('that fails is a ConnectionError with that reason, and the call is retried', async () => {
    let tries = 0;
    const own = withToken(() => {
      if (tries++ < 3) {
        throw new Error('the issuer is away');
      }
      return 'secret';
    });
    const refused = await own.types().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConnectionError);
    expect((refused as Error).message).toContain('access token');
    const submitting = own.submit('place-order', {});
    await world.pass(10_000);
    expect((await submitting).status).toBe('ACCEPTED');
    own.close();
  });
});

describe('an empty filter of the list has no effect', () => {
  test.each<[ListQuery]>([
    [{ status: [] }],
    [{ type: [] }],
    [{ type: '' }],
    [{ type: [''] }],
    [{ status: null, type: undefined, limit: null, cursor: null }],
    [{ tag: [] }],
    [{ cursor: '' }],
  ])('%j', async (query) => {
    await client.list(query);
    expect(world.log).toEqual(['GET /requests']);
  });

  test('next to a filter that is not empty', async () => {
    await client.list({ status: [], type: ['', 'a', 'b'], limit: 5 });
    expect(world.log).toEqual(['GET /requests?type=a%2Cb&limit=5']);
  });
});

/** Returns the body of the PUT that the function sends. */
async function sentBy(call: (own: Client) => Promise<StatusDocument>): Promise<unknown> {
  let body: unknown;
  const environment = world.environment();
  const own = world.connect({
    WebSocket: null,
    fetch: (url, init) => {
      body = init.body ?? body;
      return environment.fetch(url, init);
    },
  });
  await call(own);
  own.close();
  return body;
}
