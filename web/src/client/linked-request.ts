import { Catalog } from './catalog.ts';
import { ConnectionManager, type ConnectionState, type ConnectionUser } from './connection.ts';
import type { Environment } from './environment.ts';
import { Http } from './http.ts';
import { stringifyJson } from './json.ts';
import { isAnother } from './life.ts';
import { Listeners } from './listeners.ts';
import { ConnectionError, ProblemError, retryAfterIn } from './problem.ts';
import { isFinished, type LinkedStatusDocument, type RequestType } from './types.ts';
import { deferred, LONGEST_TIMEOUT, Pause, SingleTask } from './waiting.ts';

/**
 * The state of the connection, or `invalid`: the server does not know the link, the link has
 * expired or was revoked, or its request is gone. That is final.
 */
export type LinkState = ConnectionState | 'invalid';

/**
 * The type of the problem that the server responds with if a link is not valid. Any other 404 is
 * that of a server which does not know links, such as an older release during a deployment.
 */
const NOT_VALID = '/problems/link-not-valid';

/**
 * How long after the link expires the request is read again, in milliseconds: the clock of the
 * server may be a little behind.
 */
const AFTER_EXPIRY = 1_000;

/** The request of one link, followed without a login. Create it with {@link openLink}. */
export class LinkedRequest {
  readonly #environment: Environment;
  readonly #secret: string;
  readonly #lifetime = new AbortController();
  readonly #http: Http;
  readonly #catalog: Catalog;
  readonly #connection: ConnectionManager;
  readonly #listeners: Listeners<void>;
  readonly #ready = deferred<LinkedStatusDocument>();
  readonly #reading = new SingleTask(() => this.#read());
  #document: LinkedStatusDocument | undefined;
  /** The ETag of the known document, if it has one. */
  #etag: string | undefined;
  #confirmedAt: number | null = null;
  #isInvalid = false;
  #problem: ProblemError | null = null;
  /** Whether the request may have changed since the last read was sent. */
  #isStale = false;
  /** The earliest time at which the server allows the next read, in epoch milliseconds. */
  #notBefore = 0;
  readonly #allowed: Pause;

  /** @internal use {@link openLink} */
  constructor(base: string, secret: string, environment: Environment) {
    const { signal } = this.#lifetime;
    this.#environment = environment;
    this.#secret = secret;
    this.#allowed = new Pause(environment);
    this.#http = new Http(base, environment, undefined, signal);
    this.#catalog = new Catalog(this.#http, environment, signal);
    this.#listeners = new Listeners(environment.report);
    this.#connection = new ConnectionManager(environment, this.#user(), this.#catalog, signal);
    this.#connection.onConnection(() => this.#listeners.notify());
    this.#connection.start();
  }

  /**
   * The newest known document; undefined until the request has been read. Stays when the link
   * becomes invalid.
   */
  get document(): LinkedStatusDocument | undefined {
    return this.#document;
  }

  /**
   * The current state. It is `polling` until the first response, and never changes after
   * `invalid`.
   */
  get state(): LinkState {
    return this.#isInvalid ? 'invalid' : this.#connection.connection.state;
  }

  /**
   * When the server last confirmed the known document, in epoch milliseconds; null if never. Unless
   * the state is `live`, the document may be outdated since then.
   */
  get confirmedAt(): number | null {
    return this.#confirmedAt;
  }

  /**
   * Why the server refused the last read, or failed to handle it; the client will read again. Null
   * if the last read succeeded or had no response, and if the link is not valid.
   */
  get problem(): ProblemError | null {
    return this.#problem;
  }

  /**
   * Fulfilled with the document when it has been read for the first time. Rejected with a
   * {@link ProblemError} with the type `/problems/link-not-valid` and status 404 if the link is not
   * valid, and with a {@link ConnectionError} if this is closed before. While reads fail for any
   * other reason, they are repeated with a backoff.
   */
  get ready(): Promise<LinkedStatusDocument> {
    return this.#ready.promise;
  }

  /**
   * Calls the listener whenever {@link document}, {@link state} or {@link problem} has changed. If
   * a listener throws, the error is reported and the other listeners are still called.
   *
   * @returns a function that removes the listener
   */
  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /**
   * Calls the listener with the request types that the server accepts, as {@link Client.onTypes}
   * does.
   *
   * @returns a function that removes the listener
   */
  onTypes(listener: (types: RequestType[]) => void): () => void {
    return this.#catalog.onChange(listener);
  }

  /**
   * Answers the request, as {@link Client.answer} does.
   *
   * @param step - the step that waits: `waiting.step` of the document
   * @param answer - an answer for the step's schema: anything that {@link stringifyJson} can write
   * @throws {@link ProblemError} with status 403 if the link does not allow this answer, 404 if the
   *   link is not valid any more, 409 if the step already has another answer or does not wait for
   *   one, and 422 with `errors` if the answer does not match the schema
   * @throws {@link ConnectionError} if there was no response; it is safe to call this again with the
   *   same answer
   * @throws TypeError if the answer cannot be written as JSON; nothing is sent
   */
  async answer(step: string, answer: unknown): Promise<LinkedStatusDocument> {
    const content = answerOf(step, answer);
    const document = await this.#call(() => this.#http.answerByLink(this.#secret, content));
    this.#apply(document, null);
    return this.#document ?? document;
  }

