import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type Client,
  ConnectionError,
  type LinkOptions,
  openLink,
  ProblemError,
} from '../../src/client/index.ts';
import { World } from './world.ts';

const ID = 'mine-0001';
const LINK = {
  linkId: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
  scope: 'answer',
  step: 'approve',
  label: 'For Bob',
  showsInput: false,
  createdAt: '2026-11-20T10:00:00.123Z',
  expiresAt: '2027-12-25T10:00:00.000Z',
};
const CREATED = { ...LINK, url: 'https://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJA' };

let world: World;
let client: Client;
let sent: unknown[];

beforeEach(async () => {
  world = new World();
  sent = [];
  const { fetch } = world.environment();
  client = world.connect({
    fetch: (url, init) => {
      sent.push(init.body);
      return fetch(url, init);
    },
  });
  await world.settle();
  world.put(ID, 1);
  world.log.length = 0;
  sent.length = 0;
});

afterEach(() => client.close());

describe("the owner's links", () => {
  test('link sends its options, and returns the link with its URL', async () => {
    world.next(/^POST/, () => ({ status: 201, body: CREATED }));
    const created = await client.link(ID, {
      scope: 'answer',
      step: 'approve',
      label: 'For Bob',
      expiresAt: new Date('2027-12-25T11:00:00+01:00'),
      showsInput: true,
    });
    expect(created).toEqual(CREATED);
    expect(world.log).toEqual([`POST /requests/${ID}/links`]);
    expect(sent).toEqual([
      '{"scope":"answer","step":"approve","label":"For Bob",' +
        '"expiresAt":"2027-12-25T10:00:00.000Z","showsInput":true}',
    ]);
  });

  test.each<LinkOptions>([
    { scope: 'watch' },
    { scope: 'watch', step: null, label: '', expiresAt: '', showsInput: false },
    { scope: 'watch', step: undefined, label: null, expiresAt: null, showsInput: null },
  ])('options without an effect are left out: %j', async (options) => {
    world.next(/^POST/, () => ({ status: 201, body: CREATED }));
    await client.link(ID, options);
    expect(sent).toEqual(['{"scope":"watch"}']);
  });

  test.each<[string, string, unknown]>([
    ['an id', 'a/b', { scope: 'watch' }],
    ['no options', ID, undefined],
    ['no scope', ID, {}],
    ['a scope', ID, { scope: 'all' }],
    ['a Date', ID, { scope: 'watch', expiresAt: new Date(NaN) }],
    ['a time', ID, { scope: 'watch', expiresAt: 7 }],
    ['a label', ID, { scope: 'watch', label: 1n }],
  ])('%s that is not valid is a TypeError, and nothing is sent', async (_, id, options) => {
    await expect(client.link(id, options as LinkOptions)).rejects.toThrow(TypeError);
    expect(world.log).toEqual([]);
  });

  test('a creation without a response is not repeated, because it may have created a link', async () => {
    world.httpDown = true;
    await expect(client.link(ID, { scope: 'watch' })).rejects.toThrow(ConnectionError);
    await world.pass(3_000);
    expect(world.log.filter((call) => call.startsWith('POST /requests'))).toHaveLength(1);
  });

  test('an option that the server refuses is a ProblemError', async () => {
    const errors = [{ pointer: '/step', detail: 'must be the name of a step' }];
    const body = { type: '/problems/invalid-input', title: 'Invalid', status: 422, errors };
    world.next(/^POST/, () => ({ status: 422, body }));
    const call = client.link(ID, { scope: 'answer', step: 'none' });
    await expect(call).rejects.toMatchObject({ status: 422, errors });
  });

  test('links returns the links to a request', async () => {
    world.next(/^GET .*links/, () => ({ status: 200, body: { links: [LINK] } }));
    expect(await client.links(ID)).toEqual([LINK]);
    expect(world.log).toEqual([`GET /requests/${ID}/links`]);
    await expect(client.links('a/b')).rejects.toThrow(TypeError);
  });

  test('revokeLink revokes one link', async () => {
    world.next(/^DELETE/, () => ({ status: 204 }));
    await client.revokeLink(ID, LINK.linkId);
    expect(world.log).toEqual([`DELETE /requests/${ID}/links/${LINK.linkId}`]);
  });

  test.each([
    ['a/b', LINK.linkId],
    [ID, 'short'],
    [ID, `${LINK.linkId.slice(1)}/`],
  ])('revokeLink of %j and %j is a TypeError, and nothing is sent', async (id, linkId) => {
    await expect(client.revokeLink(id, linkId)).rejects.toThrow(TypeError);
    expect(world.log).toEqual([]);
  });

  test('a ProblemError of revokeLink is passed on', async () => {
    world.next(/^DELETE/, () => ({ status: 404 }));
    await expect(client.revokeLink(ID, LINK.linkId)).rejects.toThrow(ProblemError);
  });

  test('the socket of an owner ignores changed', async () => {
    world.send({ type: 'changed' });
    await world.settle();
    expect(world.log).toEqual([]);
    expect(world.reports).toEqual([]);
  });
});

test.each([
  '',
  '/l/0mBkUvN6_5yYCcf0zWgVJA',
  'https://work.example.org/',
  'https://work.example.org/l/',
  'https://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJ',
  'https://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJAA',
  'https://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJ%41',
  'https://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJA/',
  'https://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJA?a=b',
  'https://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJA#a',
  'https://work.example.org/L/0mBkUvN6_5yYCcf0zWgVJA',
  'https://work.example.org/?a=/l/0mBkUvN6_5yYCcf0zWgVJA',
  'https://user:pass@work.example.org/l/0mBkUvN6_5yYCcf0zWgVJA',
  'https://:x/l/0mBkUvN6_5yYCcf0zWgVJA',
  'ftp://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJA',
  undefined,
])('%j is not the URL of a link', (url) => {
  let error: unknown;
  try {
    openLink(url as string, { environment: world.environment() }).close();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(TypeError);
  expect(String(error)).not.toContain('0mBkUvN6');
  expect(world.log).toEqual([]);
});
