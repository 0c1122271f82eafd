import { beforeEach, expect, test } from 'vitest';
import type { LoginEnvironment, TabMessage } from '../../src/login/environment.ts';
import { LoggedOutError, Login } from '../../src/login/login.ts';

const ISSUER = 'https://id.example.org';
const settings = { issuer: ISSUER, clientId: 'page', scope: 'openid' };

let now = 1_000_000_000_000;
let address: URL;
let left: string[];
let calls: { url: string; body: URLSearchParams }[];
let token: () => Response | Promise<Response>;
let storage: Map<string, string>;
let shared: Map<string, string>;
let environment: LoginEnvironment;
/** The Authorization headers that the server refuses with 401; others get 200. */
let refused: Set<string>;
let listeners: Map<LoginEnvironment, ((message: TabMessage) => void)[]>;
let opened: string[];
let timers: { action: () => void; due: number }[];
let closed: number;

beforeEach(() => {
  shared = new Map();
  refused = new Set();
  listeners = new Map();
  opened = [];
  timers = [];
  closed = 0;
  now = Date.now();
  address = new URL('https://work.example.org/page?x=1#/requests/abc');
  left = [];
  calls = [];
  storage = new Map();
  token = () => tokens({});
  environment = {
    now: () => now,
    setTimeout: (action, millis) => void timers.push({ action, due: now + millis }),
    storage: {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => storage.set(key, value).has(key),
      removeItem: (key) => void storage.delete(key),
    },
    shared: {
      getItem: (key) => shared.get(key) ?? null,
      setItem: (key, value) => shared.set(key, value).has(key),
    },
    broadcast: (message) =>
      [...listeners]
        .filter(([tab]) => tab !== environment)
        .forEach(([, own]) => own.forEach((listener) => listener(message))),
    onBroadcast(listener) {
      listeners.set(this, [...(listeners.get(this) ?? []), listener]);
    },
    open: (url) => opened.push(url) > 0,
    close: () => void closed++,
    location: () => address,
    go: (url) => void left.push(url),
    replace: (url) => void (address = new URL(url, address)),
    fetch: async (url, init) => {
      calls.push({ url, body: new URLSearchParams(String(init.body ?? '')) });
      if (url.startsWith('/')) {
        const used = new Headers(init.headers).get('Authorization')!;
        return json({ used }, refused.has(used) ? 401 : 200);
      }
      return url.endsWith('/openid-configuration') ? json(metadata()) : token();
    },
  };
});

function metadata() {
  return {
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}/authorize`,
    token_endpoint: `${ISSUER}/token`,
    end_session_endpoint: `${ISSUER}/logout`,
    jwks_uri: `${ISSUER}/jwks`,
  };
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

/** Another tab of the same browser, with its own data. */
function otherTab(): LoginEnvironment {
  const own = new Map<string, string>();
  const it: LoginEnvironment = {
    ...environment,
    storage: {
      getItem: (key) => own.get(key) ?? null,
      setItem: (key, value) => own.set(key, value).has(key),
      removeItem: (key) => void own.delete(key),
    },
    broadcast: (message) =>
      [...listeners]
        .filter(([tab]) => tab !== it)
        .forEach(([, own]) => own.forEach((listener) => listener(message))),
  };
  return it;
}

/** Makes a call with the current token of the login, and returns the response. */
async function called(login: Login): Promise<{ status: number; used: string }> {
  const Authorization = `Bearer ${await login.token()}`;
  const response = await login.fetch('/requests', { headers: { Authorization } });
  return { status: response.status, used: ((await response.json()) as { used: string }).used };
}

function tokens(more: object, claims: object = {}): Response {
  const nonce = pending()?.nonce;
  const seconds = Math.floor(now / 1_000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const id = { iss: ISSUER, aud: 'page', sub: 'ada', iat: seconds, exp: seconds + 300, nonce };
  return json({
    access_token: 'first',
    token_type: 'Bearer',
    expires_in: 600,
    id_token: `${part({ alg: 'RS256' })}.${part({ ...id, ...claims })}.c2lnbmF0dXJl`,
    ...more,
  });
}

let remembered: { state: string; nonce: string; verifier: string } | null = null;

function pending() {
  const stored = storage.get('statuswire.login');
  remembered = stored === undefined ? remembered : JSON.parse(stored);
  return remembered;
}

/** Logs in at the issuer and returns, as with another load of the page. */
async function loggedIn(parameters: Record<string, string> = { code: 'the-code' }): Promise<Login> {
  return loggedInAt(environment, parameters);
}

async function loggedInAt(
  tab: LoginEnvironment,
  parameters: Record<string, string> = { code: 'the-code' },
): Promise<Login> {
  await new Login(settings, tab).begin();
  remembered = JSON.parse(tab.storage.getItem('statuswire.login')!);
  const { state } = remembered!;
  address = new URL(
    `https://work.example.org/page?${new URLSearchParams({ state, ...parameters })}`,
  );
  const login = new Login(settings, tab);
  await login.resume();
  return login;
}

