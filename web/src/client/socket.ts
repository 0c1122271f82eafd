import type { Environment, SocketLike } from './environment.ts';
import { parseJson } from './json.ts';
import { ConnectionError } from './problem.ts';
import type { StatusDocument } from './types.ts';
import { deferred } from './waiting.ts';

/** How long `subscribed` or `pong` may take, in milliseconds. */
const RESPONSE_TIMEOUT = 10_000;

/** A message from the server. */
export type LiveMessage =
  | { readonly type: 'subscribed' }
  | { readonly type: 'status'; readonly request: StatusDocument }
  | {
      readonly type: 'removed';
      readonly id: string;
      /** The last state of the removed request. */
      readonly life: string | null;
      readonly version: number;
      readonly createdAt: string | null;
    }
  /** The request of a link has changed; only on a socket that was opened with a link. */
  | { readonly type: 'changed' }
  | { readonly type: 'types' }
  | { readonly type: 'pong' }
  | { readonly type: 'error'; readonly code: string; readonly message: string };

/**
 * One WebSocket, from opening to its end. It subscribes as soon as it is open. If the server is
 * silent for too long, it ends without waiting for the closing handshake, which a lost network
 * would not complete.
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
  #receivedAt = 0;

  /** @param receive - called with each message from the server, in order */
  constructor(url: string, environment: Environment, receive: (message: LiveMessage) => void) {
    if (environment.WebSocket === null) {
      throw new ConnectionError('This runtime has no WebSocket');
    }
    this.#environment = environment;
    this.#receive = receive;
    this.#socket = new environment.WebSocket(url);
    this.#expectResponse('the server did not respond to subscribe');
    this.#socket.onopen = () => this.#send({ action: 'subscribe' });
    this.#socket.onmessage = (event: { data: unknown }) => this.#onMessage(event.data);
    this.#socket.onerror = () => {};
    this.#socket.onclose = () => this.end('the socket was closed');
  }

  /** Fulfilled when the server has sent `subscribed`; rejected if the socket ends before that. */
  get subscribed(): Promise<void> {
    return this.#subscribed.promise;
  }

  /** Fulfilled when the socket has ended, for any reason. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Whether the socket has not ended yet. */
  get isOpen(): boolean {
    return this.#open;
  }

  /**
   * Pings the server if it has been silent for this long, in milliseconds. The socket ends if
   * nothing arrives within 10 s.
   */
  probe(silence: number): void {
    const isSilent = this.#environment.now() - this.#receivedAt >= silence;
    if (this.#open && this.#deadline === null && isSilent) {
      this.#expectResponse('the server did not respond to a ping');
      this.#send({ action: 'ping' });
    }
  }

  /** Ends the socket. Idempotent. */
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
      this.#environment.report('ignoring an unreadable message', data);
      return;
    }
    this.#noteReceived(message.type);
    this.#receive(message);
  }

  #expectResponse(otherwise: string): void {
    this.#deadline = this.#environment.setTimeout(() => this.end(otherwise), RESPONSE_TIMEOUT);
  }

  /**
   * Clears the deadline: any message shows that the server is alive. Before `subscribed`, only that
   * message does.
   */
  #noteReceived(type: LiveMessage['type']): void {
    if (type === 'subscribed') {
      this.#isSubscribed = true;
      this.#subscribed.resolve();
    }
    if (this.#isSubscribed) {
      this.#receivedAt = this.#environment.now();
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
