import type { Environment, SocketLike } from './environment.ts';
import { parseJson } from './json.ts';
import { ConnectionError } from './problem.ts';
import type { StatusDocument } from './types.ts';
import { deferred } from './waiting.ts';

/** How long `subscribed` or `pong` may take, in milliseconds. */
const ANSWER_WITHIN = 10_000;

/** What the server sends. */
export type LiveMessage =
  | { readonly type: 'subscribed' }
  | { readonly type: 'status'; readonly request: StatusDocument }
  | {
      readonly type: 'removed';
      readonly id: string;
      /** The last of the request that was removed. */
      readonly life: string | null;
      readonly version: number;
      readonly createdAt: string | null;
    }
  | { readonly type: 'pong' }
  | { readonly type: 'error'; readonly code: string; readonly message: string };

/**
 * One WebSocket from opening to its end. It subscribes as soon as it is open, and ends when
 * the server is silent for too long, without waiting for the closing handshake: a network that is
 * gone would not finish it.
 */
export class LiveSocket {
  readonly #environment: Environment;
  readonly #socket: SocketLike;
  readonly #receive: (message: LiveMessage) => void;
  readonly #subscribed = deferred();
  readonly #ended = deferred();
  #deadline: unknown = null;
  #open = true;
  #isSubscribed = false;
  /** When the server last sent something, in epoch milliseconds. */
  #heardAt = 0;

  /** @param receive - called with each message from the server, in their order */
  constructor(url: string, environment: Environment, receive: (message: LiveMessage) => void) {
    if (environment.WebSocket === null) {
      throw new ConnectionError('There is no WebSocket here');
    }
    this.#environment = environment;
    this.#receive = receive;
    this.#socket = new environment.WebSocket(url);
    this.#expectAnswer('the server did not answer subscribe');
    this.#socket.onopen = () => this.#send({ action: 'subscribe' });
    this.#socket.onmessage = (event: { data: unknown }) => this.#onMessage(event.data);
    this.#socket.onerror = () => {};
    this.#socket.onclose = () => this.end('the socket was closed');
  }

  /** Fulfilled once the server has answered `subscribed`; rejected if the socket ends before. */
  get subscribed(): Promise<void> {
    return this.#subscribed.promise;
  }

  /** Fulfilled once the socket has ended, for whatever reason. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Whether it has not ended yet. */
  get isOpen(): boolean {
    return this.#open;
  }

  /**
   * Asks the server for a sign of life if it has been silent for so long, in milliseconds; without
   * one within 10 s the socket ends.
   */
  probe(silence: number): void {
    const isSilent = this.#environment.now() - this.#heardAt >= silence;
    if (this.#open && this.#deadline === null && isSilent) {
      this.#expectAnswer('the server did not answer a ping');
      this.#send({ action: 'ping' });
    }
  }

  /** Ends it; a second time does nothing. */
  end(reason: string): void {
    if (!this.#open) {
      return;
    }
    this.#open = false;
    this.#clearDeadline();
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    try {
      this.#socket.close(1000);
    } catch (error) {
      this.#environment.report('could not close a socket', error);
    }
    this.#subscribed.reject(new ConnectionError(reason));
    this.#ended.resolve();
  }

  #onMessage(data: unknown): void {
    const message = parsed(data);
    if (message === null) {
      this.#environment.report('an unreadable message was left out', data);
      return;
    }
    this.#heard(message.type);
    this.#receive(message);
  }

  #expectAnswer(otherwise: string): void {
    this.#deadline = this.#environment.setTimeout(() => this.end(otherwise), ANSWER_WITHIN);
  }

  /** Whatever comes is a sign of life. Before `subscribed` nothing but that is waited for. */
  #heard(type: LiveMessage['type']): void {
    if (type === 'subscribed') {
      this.#isSubscribed = true;
      this.#subscribed.resolve();
    }
    if (this.#isSubscribed) {
      this.#heardAt = this.#environment.now();
      this.#clearDeadline();
    }
  }

  #clearDeadline(): void {
    this.#environment.clearTimeout(this.#deadline);
    this.#deadline = null;
  }

  #send(message: { action: 'subscribe' | 'ping' }): void {
    try {
      this.#socket.send(JSON.stringify(message));
    } catch {
      this.end('could not send');
    }
  }
}

function parsed(data: unknown): LiveMessage | null {
  try {
    const message: unknown = parseJson(String(data));
    return typeof message === 'object' && message !== null ? (message as LiveMessage) : null;
  } catch {
    return null;
  }
}