test('the URL of the login requests a code with PKCE, and contains no secret', async () => {
  await new Login(settings, environment).begin();

  const parameters = new URL(left[0] ?? '').searchParams;
  expect(parameters.get('redirect_uri')).toBe('https://work.example.org/page');
  expect(parameters.get('response_type')).toBe('code');
  expect(parameters.get('code_challenge_method')).toBe('S256');
  expect(parameters.get('state')).toBe(pending()?.state);
  expect(left[0]).not.toContain(pending()?.verifier);
});

test('after the redirect, the code becomes a session, and the page shows the same as before', async () => {
  const login = await loggedIn();

  expect(login.isIn).toBe(true);
  expect(await login.token()).toBe('first');
  expect(address.href).toBe('https://work.example.org/page#/requests/abc');
  const { body } = calls.at(-1) ?? { body: new URLSearchParams() };
  expect(body.get('code')).toBe('the-code');
  expect(body.get('code_verifier')).toBe(remembered?.verifier);
  expect(storage.has('statuswire.login')).toBe(false);
});

test('a reload of the tab keeps the session', async () => {
  await loggedIn();

  expect(new Login(settings, environment).isIn).toBe(true);
});

test.each([
  ['another state', { state: 'other', code: 'the-code' }],
  ['a refusal', { error: 'access_denied', error_description: 'no' }],
  ['another issuer', { code: 'the-code', iss: 'https://evil.example.org' }],
])('a redirect with %s creates no session and shows a problem', async (_, parameters) => {
  const login = await loggedIn(parameters as Record<string, string>);

  expect(login.isIn).toBe(false);
  expect(login.problem).not.toBeNull();
  expect(address.search).toBe('');
});

test.each([
  ['another nonce', { nonce: 'other' }],
  ['another audience', { aud: 'other' }],
  ['another issuer', { iss: 'https://evil.example.org' }],
])('an ID token of %s creates no session', async (_, claims) => {
  token = () => tokens({}, claims);

  expect((await loggedIn()).isIn).toBe(false);
});

test.each(['javascript:alert(1)', 'http://id.example.org/authorize', 'data:text/html,x'])(
  'the browser is not sent to %s',
  async (endpoint) => {
    environment.fetch = async () =>
      json({ ...metadata(), authorization_endpoint: endpoint, end_session_endpoint: endpoint });
    const login = new Login(settings, environment);
    await login.begin();
    await login.end();

    expect(login.problem).toContain('insecure');
    expect(left).toEqual(['https://work.example.org/page']);
  },
);

test('a code without a started login is ignored', async () => {
  address = new URL('https://work.example.org/page?state=s&code=c');
  const login = new Login(settings, environment);

  await login.resume();

  expect(login.isIn).toBe(false);
  expect(calls).toEqual([]);
  expect(address.search).toBe('');
});

test('a token that is about to expire is renewed once for all concurrent calls', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => json({ access_token: 'second', token_type: 'Bearer', expires_in: 600 });
  const before = calls.length;
  now += 580_000;

  expect(await Promise.all([login.token(), login.token()])).toEqual(['second', 'second']);
  expect(calls.length).toBe(before + 1);
  expect(calls.at(-1)?.body.get('refresh_token')).toBe('again');
});

test('while the issuer is unreachable, the token is used until it expires, and the next call retries', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => Promise.reject(new TypeError('no network'));
  now += 580_000;

  expect(await login.token()).toBe('first');
  now += 30_000;
  await expect(login.token()).rejects.toThrow('no network');
  expect(login.isIn).toBe(true);
});

