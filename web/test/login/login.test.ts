import { beforeEach, expect, test } from 'vitest';
import type { LoginEnvironment } from '../../src/login/environment.ts';
import { LoggedOutError, Login } from '../../src/login/login.ts';

const ISSUER = 'https://id.example.org';
const settings = { issuer: ISSUER, clientId: 'page', scope: 'openid' };

let now = 1_000_000_000_000;
let address: URL;
let left: string[];
let calls: { url: string; body: URLSearchParams }[];
let token: () => Response | Promise<Response>;
let storage: Map<string, string>;
let environment: LoginEnvironment;

beforeEach(() => {
  now = Date.now();
  address = new URL('https://work.example.org/page?x=1#/requests/abc');
  left = [];
  calls = [];
  storage = new Map();
  token = () => tokens({});
  environment = {
    now: () => now,
    storage: {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
      removeItem: (key) => void storage.delete(key),
    },
    location: () => address,
    go: (url) => void left.push(url),
    replace: (url) => void (address = new URL(url, address)),
    fetch: async (url, init) => {
      calls.push({ url, body: new URLSearchParams(String(init.body ?? '')) });
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

/** Goes to the issuer and comes back, as another load of the page. */
async function loggedIn(answer: Record<string, string> = { code: 'the-code' }): Promise<Login> {
  await new Login(settings, environment).begin();
  const { state } = pending() ?? { state: '' };
  address = new URL(`https://work.example.org/page?${new URLSearchParams({ state, ...answer })}`);
  const login = new Login(settings, environment);
  await login.resume();
  return login;
}

test('the way to the issuer asks for a code with PKCE, and keeps no secret in the address', async () => {
  await new Login(settings, environment).begin();

  const asked = new URL(left[0] ?? '').searchParams;
  expect(asked.get('redirect_uri')).toBe('https://work.example.org/page');
  expect(asked.get('response_type')).toBe('code');
  expect(asked.get('code_challenge_method')).toBe('S256');
  expect(asked.get('state')).toBe(pending()?.state);
  expect(left[0]).not.toContain(pending()?.verifier);
});

test('the way back makes a session of the code, and shows what the page showed', async () => {
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
])('a way back with %s is no session and says so', async (_, answer) => {
  const login = await loggedIn(answer as Record<string, string>);

  expect(login.isIn).toBe(false);
  expect(login.problem).not.toBeNull();
  expect(address.search).toBe('');
});

test.each([
  ['another nonce', { nonce: 'other' }],
  ['another audience', { aud: 'other' }],
  ['another issuer', { iss: 'https://evil.example.org' }],
])('an id token of %s is no session', async (_, claims) => {
  token = () => tokens({}, claims);

  expect((await loggedIn()).isIn).toBe(false);
});

test('a code that nobody asked for is not taken', async () => {
  address = new URL('https://work.example.org/page?state=s&code=c');
  const login = new Login(settings, environment);

  await login.resume();

  expect(login.isIn).toBe(false);
  expect(calls).toEqual([]);
  expect(address.search).toBe('');
});

test('a token near its end is renewed once for all who ask', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => json({ access_token: 'second', token_type: 'Bearer', expires_in: 600 });
  const before = calls.length;
  now += 580_000;

  expect(await Promise.all([login.token(), login.token()])).toEqual(['second', 'second']);
  expect(calls.length).toBe(before + 1);
  expect(calls.at(-1)?.body.get('refresh_token')).toBe('again');
});

test('while the issuer is away the token does until its end, and the next call tries again', async () => {
  token = () => tokens({ refresh_token: 'again' });
  const login = await loggedIn();
  token = () => Promise.reject(new TypeError('no network'));
  now += 580_000;

  expect(await login.token()).toBe('first');
  now += 30_000;
  await expect(login.token()).rejects.toThrow('no network');
  expect(login.isIn).toBe(true);
});

test('a renewal that the issuer refuses ends the login with the token', async () => {
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

test('without a refresh token the login ends with its token', async () => {
  const login = await loggedIn();
  now += 599_000;
  expect(await login.token()).toBe('first');
  now += 2_000;

  await expect(login.token()).rejects.toBeInstanceOf(LoggedOutError);
});

test('a token that the server refused is forgotten', async () => {
  const login = await loggedIn();

  login.refused();

  await expect(login.token()).rejects.toBeInstanceOf(LoggedOutError);
  expect(new Login(settings, environment).isIn).toBe(false);
});

test('logging out ends the session here and at the issuer', async () => {
  const login = await loggedIn();

  await login.end();

  expect(login.isIn).toBe(false);
  expect(storage.size).toBe(0);
  const asked = new URL(left.at(-1) ?? '');
  expect(asked.pathname).toBe('/logout');
  expect(asked.searchParams.get('post_logout_redirect_uri')).toBe('https://work.example.org/page');
  expect(asked.searchParams.get('logout_uri')).toBe('https://work.example.org/page');
  expect(asked.searchParams.get('id_token_hint')).not.toBeNull();
});

test('where the issuer has no place to log out, the page begins anew', async () => {
  const login = await loggedIn();
  environment.fetch = () => Promise.reject(new TypeError('no network'));
  const again = new Login(settings, environment);
  expect(login.isIn && again.isIn).toBe(true);

  await again.end();

  expect(left.at(-1)).toBe('https://work.example.org/page');
  expect(storage.size).toBe(0);
});

test('an issuer that cannot be reached is said, and can be tried again', async () => {
  const there = environment.fetch;
  environment.fetch = () => Promise.reject(new TypeError('no network'));
  const login = new Login(settings, environment);
  await login.begin();
  expect(login.problem).toBe('no network');

  environment.fetch = there;
  await login.begin();
  expect(left.length).toBe(1);
});
