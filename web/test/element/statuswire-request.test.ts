// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client, Environment, StatusDocument } from '../../src/client/index.ts';
import { StatuswireRequest } from '../../src/element/statuswire-request.ts';
import { World } from '../client/world.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const ID = 'order-0001';
const at = (millis: number) => new Date(START + millis).toISOString();
const succeeded = { status: 'SUCCEEDED' };
const types = [
  { name: 'place-order', title: 'Place an order', description: '', schema: {}, steps: ['cook'] },
];

let world: World;
let client: Client;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: START + 10_000 });
  world = new World();
  world.now = START + 10_000;
  client = world.connect({ fetch: server() });
});

afterEach(() => {
  document.body.replaceChildren();
  client.close();
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Returns the server, with types; it refuses all other calls while a status is set. */
function server(refusal: () => Response | null = () => null): Environment['fetch'] {
  const { fetch } = world.environment();
  return async (url, init) =>
    url.endsWith('/types') ? Response.json(types) : (refusal() ?? fetch(url, init));
}

/** Adds an element with this markup to the page. */
function added(markup = `request="${ID}"`): StatuswireRequest {
  document.body.insertAdjacentHTML(
    'beforeend',
    `<statuswire-request ${markup}></statuswire-request>`,
  );
  return document.body.lastElementChild as StatuswireRequest;
}

/** Shows the request with the test's own client. */
async function shown(markup?: string): Promise<StatuswireRequest> {
  const element = added(markup);
  element.client = client;
  await world.settle();
  return element;
}

/** Makes `fetch` and `WebSocket` those of the world, for elements that connect themselves. */
function stubNetwork(): string[] {
  const { WebSocket } = world.environment();
  const fetch = server();
  const tokens: string[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    tokens.push((init.headers as Record<string, string>)['Authorization'] ?? '');
    return fetch(url, init);
  });
  vi.stubGlobal('WebSocket', WebSocket);
  return tokens;
}

function parts(element: Element, name: string): HTMLElement[] {
  return [...element.shadowRoot!.querySelectorAll<HTMLElement>(`[part=${name}], .${name}`)];
}

/** Returns the visible text of the first part or class with this name. */
function text(element: Element, name: string): string {
  const [part] = parts(element, name);
  expect(part, name).toBeDefined();
  return part?.closest('[hidden]') ? '' : (part?.textContent ?? '');
}

function steps(element: Element): string[] {
  return parts(element, 'step').map((step) =>
    [...step.children].map((one) => one.textContent).join(' '),
  );
}

function recorded(element: Element): (StatusDocument | null)[] {
  const documents: (StatusDocument | null)[] = [];
  element.addEventListener('change', (event) =>
    documents.push((event as CustomEvent<StatusDocument | null>).detail),
  );
  return documents;
}

describe('a request', () => {
  test('is loading, then shows its title and its status, and is a group with that name', async () => {
    world.put(ID, 2, { status: 'RUNNING' });
    const element = added();
    element.client = client;
    await Promise.resolve();
    expect(text(element, 'message')).toBe('Loading request…');
    expect(parts(element, 'box')[0]?.getAttribute('aria-busy')).toBe('true');
    await world.settle();
    expect(text(element, 'title')).toBe('Place an order');
    expect(text(element, 'status')).toBe('Running');
    const [box] = parts(element, 'box');
    const name = element.shadowRoot?.getElementById(box?.getAttribute('aria-labelledby') ?? '');
    expect(box?.getAttribute('role')).toBe('group');
    expect(box?.getAttribute('aria-busy')).toBe('false');
    expect(name?.textContent).toBe('Place an order');
  });

  test.each([
    ['ACCEPTED', 'Accepted', 'Waiting for a worker'],
    ['RUNNING', 'Running', ''],
    ['RETRYING', 'Retrying', 'Waiting for the next attempt'],
    ['SUCCEEDED', 'Succeeded', 'Finished after 4.0 s'],
    ['FAILED', 'Failed', 'Finished after 4.0 s'],
    ['CANCELLED', 'Cancelled', 'Finished after 4.0 s'],
    ['PAUSED', 'PAUSED', ''],
  ])('with the status %s shows "%s" and "%s"', async (status, word, message) => {
    const ran = { name: 'cook', status: 'CANCELLED', startedAt: at(1_000), endedAt: at(3_000) };
    const steps = status === 'ACCEPTED' ? [] : [ran];
    world.put(ID, 2, { status, steps, createdAt: at(0), updatedAt: at(4_000) });
    const element = await shown();
    expect(text(element, 'status')).toBe(word);
    expect(text(element, 'message')).toBe(message);
    expect(parts(element, 'box')[0]?.dataset['tone']).toBe(status.toLowerCase());
    expect(text(element, 'error')).toBe('');
  });

  test.each([
    [{ reason: 'schedule' }, 'SCHEDULED', 'Scheduled', 'Scheduled', ''],
    [{ reason: 'queue' }, 'ACCEPTED', 'Accepted', 'Queued', ''],
    [{ reason: 'backoff', until: at(50_000) }, 'RETRYING', 'Retrying', 'Retry in 40 s', ''],
    [{ reason: 'time', until: at(50_000) }, 'WAITING', 'Waiting', 'Continues in 40 s', ''],
    [
      { reason: 'answer', since: at(-7_200_000), prompt: 'Pay <b>250</b>?' },
      'WAITING',
      'Waiting',
      'Waiting for an answer for 2 h',
      'Pay <b>250</b>?',
    ],
  ])('that waits (%j) shows why', async (waiting, status, word, message, prompt) => {
    world.put(ID, 2, { status, waiting, createdAt: at(0), updatedAt: at(0) });
    const element = await shown();
    expect(text(element, 'status')).toBe(word);
    expect(text(element, 'message')).toBe(message);
    expect(text(element, 'prompt')).toBe(prompt);
  });

  test('counts the time of a wait, until it is over', async () => {
    const waiting = { reason: 'time', until: at(50_000), step: 'wait' };
    world.put(ID, 2, { status: 'WAITING', waiting });
    const element = await shown();
    vi.advanceTimersByTime(2_000);
    expect(text(element, 'message')).toBe('Continues in 38 s');
    world.push(ID, 3, { status: 'RUNNING', waiting: null });
    await world.settle();
    expect(text(element, 'message')).toBe('');
  });

  test('shows the steps, and a running one with the clock', async () => {
    world.put(ID, 3, {
      steps: [
        { name: 'price', status: 'SUCCEEDED', startedAt: at(0), endedAt: at(1_500) },
        { name: 'cook', status: 'RUNNING', startedAt: at(2_000) },
        { name: 'serve', status: 'PENDING' },
      ],
    });
    const element = await shown();
    expect(steps(element)).toEqual([
      'price Succeeded 1.5 s',
      'cook Running 8.0 s',
      'serve Pending ',
    ]);
    const [list] = parts(element, 'steps');
    expect([list?.getAttribute('role'), list?.getAttribute('aria-label')]).toEqual([
      'list',
      'Steps',
    ]);
    const [, cook] = parts(element, 'step');
    vi.advanceTimersByTime(2_000);
    expect(steps(element)[1]).toBe('cook Running 10.0 s');
    world.push(ID, 4, { status: 'SUCCEEDED', steps: [{ name: 'cook', status: 'SUCCEEDED' }] });
    await world.settle();
    expect(steps(element)).toEqual(['cook Succeeded ']);
    expect(parts(element, 'step')[0]).not.toBe(cook);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1); // The announcer's only.
  });

  test('that is being undone shows why, the undone steps, and what remains if that fails', async () => {
    const error = { code: 'no-car', message: 'There is no car', step: 'car', retryable: false };
    const undoing = { outcome: 'FAILED', error };
    const booked = [
      { name: 'flight', status: 'SUCCEEDED', startedAt: at(0), endedAt: at(1_000) },
      { name: 'hotel', status: 'UNDONE', startedAt: at(1_000), endedAt: at(3_000) },
    ];
    world.put(ID, 2, { undoing, error, steps: booked, waiting: { reason: 'queue' } });
    const element = await shown();
    expect(text(element, 'status')).toBe('Undoing');
    expect(text(element, 'message')).toBe('Undoing, because it failed: There is no car');
    expect(text(element, 'error')).toBe('');
    expect(steps(element)).toEqual(['flight Succeeded 1.0 s', 'hotel Undone ']);
    const failed = { code: 'undo-failed', message: 'No network', step: 'flight', retryable: true };
    world.push(ID, 3, { status: 'FAILED', undoing, error: failed, steps: booked });
    await world.settle();
    expect(text(element, 'status')).toBe('Failed');
    expect(text(element, 'error-title')).toBe('No network');
    expect(text(element, 'error-detail')).toBe('Some effects of the request may remain.');
  });

  test('shows its progress as a progress bar with a name, and removes it at the end', async () => {
    world.put(ID, 2, { progress: { percent: 40, message: 'cooking' } });
    const element = await shown();
    const [bar] = parts(element, 'progress');
    const attributes = () =>
      [
        'role',
        'aria-label',
        'aria-valuenow',
        'aria-valuemin',
        'aria-valuemax',
        'aria-valuetext',
      ].map((name) => bar?.getAttribute(name));
    expect(attributes()).toEqual(['progressbar', 'Progress', '40', '0', '100', '40% cooking']);
    expect(text(element, 'percent') + text(element, 'message')).toBe('40%cooking');
    world.push(ID, 3, { progress: { percent: 60 } });
    await world.settle();
    expect(attributes().slice(2)).toEqual(['60', '0', '100', '60%']);
    expect(parts(element, 'bar')[0]?.style.width).toBe('60%');
    world.push(ID, 4, { status: 'SUCCEEDED', progress: { percent: 60 } });
    await world.settle();
    expect(bar?.hidden).toBe(true);
    expect(text(element, 'percent')).toBe('');
  });

  test('shows why it failed, and hostile text as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const error = { code: 'burnt', message: hostile, step: 'cook', retryable: false };
    world.put(ID, 5, { status: 'FAILED', error, steps: [{ name: hostile, status: 'FAILED' }] });
    const element = await shown();
    expect(text(element, 'error-title')).toBe(hostile);
    expect(text(element, 'error-place')).toBe('burnt in step cook');
    expect(steps(element)).toEqual([`${hostile} Failed `]);
    expect(element.shadowRoot?.querySelector('img')).toBeNull();
    world.push(ID, 6, { status: 'SUCCEEDED', error });
    await world.settle();
    expect(text(element, 'error')).toBe('');
  });

  test('that is being cancelled waits for the running step', async () => {
    world.put(ID, 5, { cancelRequested: true, progress: { percent: 5, message: 'cooking' } });
    const element = await shown();
    expect(text(element, 'message')).toBe('Cancelling; waiting for the running step to stop.');
  });

  test('is shown with the name of its type if the types cannot be read', async () => {
    const debug = vi.spyOn(console, 'debug').mockImplementation(() => {});
    let haveFailed = false;
    const { fetch } = world.environment();
    const withoutTypes: Environment['fetch'] = async (url, init) =>
      url.endsWith('/types') ? new Response(null, { status: 503 }) : fetch(url, init);
    const ours = world.connect({
      fetch: (url, init) => (haveFailed ? server() : withoutTypes)(url, init),
    });
    world.put(ID, 1);
    const element = added();
    element.client = ours;
    await world.settle();
    expect(text(element, 'title')).toBe('place-order');
    expect(debug.mock.calls.map(([message]) => message)).toContain(
      'statuswire: could not read the request types; showing their names',
    );
    haveFailed = true;
    [...world.open].forEach((socket) => socket.drop());
    await world.settle();
    expect(text(element, 'title')).toBe('Place an order');
    ours.close();
    debug.mockRestore();
  });
});

