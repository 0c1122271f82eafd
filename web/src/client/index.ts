/**
 * The client of Statuswire: submit work, get an answer at once, watch it finish. No dependencies;
 * runs in browsers and in Node 20 and later.
 *
 * @packageDocumentation
 */
import { Client } from './client.ts';
import { defaultEnvironment, type Environment } from './environment.ts';
import type { TokenSource } from './http.ts';

export type { Client } from './client.ts';
export type { Environment, Signal, SocketLike } from './environment.ts';
export type { TokenSource } from './http.ts';
export { JsonNumber, parseJson, stringifyJson } from './json.ts';
export { ConnectionError, type FieldProblem, type Problem, ProblemError } from './problem.ts';
export * from './types.ts';
export type { Connection, ConnectionState } from './upkeep.ts';

/** What {@link connect} can be told. */
export interface ConnectOptions {
  /** Makes the Bearer token where the server asks for one; called before every call. */
  readonly token?: TokenSource;
  /** Other parts for this environment's own: tests give clocks, Node 20 may give a `WebSocket`. */
  readonly environment?: Partial<Environment>;
}

/**
 * Connects to a server: the client reads the list, opens the live socket, and keeps both up until
 * {@link Client.close}. It does not wait: calls can be made at once.
 *
 * @param url - the server, for example `https://work.example.org`; the page's own if absent
 * @throws TypeError if the URL is not one of a server, or `token` is not a function
 */
export function connect(url?: string, options: ConnectOptions = {}): Client {
  const base = url ?? globalThis.location?.origin;
  if (base === undefined) {
    throw new TypeError('connect needs the URL of a server');
  }
  const { protocol, username, password } = new URL(base, globalThis.location?.href);
  if (!/^https?:$/.test(protocol) || username !== '' || password !== '' || /[?#]/.test(base)) {
    throw new TypeError(`connect needs the http or https URL of a server, not ${base}`);
  }
  if (options.token !== undefined && typeof options.token !== 'function') {
    throw new TypeError('token must be a function');
  }
  const environment = { ...defaultEnvironment(), ...options.environment };
  return new Client(base, environment, options.token);
}