test('if the issuer refuses a renewal, the session ends when the token expires', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => json({ error: 'invalid_grant' }, 400);
  let changes = 0;
  login.onChange(() => changes++);
  now += 700_000;

  await expect(login.token()).rejects.toBeInstanceOf(LoggedOutError);
  expect(login.isIn).toBe(false);
  expect(changes).toBe(1);
  expect(storage.size).toBe(0);
});

/** Advances the clock by this many milliseconds, and runs the due timers. */
function pass(millis: number): void {
  now += millis;
  timers.filter(({ due }) => due <= now).forEach(({ action }) => action());
}

test('a session ends when it expires, even without any calls', async () => {
  const login = await loggedIn();
  pass(599_000);
  expect(login.isIn).toBe(true);
  pass(1_000);
  await expect.poll(() => [login.isIn, storage.size]).toEqual([false, 0]);
});

test('a session that can be renewed is renewed when it expires, even without any calls', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => json({ access_token: 'second', token_type: 'Bearer', expires_in: 600 });
  pass(600_000);
  await expect.poll(() => storage.get('statuswire.session')).toContain('second');
  token = () => json({ error: 'invalid_grant' }, 400);
  pass(600_000);
  await expect.poll(() => login.isIn).toBe(false);
});

test('without a refresh token, the session ends with its token', async () => {
  const login = await loggedIn();
  now += 599_000;
  expect(await login.token()).toBe('first');
  now += 2_000;

  await expect(login.token()).rejects.toBeInstanceOf(LoggedOutError);
});

test("without a refresh token, the server's first refusal ends the session", async () => {
  const login = await loggedIn();
  refused.add('Bearer first');

  expect((await called(login)).status).toBe(401);

  expect([login.isIn, login.isEnded]).toEqual([false, true]);
  expect(new Login(settings, environment).isIn).toBe(false);
  await expect(login.token()).rejects.toBeInstanceOf(LoggedOutError);
});

test('a token that the server refuses is renewed, and the call is repeated', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => json({ access_token: 'second', token_type: 'Bearer', expires_in: 600 });
  refused.add('Bearer first');

  expect(await called(login)).toEqual({ status: 200, used: 'Bearer second' });
  expect(await called(login)).toEqual({ status: 200, used: 'Bearer second' });
  expect(login.isIn).toBe(true);
});

test('calls that are refused at the same time renew the token once, even if one is refused late', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => json({ access_token: 'second', token_type: 'Bearer', expires_in: 600 });
  refused.add('Bearer first');
  const late = login.fetch('/late', { headers: { Authorization: 'Bearer first' } });

  const responses = await Promise.all([called(login), called(login), called(login)]);

  expect(responses.map(({ used }) => used)).toEqual(Array(3).fill('Bearer second'));
  expect((await late).status).toBe(200);
  const after = await login.fetch('/later', { headers: { Authorization: 'Bearer first' } });
  expect(after.status).toBe(200);
  expect(calls.filter(({ body }) => body.has('refresh_token'))).toHaveLength(1);
});

test('a renewed token that the server also refuses ends the session', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => json({ access_token: 'second', token_type: 'Bearer', expires_in: 600 });
  refused.add('Bearer first').add('Bearer second');

  expect((await called(login)).status).toBe(401);

  expect(login.isIn).toBe(false);
  expect(calls.filter(({ url }) => url === '/requests')).toHaveLength(2);
});

test('a refusal ends the session if the issuer refuses a renewal', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => json({ error: 'invalid_grant' }, 400);
  refused.add('Bearer first');

  expect((await called(login)).status).toBe(401);

  expect(login.isIn).toBe(false);
  expect(storage.size).toBe(0);
});

test('a refusal does not end the session while the issuer is unreachable', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => Promise.reject(new TypeError('no network'));
  refused.add('Bearer first');

  expect((await called(login)).status).toBe(401);
  expect(login.isIn).toBe(true);

  token = () => json({ access_token: 'second', token_type: 'Bearer', expires_in: 600 });
  expect((await called(login)).status).toBe(200);
});

test('a renewal that completes after a logout does not restore the session', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  let respond = (_: Response) => {};
  token = () => new Promise((resolve) => (respond = resolve));
  now += 580_000;
  const calling = login.token();
  await new Promise((resolve) => setImmediate(resolve));

  await login.end();
  respond(json({ access_token: 'second', token_type: 'Bearer', expires_in: 600 }));

  await expect(calling).rejects.toBeInstanceOf(LoggedOutError);
  expect([login.isIn, storage.size]).toEqual([false, 0]);
});