test('a finished request stays, however many others the client reads', async () => {
  const ids = Array.from({ length: 120 }, (_, index) => `request-${100 + index}`);
  ids.forEach((id) => world.put(id, 1, succeeded));
  world.put(ID, 1, succeeded);
  client.close();
  client = world.connect({ fetch: server() });
  await world.settle();
  const element = await shown();
  const documents = recorded(element);
  for (const id of ids.slice(0, 50)) {
    await client.get(id);
  }
  [...world.open].forEach((socket) => socket.drop());
  await world.pass(5_000);
  expect(client.request('request-100')).toBeUndefined();
  expect(text(element, 'status')).toBe('Succeeded');
  expect(documents).toEqual([]);
});

describe('a screen reader', () => {
  test('hears the changes of the status, but no progress and not the first status', async () => {
    world.put(ID, 1, { status: 'ACCEPTED' });
    const element = await shown();
    const [region] = parts(element, 'announcement');
    expect(region?.getAttribute('role')).toBe('status');
    expect(region?.textContent).toBe('');
    world.push(ID, 2, { status: 'RUNNING' });
    await world.settle();
    expect(region?.textContent).toBe('Place an order: running');
    world.push(ID, 3, { progress: { percent: 50, message: 'cooking' } });
    await world.settle();
    vi.advanceTimersByTime(4_000);
    expect(region?.textContent).toBe('Place an order: running');
    const error = { code: 'burnt', message: 'It is black', retryable: true };
    world.push(ID, 4, { status: 'FAILED', error });
    await world.settle();
    expect(region?.textContent).toBe('Place an order: failed. It is black');
  });

  test('hears quick changes as one', async () => {
    world.put(ID, 1, { status: 'ACCEPTED' });
    const element = await shown();
    const [region] = parts(element, 'announcement');
    for (const [version, status] of ['RUNNING', 'RETRYING', 'RUNNING', 'SUCCEEDED'].entries()) {
      world.push(ID, version + 2, { status });
      await world.settle();
    }
    expect(region?.textContent).toBe('Place an order: running');
    vi.advanceTimersByTime(4_000);
    expect(region?.textContent).toBe('Place an order: succeeded');
  });

  test('hears that the request was removed', async () => {
    world.put(ID, 1);
    const element = await shown();
    world.remove(ID);
    await world.settle();
    expect(text(element, 'announcement')).toBe('This request does not exist');
  });
});

