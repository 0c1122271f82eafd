import type { Environment } from './environment.ts';
import type { LiveTicket } from './http.ts';
import { waitAskedBy } from './problem.ts';
import { type LiveMessage, LiveSocket } from './socket.ts';
import { fullJitter, Pause } from './waiting.ts';

/** A connection that lasted so long, in milliseconds, starts the backoff anew when it ends. */
const STABLE_AFTER = 30_000;
const BACKOFF_BASE = 1_000;
const BACKOFF_CAP = 30_000;

/** What the live side needs of the rest of the client. */
export interface LiveUser {
  ticket(): Promise<LiveTicket>;
  /** Reads the whole list; called once the subscription stands, so that nothing is missed. */
  readList(): Promise<unknown>;
  receive(message: LiveMessage): void;
  /** Called with true once subscribed and read, with false once that is over. */
  setLive(live: boolean): void;
}

/** Keeps one subscribed socket: ticket, subscribe, list, and the same again whenever it ends. */
export class Live {
  readonly #environment: Environment;
  readonly #user: LiveUser;
  readonly #pause: Pause;
  #socket: LiveSocket | null = null;
  /** How long the server asked to wait when it refused the last connection, in milliseconds. */
  #asked = 0;

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
      await this.#pause.wait(Math.max(backoff, this.#asked), signal);
    }
  }

  /**
   * Proves the socket that there is, if it has been silent for so long, in milliseconds; else tries
   * for one at once.
   */
  check(silence = 0): void {
    if (this.#socket !== null) {
      this.#socket.probe(silence);
    } else {
      this.#pause.wake();
    }
  }

  /** Leaves the socket that there is, and tries for another at once. */
  restart(): void {
    this.#socket?.end('replaced');
    this.#pause.wake();
  }

  /** One connection from ticket to end; how long it was live, in milliseconds. */
  async #connection(signal: AbortSignal): Promise<number> {
    let liveSince: number | null = null;
    this.#asked = 0;
    const stop = () => this.#socket?.end('the client is closed');
    signal.addEventListener('abort', stop);
    try {
      const socket = await this.#subscribed(signal);
      await Promise.race([this.#user.readList(), socket.ended]);
      if (socket.isOpen) {
        liveSince = this.#environment.now();
        this.#user.setLive(true);
      }
      await socket.ended;
    } catch (error) {
      this.#asked = waitAskedBy(error);
      this.#environment.report('no live connection; another try follows', error);
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
