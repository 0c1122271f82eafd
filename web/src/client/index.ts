/**
 * The Statuswire client: submit work, get a response at once, watch it finish. No dependencies;
 * runs in browsers and in Node 20 or later.
 *
 * @packageDocumentation
 */
import { Client } from './client.ts';
import { defaultEnvironment, type Environment } from './environment.ts';
import type { TokenSource } from './http.ts';
import { LinkedRequest } from './linked-request.ts';

export type { Client } from './client.ts';
export type { Environment, Signal, SocketLike } from './environment.ts';
export type { TokenSource } from './http.ts';
export type { LinkedRequest, LinkState } from './linked-request.ts';
export { parseJson, stringifyJson } from './json.ts';
export { JsonNumber } from './json-number.ts';
export { ConnectionError, type FieldProblem, type Problem, ProblemError } from './problem.ts';
export * from './types.ts';
export type { Connection, ConnectionState } from './connection.ts';

/** The options of {@link connect}. */
export interface ConnectOptions {
  /**
   * Returns the bearer token, if the server requires one. Called before every call to the server.
   */
  readonly token?: TokenSource;
  /**
   * Replaces parts of the environment: tests pass clocks, and programs in Node 20 may pass a
   * `WebSocket`.
   */
  readonly environment?: Partial<Environment>;
}

/**
 * Connects to a server. The client reads the list, opens the live socket, and keeps both current
 * until {@link Client.close}. Returns without waiting; the client's methods can be called at once.
 *
 * @param url - the server's URL, for example `https://work.example.org`; the page's own server if
 *   absent
 * @throws TypeError if the URL is not a valid server URL, or if `token` is not a function
 */
export function connect(url?: string, options: ConnectOptions = {}): Client {
  const base = url ?? globalThis.location?.origin;
  if (base === undefined) {
    throw new TypeError('connect needs the URL of a server');
  }
  if (!isServerUrl(base)) {
    throw new TypeError(`connect needs the http or https URL of a server, not ${base}`);
  }
  if (options.token !== undefined && typeof options.token !== 'function') {
    throw new TypeError('token must be a function');
  }
  const environment = { ...defaultEnvironment(), ...options.environment };
  return new Client(base, environment, options.token);
}

/**
 * Opens a link: reads its request, and keeps it current without a login until
 * {@link LinkedRequest.close}. Returns without waiting.
 *
 * @param url - the URL of the link, for example `https://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJA`
 * @throws TypeError if the URL is not that of a link
 */
export function openLink(
  url: string,
  options: Pick<ConnectOptions, 'environment'> = {},
): LinkedRequest {
  const [, base, secret] = LINK_URL.exec(url) ?? [];
  if (base === undefined || secret === undefined || !isServerUrl(base)) {
    throw new TypeError('openLink needs the URL of a link, which ends with /l/ and 22 characters');
  }
  return new LinkedRequest(base, secret, { ...defaultEnvironment(), ...options.environment });
}

const LINK_URL = /^(https?:\/\/.+)\/l\/([\w-]{22})$/;

/**
 * Returns whether the paths of the API can be added to a URL.
 *
 * @throws TypeError if it is not a URL
 */
function isServerUrl(base: string): boolean {
  const { protocol, username, password } = new URL(base, globalThis.location?.href);
  return /^https?:$/.test(protocol) && username === '' && password === '' && !/[?#]/.test(base);
}