describe('a request that cannot be shown', () => {
  test.each([
    [401, 'Log in to see this request', ''],
    [403, 'You may not see this request', ''],
    [404, 'This request does not exist', 'It may have expired or been deleted.'],
    [410, 'Nothing here', 'Try elsewhere.'],
  ])('because of a %i shows "%s"', async (status, title, detail) => {
    const body = { type: 'about:blank', title: 'Nothing here', detail: 'Try elsewhere.', status };
    const ours = world.connect({ fetch: server(() => Response.json(body, { status })) });
    const element = added();
    element.client = ours;
    await world.settle();
    expect(text(element, 'error-title')).toBe(title);
    expect(text(element, 'error-detail')).toBe(detail);
    expect([text(element, 'status'), text(element, 'message')]).toEqual(['', '']);
    ours.close();
  });

  test.each([
    ['Succeeded', succeeded],
    ['This request does not exist', null],
  ])('is read again after the user has logged in: %s', async (word, request) => {
    Array.from({ length: 60 }, (_, index) => world.put(`request-${100 + index}`, 1, succeeded));
    if (request !== null) {
      world.put(ID, 1, request);
    }
    let isLoggedIn = false;
    const refusal = () => (isLoggedIn ? null : new Response('{}', { status: 401 }));
    const ours = world.connect({ fetch: server(refusal) });
    const element = added();
    element.client = ours;
    await world.pass(20_000);
    expect(text(element, 'error-title')).toBe('Log in to see this request');
    isLoggedIn = true;
    await world.pass(60_000);
    expect(ours.state).toBe('live');
    expect(text(element, 'status') + text(element, 'error-title')).toBe(word);
    ours.close();
  });

  test('is shown when it is submitted', async () => {
    const element = await shown();
    expect(text(element, 'error-title')).toBe('This request does not exist');
    await client.submit('place-order', {}, { id: ID });
    expect(text(element, 'status')).toBe('Accepted');
    expect(text(element, 'announcement')).toBe('');
  });

  test.each([
    ['server="ftp://server/"', 'connect needs the http or https URL of a server'],
    ['server="https://"', 'Invalid URL'],
    ['request="no/id"', 'id must match'],
  ])('because of %s shows why', async (markup, reason) => {
    stubNetwork();
    const element = added(markup.includes('request') ? markup : `${markup} request="${ID}"`);
    await world.settle();
    expect(text(element, 'error-detail')).toContain(reason);
  });
});

