import { type Client, ProblemError, type StatusDocument } from '../client/index.ts';

/** The error of a request that was removed: what a read of it would get. */
const REMOVED = new ProblemError({ type: '/problems/not-found', title: 'Not found', status: 404 });

/**
 * Follows one request until {@link stop}: also after it has finished, because a user may retry it,
 * and after it could not be read, because the user may log in.
 */
export class FollowedRequest {
  readonly client: Client;
  readonly #id: string;
  readonly #changed: () => void;
  readonly #ends: (() => void)[];
  #error: unknown = null;
  #wasKnown = false;
  #isReading = false;
  #isStopped = false;

  /**
   * @param changed - called after each change of {@link request}, of {@link error}, and of the
   *   client's connection
   * @throws TypeError if `id` is invalid
   */
  constructor(client: Client, id: string, changed: () => void) {
    this.client = client;
    this.#id = id;
    this.#changed = changed;
    this.#ends = [
      client.keep(id),
      client.onRequests((ids) => ids.includes(id) && changed()),
      client.onConnection(() => this.#connectionChanged()),
    ];
    void this.#read();
  }

  /** The newest document; undefined if the request is not known. */
  get request(): StatusDocument | undefined {
    const request = this.client.request(this.#id);
    this.#wasKnown ||= request !== undefined;
    return request;
  }

  /** Why there is no request; null while it is being read. */
  get error(): unknown {
    return this.request === undefined && this.#wasKnown ? REMOVED : this.#error;
  }

  /** Stops following. Idempotent. */
  stop(): void {
    this.#isStopped = true;
    this.#ends.forEach((end) => end());
  }

  #connectionChanged(): void {
    if (this.#error !== null && this.client.state !== 'offline') {
      void this.#read();
    }
    this.#changed();
  }

  /** Waits until the request has been read, or until a read of it has failed permanently. */
  async #read(): Promise<void> {
    if (this.#isReading) {
      return;
    }
    this.#isReading = true;
    let failure: unknown = null;
    try {
      for await (const _ of this.client.watch(this.#id)) {
        break;
      }
    } catch (error) {
      failure = error;
    }
    this.#isReading = false;
    if (!this.#isStopped) {
      this.#error = failure;
      this.#changed();
    }
  }
}