  /**
   * Reads the request again at once, even if the server has asked the client to wait, and returns
   * the newest document.
   *
   * @throws {@link ProblemError} with status 404 if the link is not valid any more
   * @throws {@link ConnectionError} if there was no response
   */
  async refresh(): Promise<LinkedStatusDocument> {
    this.#notBefore = 0;
    this.#allowed.wake();
    await this.#reading.again();
    if (this.#document === undefined) {
      throw new ConnectionError('The server responded 304 to an unconditional read');
    }
    return this.#document;
  }

  /** Closes the socket, and ends all timers. Pending calls fail. Idempotent. */
  close(): void {
    this.#lifetime.abort();
    this.#ready.reject(new ConnectionError('The client is closed'));
  }

  #user(): ConnectionUser {
    const readIf = async (isNeeded: boolean) => {
      if (isNeeded && this.#notBefore <= this.#environment.now()) {
        await this.#readOrLater();
      }
    };
    return {
      ticket: () => this.#call(() => this.#http.ticketByLink(this.#secret)),
      readAll: () => this.#reading.again(),
      readUnfinished: () => readIf(this.#isUnfinished() || this.#isStale),
      readMissing: () => readIf(this.#isStale),
      wanted: () => [],
      poll: () => this.#reading.join(),
      receive: ({ type }) => {
        if (type === 'changed') {
          this.#isStale = true;
          void readIf(true);
        }
      },
      markStale: () => (this.#isStale = true),
      isUnfinished: () => this.#isUnfinished(),
    };
  }

  #isUnfinished(): boolean {
    return this.#document === undefined || !isFinished(this.#document.status);
  }

  async #readOrLater(): Promise<void> {
    try {
      await this.#reading.again();
    } catch (error) {
      if (!this.#lifetime.signal.aborted) {
        this.#environment.report('could not read the request; will retry', error);
      }
    }
  }

  /**
   * Reads the request once the server allows that, and returns whether it has changed.
   */
  async #read(): Promise<boolean> {
    await this.#waitUntil(() => this.#notBefore, this.#allowed);
    this.#isStale = false;
    try {
      const read = () => this.#http.linkedStatus(this.#secret, this.#etag);
      const { document, etag } = await this.#call(read);
      this.#confirmedAt = this.#environment.now();
      this.#setProblem(null);
      return document !== null && this.#apply(document, etag);
    } catch (error) {
      this.#isStale = true;
      this.#notBefore = this.#environment.now() + retryAfterIn(error);
      this.#setProblem(error instanceof ProblemError && !this.#isInvalid ? error : null);
      throw error;
    }
  }

  #setProblem(problem: ProblemError | null): void {
    if (problem !== this.#problem) {
      this.#problem = problem;
      this.#listeners.notify();
    }
  }

  /** Waits until a time, in epoch milliseconds, which may change meanwhile, or until the end. */
  async #waitUntil(time: () => number, pause: Pause): Promise<void> {
    const { signal } = this.#lifetime;
    const left = time() - this.#environment.now();
    if (left > 0 && !signal.aborted) {
      await pause.wait(Math.min(left, LONGEST_TIMEOUT), signal);
      await this.#waitUntil(time, pause);
    }
  }

  /**
   * Replaces the known document, unless the arrived one is of the same request and of an equal or
   * lower version; returns whether it did.
   */
  #apply(document: LinkedStatusDocument, etag: string | null): boolean {
    const known = this.#document;
    const isSame = known !== undefined && !isAnother(known, document);
    if (isSame && document.version < known.version) {
      return false;
    }
    this.#etag = etag ?? undefined;
    if (isSame && document.version === known.version) {
      return false;
    }
    this.#document = document;
    this.#confirmedAt = this.#environment.now();
    this.#ready.resolve(document);
    this.#listeners.notify();
    if (known === undefined) {
      void this.#readAfterExpiry(Date.parse(document.link.expiresAt) + AFTER_EXPIRY);
    }
    return true;
  }

  /** Reads the request once the link has expired, because the server does not push that. */
  async #readAfterExpiry(due: number): Promise<void> {
    await this.#waitUntil(() => due, new Pause(this.#environment));
    if (!this.#lifetime.signal.aborted) {
      await this.#readOrLater();
    }
  }

  /** Makes a call. If the link is not valid, ends everything. */
  async #call<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (isNotValid(error) && !this.#isInvalid) {
        this.#isInvalid = true;
        this.#lifetime.abort();
        this.#ready.reject(error);
        this.#listeners.notify();
      }
      throw error;
    }
  }
}

function isNotValid(error: unknown): error is ProblemError {
  return error instanceof ProblemError && error.status === 404 && error.problem.type === NOT_VALID;
}

/**
 * Writes the body of an answer.
 *
 * @throws TypeError if the answer cannot be written as JSON
 */
export function answerOf(step: string, answer: unknown): string {
  return `{"step":${stringifyJson(step)},"answer":${stringifyJson(answer)}}`;
}