describe('the connection', () => {
  test('is mentioned while the server does not respond, and until it does', async () => {
    world.put(ID, 2, { steps: [{ name: 'cook', status: 'RUNNING', startedAt: at(0) }] });
    const element = await shown();
    expect(text(element, 'note')).toBe('');
    world.httpDown = true;
    world.sockets = 'refused';
    [...world.open].forEach((socket) => socket.drop());
    await world.pass(10_000);
    expect(text(element, 'note')).toBe(
      'The server does not respond. The data may be outdated. Retrying automatically.',
    );
    vi.setSystemTime(START + 60_000);
    element.request = null;
    await world.settle();
    element.request = ID;
    await world.settle();
    expect(steps(element)).toEqual(['cook Running 10.0 s']);
    world.httpDown = false;
    world.sockets = 'open';
    await world.pass(60_000);
    expect(text(element, 'note')).toBe('');
  });

  test('is mentioned while the first read has no response', async () => {
    world.httpDown = true;
    world.sockets = 'refused';
    const element = await shown();
    await world.pass(10_000);
    expect(text(element, 'message')).toBe('Loading request…');
    expect(text(element, 'note')).toContain('The server does not respond.');
    world.put(ID, 1);
    world.httpDown = false;
    await world.pass(10_000);
    expect(text(element, 'status')).toBe('Running');
  });

  test('is mentioned while the client polls, unless the request has finished', async () => {
    world.put(ID, 1);
    world.sockets = 'refused';
    const element = await shown();
    expect(text(element, 'note')).toContain('The page checks for changes every few seconds.');
    expect(parts(element, 'note')[0]?.dataset['state']).toBe('polling');
    world.put(ID, 2, succeeded);
    await world.pass(10_000);
    expect(text(element, 'status')).toBe('Succeeded');
    expect(text(element, 'note')).toBe('');
  });
});

