import type { Environment } from './environment.ts';
import type { LiveTicket } from './http.ts';
import { retryAfterIn } from './problem.ts';
import { type LiveMessage, LiveSocket } from './socket.ts';
import { fullJitter, Pause } from './waiting.ts';

/**
 * If a connection lasted at least this long, in milliseconds, the backoff restarts when it ends.
 */
const STABLE_AFTER = 30_000;
const BACKOFF_BASE = 1_000;
const BACKOFF_CAP = 30_000;

/** The functions that {@link Live} needs from the rest of the client. */
export interface LiveUser {
  ticket(): Promise<LiveTicket>;
  /** Reads everything that is loaded. Called after subscribing, so that no change is missed. */
  readAll(): Promise<unknown>;
  receive(message: LiveMessage): void;
  /**
   * Called with true once the socket is subscribed and everything is read, and with false when the
   * connection ends.
   */
  setLive(live: boolean): void;
}

/**
 * Maintains one subscribed socket: gets a ticket, subscribes, reads everything, and repeats this
 * whenever the socket ends.
 */
export class Live {
  readonly #environment: Environment;
  readonly #user: LiveUser;
  readonly #pause: Pause;
  #socket: LiveSocket | null = null;
  /** The `Retry-After` of the last refused connection, in milliseconds. */
  #retryAfter = 0;

  constructor(environment: Environment, user: LiveUser) {
    this.#environment = environment;
    this.#user = user;
    this.#pause = new Pause(environment);
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      const lasted = await this.#connection(signal);
      failures = lasted >= STABLE_AFTER ? 0 : failures;
      const random = this.#environment.random();
      const backoff = fullJitter(failures, BACKOFF_BASE, BACKOFF_CAP, random);
      await this.#pause.wait(Math.max(backoff, this.#retryAfter), signal);
    }
  }

  /**
   * Pings the socket if it has been silent for this long, in milliseconds. If there is no socket,
   * tries to open one at once.
   */
  check(silence = 0): void {
    if (this.#socket !== null) {
      this.#socket.probe(silence);
    } else {
      this.#pause.wake();
    }
  }

  /** Closes the current socket, and tries to open another at once. */
  restart(): void {
    this.#socket?.end('replaced');
    this.#pause.wake();
  }

  /**
   * Runs one connection from its ticket to its end, and returns how long it was live, in
   * milliseconds.
   */
  async #connection(signal: AbortSignal): Promise<number> {
    let liveSince: number | null = null;
    this.#retryAfter = 0;
    const stop = () => this.#socket?.end('the client is closed');
    signal.addEventListener('abort', stop);
    try {
      const socket = await this.#subscribed(signal);
      await Promise.race([this.#user.readAll(), socket.ended]);
      if (socket.isOpen) {
        liveSince = this.#environment.now();
        this.#user.setLive(true);
      }
      await socket.ended;
    } catch (error) {
      this.#retryAfter = retryAfterIn(error);
      if (!signal.aborted) {
        this.#environment.report('could not open a live connection; will retry', error);
      }
    } finally {
      signal.removeEventListener('abort', stop);
      this.#socket?.end('no longer used');
      this.#socket = null;
      this.#user.setLive(false);
    }
    return liveSince === null ? 0 : this.#environment.now() - liveSince;
  }

  async #subscribed(signal: AbortSignal): Promise<LiveSocket> {
    const { url } = await this.#user.ticket();
    signal.throwIfAborted();
    const receive = (message: LiveMessage) => this.#user.receive(message);
    this.#socket = new LiveSocket(url, this.#environment, receive);
    await this.#socket.subscribed;
    return this.#socket;
  }
}