test('a renewal for another user ends the session', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => tokens({ access_token: 'second' }, { sub: 'bob', nonce: undefined });
  now += 700_000;

  await expect(login.token()).rejects.toBeInstanceOf(LoggedOutError);
});

test('logging out ends the session here and at the issuer, without a token in the URL', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();

  await login.end();

  expect(login.isIn).toBe(false);
  expect(storage.size).toBe(0);
  const url = new URL(left.at(-1) ?? '');
  expect(url.pathname).toBe('/logout');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: 'page',
    post_logout_redirect_uri: 'https://work.example.org/page',
    logout_uri: 'https://work.example.org/page',
  });
});

test('the ID token is discarded, and only the access token is sent', async () => {
  const login = await loggedIn();

  expect(Object.keys(JSON.parse(storage.get('statuswire.session')!) as object).sort()).toEqual([
    'accessToken',
    'expiresAt',
    'who',
  ]);
  expect([...shared.values()].join()).not.toContain('ada');
  expect((await called(login)).used).toBe('Bearer first');
});

test('a logout in one tab ends the session in the others', async () => {
  const here = await loggedIn();
  const there = await loggedInAt(otherTab());
  let changes = 0;
  there.onChange(() => changes++);

  await here.end();

  expect([there.isIn, there.isEnded, changes]).toEqual([false, true, 1]);
});

test('a login of another user ends the session in the other tabs, one of the same user does not', async () => {
  const here = await loggedIn();
  await loggedInAt(otherTab());
  expect(here.isIn).toBe(true);

  token = () => tokens({}, { sub: 'bob' });
  const there = await loggedInAt(otherTab());

  expect([here.isIn, there.isIn]).toEqual([false, true]);
  expect(new Login(settings, environment).isIn).toBe(false);
});

test.each(['', 'another'])(
  'a tab that missed a login or logout (%j) ends its session with the next call',
  async (who) => {
    const login = await loggedIn();
    shared.set('statuswire.who', who);

    await expect(login.token()).rejects.toBeInstanceOf(LoggedOutError);
    expect([login.isIn, storage.size]).toEqual([false, 0]);
  },
);

test('if the browser stores nothing, the login runs in another window and completes in this one', async () => {
  const blocked = (tab: LoginEnvironment): LoginEnvironment => {
    const kept = new Map<string, string>();
    return Object.assign(tab, {
      storage: {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => kept.set(key, value).size < 0,
        removeItem: (key: string) => void kept.delete(key),
      },
    });
  };
  const here = new Login(settings, blocked(environment));
  await here.begin();
  expect([left, opened.length]).toEqual([[], 1]);
  const parameters = new URL(opened[0]!).searchParams;
  remembered = { state: '', nonce: parameters.get('nonce')!, verifier: '' };
  const isIn = new Promise((resolve) => here.onChange(() => here.isIn && resolve(true)));

  const window = blocked(otherTab());
  const search = `?${new URLSearchParams({ state: parameters.get('state')!, code: 'the-code' })}`;
  window.location = () => new URL(`https://work.example.org/page${search}`);
  const there = new Login(settings, window);
  await there.resume();

  expect(await isIn).toBe(true);
  expect([there.isIn, there.isCompletedElsewhere, closed]).toEqual([false, true, 1]);
  expect(await here.token()).toBe('first');
});

test('if the browser blocks the window, the page shows a problem', async () => {
  const login = new Login(settings, {
    ...environment,
    storage: { ...environment.storage, setItem: () => false },
    open: () => false,
  });

  await login.begin();

  expect(login.problem).toContain('Allow pop-ups');
});

test('if the issuer has no logout URL, the page is reloaded', async () => {
  const login = await loggedIn();
  environment.fetch = () => Promise.reject(new TypeError('no network'));
  const again = new Login(settings, environment);
  expect(login.isIn && again.isIn).toBe(true);

  await again.end();

  expect(left.at(-1)).toBe('https://work.example.org/page');
  expect(storage.size).toBe(0);
});

test('an unreachable issuer is shown as a problem, and the login can be retried', async () => {
  const there = environment.fetch;
  environment.fetch = () => Promise.reject(new TypeError('no network'));
  const login = new Login(settings, environment);
  await login.begin();
  expect(login.problem).toBe('no network');

  environment.fetch = there;
  await login.begin();
  expect(left.length).toBe(1);
});