describe('the event change', () => {
  test('has each document, does not bubble, and has null after a removal', async () => {
    const first = world.put(ID, 1);
    const bubbled = vi.fn();
    document.body.addEventListener('change', bubbled);
    const element = added();
    const documents = recorded(element);
    element.client = client;
    await world.settle();
    expect(documents).toEqual([first]);
    world.push(ID, 2, { progress: { percent: 10 } });
    world.push('order-0002', 1);
    await world.settle();
    world.push(ID, 3, succeeded);
    await world.settle();
    world.push(ID, 4, { status: 'ACCEPTED' });
    await world.settle();
    world.remove(ID);
    await world.settle();
    expect(documents.map((one) => one && [one.version, one.status])).toEqual([
      [1, 'RUNNING'],
      [2, 'RUNNING'],
      [3, 'SUCCEEDED'],
      [4, 'ACCEPTED'],
      null,
    ]);
    expect(bubbled).not.toHaveBeenCalled();
    document.body.removeEventListener('change', bubbled);
  });
});

describe('attributes and properties', () => {
  test('another request replaces the first one, and none hides everything', async () => {
    world.put(ID, 1, { status: 'FAILED' });
    world.put('order-0002', 1, succeeded);
    const element = await shown();
    const documents = recorded(element);
    element.setAttribute('request', 'order-0002');
    await world.settle();
    expect(text(element, 'status')).toBe('Succeeded');
    world.push(ID, 2, { status: 'ACCEPTED' });
    await world.settle();
    expect(documents.map((one) => one?.id)).toEqual(['order-0002']);
    expect(text(element, 'announcement')).toBe('');
    element.request = null;
    await world.settle();
    expect(element.hasAttribute('request')).toBe(false);
    expect(text(element, 'status')).toBe('');
    expect(parts(element, 'box')[0]?.hidden).toBe(true);
  });

  test('properties reflect attributes', () => {
    stubNetwork();
    const element = added('');
    element.server = 'https://server.example';
    element.request = ID;
    expect([element.getAttribute('server'), element.getAttribute('request')]).toEqual([
      'https://server.example',
      ID,
    ]);
    element.removeAttribute('server');
    expect([element.server, element.request]).toEqual([null, ID]);
  });

  test('properties that were set before the element was defined have an effect', async () => {
    stubNetwork();
    world.put(ID, 1, succeeded);
    const element = document.createElement('statuswire-request') as StatuswireRequest;
    for (const [name, value] of Object.entries({ client, request: ID })) {
      Object.defineProperty(element, name, { value, configurable: true, writable: true });
    }
    document.body.append(element);
    await world.settle();
    expect(element.getAttribute('request')).toBe(ID);
    expect(element.client).toBe(client);
    expect(Object.hasOwn(element, 'client')).toBe(false);
    expect(text(element, 'status')).toBe('Succeeded');
  });

  test.each([
    ['a text', 'secret'],
    ['a function', () => 'secret'],
  ])('the token may be %s; every call has it', async (_, token) => {
    const tokens = stubNetwork();
    world.put(ID, 1, succeeded);
    const element = added(`server="http://server" request="${ID}"`);
    element.token = token;
    await world.settle();
    expect(text(element, 'status')).toBe('Succeeded');
    expect(tokens.length).toBeGreaterThan(2);
    expect(new Set(tokens)).toEqual(new Set(['Bearer secret']));
  });
});

