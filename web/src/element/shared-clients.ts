import type { Client, connect, TokenSource } from '../client/index.ts';

/**
 * How long an unused client stays connected, in milliseconds, so that a page can move an element or
 * replace it by another one without a new connection.
 */
const LINGER = 1_000;

/** An access token, or the function that returns it. */
export type Token = string | TokenSource;

/** A client that others may use as well. */
export interface BorrowedClient {
  readonly client: Client;
  /** Ends the use of the client. Idempotent. */
  release(): void;
}

interface Entry {
  readonly server: string;
  readonly token: Token | undefined;
  readonly client: Client;
  users: number;
}

/**
 * The clients of a page: one for each server and token, so that elements with the same server share
 * one socket. Users with different tokens never share a client. A client that no element uses is
 * closed.
 */
export class SharedClients {
  readonly #connect: typeof connect;
  readonly #entries: Entry[] = [];

  constructor(connectTo: typeof connect) {
    this.#connect = connectTo;
  }

  /**
   * Returns the client for this server and token, which is connected if necessary.
   *
   * @param server - an absolute URL
   * @throws TypeError if the URL is not a valid server URL
   */
  borrow(server: string, token: Token | undefined): BorrowedClient {
    const entry =
      this.#entries.find((one) => one.server === server && one.token === token) ??
      this.#open(server, token);
    entry.users++;
    let isReleased = false;
    const release = () => {
      if (!isReleased) {
        isReleased = true;
        entry.users--;
        setTimeout(() => this.#closeIfUnused(entry), LINGER);
      }
    };
    return { client: entry.client, release };
  }

  #open(server: string, token: Token | undefined): Entry {
    const source = typeof token === 'string' ? () => token : token;
    const client = this.#connect(server, source && { token: source });
    const entry = { server, token, client, users: 0 };
    this.#entries.push(entry);
    return entry;
  }

  #closeIfUnused(entry: Entry): void {
    const index = this.#entries.indexOf(entry);
    if (entry.users === 0 && index >= 0) {
      this.#entries.splice(index, 1);
      entry.client.close();
    }
  }
}
