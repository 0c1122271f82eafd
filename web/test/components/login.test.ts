// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import '../../src/components/page.ts';
import type { StatuswirePage } from '../../src/components/page.ts';
import { browser, type LoginEnvironment } from '../../src/login/environment.ts';
import { document as documentOf } from '../client/world.ts';

const types = [
  {
    name: 'greet',
    title: 'Greet',
    description: '',
    steps: ['greet'],
    schema: { properties: { name: { type: 'string' } } },
  },
];

let page: StatuswirePage;
let environment: LoginEnvironment;
/** The server's response to calls about requests. */
let status: number;
let issuer: string | null;

beforeEach(() => {
  location.hash = '';
  sessionStorage.clear();
  localStorage.clear();
  status = 200;
  issuer = 'https://id.example.org';
  environment = {
    ...browser(),
    go: () => {},
    fetch: async (url) => answerTo(new URL(url, location.href).pathname),
  };
  vi.spyOn(globalThis, 'fetch').mockImplementation((url) => environment.fetch(String(url), {}));
  vi.spyOn(console, 'debug').mockImplementation(() => {});
});

afterEach(() => {
  page.remove();
  vi.restoreAllMocks();
});

function answerTo(path: string): Response {
  switch (path) {
    case '/identity':
      return json({ issuer, clientId: 'page', scope: 'openid' });
    case '/types':
      return json(types);
    case '/requests':
      return status === 200
        ? json({ requests: [documentOf('order-of-ada', 1)], next: null })
        : json({}, status);
    default:
      return json({}, 503);
  }
}

/** Waits until the check passes, for as long as a slow machine may need. */
async function eventually(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 60_000 });
}

function json(body: unknown, code = 200): Response {
  return new Response(JSON.stringify(body), { status: code });
}

/** Opens the page with a session of this tab, and types something. */
async function openedBy(who: string): Promise<void> {
  const session = { accessToken: 'token', expiresAt: Date.now() + 600_000, who };
  sessionStorage.setItem('statuswire.session', JSON.stringify(session));
  location.hash = '#/requests/order-of-ada';
  await open();
  await eventually(() => expect(page.textContent).toContain('order-of-ada'));
  await eventually(() => expect(page.querySelector('[name=name]')).not.toBeNull());
  const field = page.querySelector<HTMLInputElement>('[name=name]')!;
  field.value = 'a secret';
  field.dispatchEvent(new Event('input', { bubbles: true }));
  expect(sessionStorage.getItem('statuswire.form.draft.greet')).toContain('a secret');
}

async function open(): Promise<void> {
  page = document.createElement('statuswire-page') as StatuswirePage;
  page.environment = environment;
  document.body.append(page);
  await eventually(() => expect(page.textContent?.trim()).not.toBe(''));
}

function expectNothingLeft(): void {
  expect(page.querySelector('statuswire-app')).toBeNull();
  expect(page.textContent).not.toContain('order-of-ada');
  expect(Object.keys(sessionStorage)).toEqual([]);
  expect(location.hash).toBe('');
  expect(document.title).toBe('Statuswire');
}

test('the login settings are requested again after the Retry-After of a refusal', async () => {
  const refusal = { status: 503, headers: { 'Retry-After': '30' } };
  environment = { ...environment, fetch: async () => new Response('', refusal) };
  const waits = vi.spyOn(globalThis, 'setTimeout');
  await open();
  const delays = waits.mock.calls.map(([, millis]) => millis);
  expect(delays).toContain(30_000);
  expect(delays).not.toContain(3_000);
});

test('a page that is served from a folder calls the server in that folder', async () => {
  const requested: string[] = [];
  history.replaceState(null, '', '/dev/');
  try {
    const { fetch } = environment;
    environment.fetch = (url, init) => {
      const { pathname } = new URL(url, location.href);
      requested.push(pathname);
      return fetch(pathname.replace('/dev/', '/'), init);
    };
    issuer = null;
    await open();
    await eventually(() => expect(requested).toContain('/dev/requests'));
  } finally {
    history.replaceState(null, '', '/');
  }
  expect(requested).toContain('/dev/identity');
  expect(requested).toContain('/dev/types');
  expect(requested.filter((path) => !path.startsWith('/dev/'))).toEqual([]);
});

test('a session that the server ends leaves no data of the user on the page or in the browser', async () => {
  await openedBy('ada');
  expect(document.title).toBe('(1) Statuswire');
  status = 401;

  window.dispatchEvent(new Event('online'));

  await eventually(() => expect(page.textContent).toContain('Your session has ended'));
  expectNothingLeft();
});

test('a logout leaves no data of the user', async () => {
  await openedBy('ada');

  [...page.querySelectorAll('button')]
    .find((one) => one.textContent?.trim() === 'Log out')!
    .click();

  await eventually(() => expect(page.textContent).toContain('Log in'));
  expectNothingLeft();
});

test('a login of another user in another tab leaves no data of the user', async () => {
  await openedBy('ada');

  new BroadcastChannel('statuswire.login').postMessage({ type: 'in', who: 'bob' });

  await eventually(() => expect(page.textContent).toContain('Your session has ended'));
  expectNothingLeft();
});

test('a page without a session starts without earlier input', async () => {
  sessionStorage.setItem('statuswire.form.draft.greet', '{"/name":"a secret"}');

  await open();

  expect(page.textContent).toContain('Log in');
  expect(Object.keys(sessionStorage)).toEqual([]);
});

test.each([
  ['has no issuer', null],
  ['has an issuer', 'https://id.example.org'],
])(
  'a browser that blocks site data shows the page and a notice if the server %s',
  async (_, of) => {
    vi.spyOn(console, 'debug').mockImplementation(() => {});
    for (const storage of ['sessionStorage', 'localStorage'] as const) {
      vi.spyOn(globalThis, storage, 'get').mockImplementation(() => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      });
    }
    issuer = of;

    await open();

    await eventually(() => expect(page.textContent).toContain(of ? 'Log in' : 'New request'));
    await eventually(() => expect(page.textContent).toContain('does not store data for this page'));
  },
);