describe('elements with the same server', () => {
  beforeEach(() => {
    client.close();
    world = new World();
  });

  const sockets = () => world.log.filter((call) => call.startsWith('socket')).length;

  test('share one socket, which closes after the last one has left the page', async () => {
    stubNetwork();
    world.put(ID, 1);
    world.put('order-0002', 1, succeeded);
    const one = added(`server="http://server" request="${ID}"`);
    const other = added('server="http://server/" request="order-0002"');
    await world.settle();
    expect([one, other].map((element) => text(element, 'status'))).toEqual([
      'Running',
      'Succeeded',
    ]);
    expect(sockets()).toBe(1);
    expect(world.open).toHaveLength(1);
    one.remove();
    vi.advanceTimersByTime(60_000);
    await world.settle();
    expect(world.open).toHaveLength(1);
    other.remove();
    vi.advanceTimersByTime(2_000);
    await world.settle();
    expect(world.open).toHaveLength(0);
  });

  test('do not share it if their tokens differ', async () => {
    const tokens = stubNetwork();
    for (const token of ['one', 'another', 'one']) {
      added(`server="http://server" request="${ID}"`).token = token;
    }
    await world.settle();
    expect(sockets()).toBe(2);
    expect(new Set(tokens)).toEqual(new Set(['Bearer one', 'Bearer another']));
  });

  test('keep it when they move; an element outside the page does not change', async () => {
    stubNetwork();
    world.put(ID, 1);
    const element = added(`server="http://server" request="${ID}"`);
    await world.settle();
    const documents = recorded(element);
    const section = document.createElement('section');
    document.body.append(section);
    section.append(element);
    await world.settle();
    vi.advanceTimersByTime(2_000);
    expect(sockets()).toBe(1);
    world.push(ID, 2, succeeded);
    await world.settle();
    expect(text(element, 'status')).toBe('Succeeded');
    element.remove();
    world.push(ID, 3, { status: 'ACCEPTED' });
    await world.settle();
    expect(text(element, 'status')).toBe('Succeeded');
    expect(documents.map((one) => one?.version)).toEqual([1, 2]);
    document.body.append(element);
    await world.settle();
    expect(text(element, 'status')).toBe('Accepted');
  });

  test('a client that the page passed is used instead, and stays open', async () => {
    world.put(ID, 1);
    client = world.connect({ fetch: server() });
    const element = await shown(`server="http://other" request="${ID}"`);
    expect(text(element, 'status')).toBe('Running');
    element.remove();
    vi.advanceTimersByTime(60_000);
    await world.settle();
    expect(world.open).toHaveLength(1);
    expect(client.state).toBe('live');
  });
});
