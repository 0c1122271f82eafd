import { Catalog } from './catalog.ts';
import type { Environment } from './environment.ts';
import { answerOf } from './linked-request.ts';
import { Http, type TokenSource } from './http.ts';
import { stringifyJson } from './json.ts';
import { OwnRequests } from './own-requests.ts';
import { ConnectionError } from './problem.ts';
import { Store } from './store.ts';
import { submissionOf, timeOf } from './submission.ts';
import { withRetries } from './submitting.ts';
import { Sync } from './sync.ts';
import {
  type CreatedLink,
  type Link,
  type LinkOptions,
  type ListQuery,
  type RequestPage,
  type RequestType,
  type StatusDocument,
  type SubmitOptions,
} from './types.ts';
import { type Connection, type ConnectionState, ConnectionManager } from './connection.ts';
import { Uuid7 } from './uuid.ts';
import { Watched } from './watching.ts';

/** The ids that a client may choose for a request. Ids of `~` and a UUIDv7 sort by time. */
const OWN_ID = /^([\w-]{8,64}|~[\da-f-]{36})$/;

/** The valid names of request types. */
const TYPE = /^[a-z][a-z0-9-]{0,62}$/;

/** The valid tags of requests. */
const TAG = /^[\w.:-]{1,64}$/;

/** The ids of links. */
const LINK_ID = /^[\w-]{43}$/;

/** The scopes of links. */
const SCOPE = /^(watch|answer)$/;

/** All valid ids of requests, including those that other programs chose. */
const ANY_ID = /^~?[\w-]{8,64}$/;

/** A client of one Statuswire server. Create it with {@link connect}. */
export class Client {
  readonly #environment: Environment;
  readonly #lifetime = new AbortController();
  readonly #http: Http;
  readonly #store: Store;
  readonly #sync: Sync;
  readonly #watched: Watched;
  readonly #ids: Uuid7;
  readonly #catalog: Catalog;
  readonly #requests: OwnRequests;
  readonly #connection: ConnectionManager;

  /** @internal use {@link connect} */
  constructor(base: string, environment: Environment, token: TokenSource | undefined) {
    const { signal } = this.#lifetime;
    this.#environment = environment;
    this.#http = new Http(base, environment, token, signal);
    this.#store = new Store(() => environment.now(), environment.report);
    this.#watched = new Watched(this.#store, signal);
    this.#sync = new Sync(this.#http, this.#store, this.#watched, () => environment.now());
    this.#ids = new Uuid7(
      () => environment.now(),
      (length) => environment.randomBytes(length),
    );
    this.#catalog = new Catalog(this.#http, environment, signal);
    this.#requests = new OwnRequests(this.#http, this.#store, this.#sync, this.#watched);
    this.#connection = new ConnectionManager(environment, this.#requests, this.#catalog, signal);
    this.#store.onChange((ids) => this.#connection.changed(ids));
    this.#connection.start();
  }

  /** The current connection to the server. The state is `polling` until the first response. */
  get connection(): Connection {
    return this.#connection.connection;
  }

  /** The `state` of {@link connection}. */
  get state(): ConnectionState {
    return this.connection.state;
  }

  /**
   * Fulfilled when the list has been read for the first time; until then {@link requests} is
   * incomplete.
   */
  get ready(): Promise<void> {
    return this.#requests.ready;
  }

  /**
   * The loaded part of the list, newest first: initially the newest 50 requests, more after
   * {@link loadOlder}. Requests that this client submitted are included even if they sort below the
   * loaded part. The array is the same object until something changes.
   */
  get requests(): readonly StatusDocument[] {
    return this.#store.all();
  }

  /** Whether {@link requests} is the complete list. */
  get isComplete(): boolean {
    return this.#sync.list.isComplete;
  }

  /**
   * Loads up to 100 older requests into {@link requests}, and keeps them current from then on.
   *
   * @returns whether the list has more requests after them
   * @throws {@link ProblemError} if the server refuses the call
   * @throws {@link ConnectionError} if there was no response
   */
  async loadOlder(): Promise<boolean> {
    return this.#sync.list.older();
  }

  /**
   * Returns whether the known document of a request is current, as far as the client can tell.
   * Returns false while the server does not respond, and then until the request is received again.
   */
  isCurrent(id: string): boolean {
    return this.state !== 'offline' && this.#store.isCertain(id);
  }

  /**
   * Returns when the server last confirmed the known document, in epoch milliseconds; null if
   * never.
   */
  confirmedAt(id: string): number | null {
    return this.#store.confirmedAt(id);
  }

  /** Returns the newest known document of a request, without a call to the server. */
  request(id: string): StatusDocument | undefined {
    return this.#store.get(id);
  }

  /**
   * Calls the listener whenever requests have changed or have been removed. If a listener throws,
   * the error is reported and the other listeners are still called.
   *
   * @param listener - receives the ids of these requests; {@link request} returns their documents
   * @returns a function that removes the listener
   */
  onRequests(listener: (ids: readonly string[]) => void): () => void {
    return this.#store.onChange(listener);
  }

  /**
   * Calls the listener whenever {@link connection} changes.
   *
   * @returns a function that removes the listener
   */
  onConnection(listener: (connection: Connection) => void): () => void {
    return this.#connection.onConnection(listener);
  }

  /**
   * Submits a request. The client retries the call for up to 20 s if there is no response, and for
   * up to 60 s if the response is 408, 429, 502, 503 or 504. Every retry sends the same id, so the
   * call never creates two requests.
   *
   * @param type - name of a request type
   * @param input - an input for the type's schema: anything that {@link stringifyJson} can write.
   *   It is read once, before the first try
   * @param options - an id of your own, when to start the request, and tags
   * @returns the request as the server has it
   * @throws TypeError if the input cannot be written as JSON, or if the type, the id or a Date is
   *   invalid; nothing is sent
   * @throws {@link ProblemError} if the server refuses it: 422 with `errors` if the input does not
   *   match the schema, 409 if the id is in use with different content
   * @throws {@link ConnectionError} if there was no response: the request may have been submitted
   */
  async submit(type: string, input: unknown, options: SubmitOptions = {}): Promise<StatusDocument> {
    const { id = this.newId() } = options;
    checked(type, 'type', TYPE);
    checked(id, 'id', OWN_ID);
    const content = submissionOf(type, input, options);
    const put = () =>
      this.#sync.write(async () => {
        const document = await this.#http.submit(id, content);
        this.#store.addSubmitted(document.id);
        return document;
      });
    return withRetries(put, this.#environment, this.#lifetime.signal);
  }

  /**
   * Generates an id for {@link submit}: `~` and a UUIDv7. The server lists requests with such ids
   * first, newest first. Each id of a client is higher than the one before.
   */
  newId(): string {
    return `~${this.#ids.next()}`;
  }

  /**
   * Follows one request: yields the known document, then the newest document after each change.
   * Ends after a finished document, or when the request is removed or the client is closed. A slow
   * consumer receives the newest document, not every one. While there is no connection, it waits.
   *
   * @throws {@link ProblemError} with status 404 if there is no such request
   * @throws TypeError if `id` is invalid
   */
  async *watch(id: string): AsyncGenerator<StatusDocument, void, void> {
    const release = this.keep(id);
    try {
      if (this.#store.get(id) === undefined) {
        await this.#sync.readAgain([id]);
      }
      yield* this.#watched.documents(id);
    } finally {
      release();
    }
  }

  /**
   * Keeps one request in memory and current, even if it is finished and older than the loaded part
   * of the list. Does not read it at once; use {@link get} for that.
   *
   * @returns a function that releases the request
   * @throws TypeError if `id` is invalid
   */
  keep(id: string): () => void {
    return this.#watched.add(checked(id));
  }

  /**
   * Reads one page of the list, newest first.
   *
   * @throws {@link ProblemError} if the server refuses the call
   * @throws {@link ConnectionError} if there was no response
   * @throws TypeError if the name of a type or a tag is invalid
   */
  async list(query: ListQuery = {}): Promise<RequestPage> {
    checkedAll(query.type, 'type', TYPE);
    checkedAll(query.tag, 'tag', TAG);
    return this.#sync.readPage(() => this.#http.list(query));
  }

  /**
   * Reads one request.
   *
   * @throws {@link ProblemError} with status 404 if there is no request with this id
   * @throws {@link ConnectionError} if there was no response
   * @throws TypeError if `id` is invalid
   */
  async get(id: string): Promise<StatusDocument> {
    checked(id);
    return this.#sync.read(id, async () => {
      const { document } = await this.#http.status(id);
      if (document === null) {
        throw new ConnectionError(`The server responded 304 to an unconditional read of ${id}`);
      }
      return document;
    });
  }

  /**
   * Answers a request that waits for an answer. The first answer to a step is accepted and becomes
   * the output of the step; the same answer again has no effect.
   *
   * @param step - the step that waits: `waiting.step` of the document
   * @param answer - an answer for the step's schema, which `answers` of the request type contains:
   *   anything that {@link stringifyJson} can write
   * @throws {@link ProblemError} with status 409 if the step already has another answer or does not
   *   wait for one, and 422 with `errors` if the answer does not match the schema
   * @throws {@link ConnectionError} if there was no response; it is safe to call this again with the
   *   same answer
   * @throws TypeError if the answer cannot be written as JSON, or if `id` is invalid; nothing is
   *   sent
   */
  async answer(id: string, step: string, answer: unknown): Promise<StatusDocument> {
    checked(id);
    const content = answerOf(step, answer);
    return this.#sync.write(() => this.#http.answer(id, content));
  }

  /**
   * Requests the cancellation of a request. A running request ends when its worker next writes to
   * the database; until then its document has `cancelRequested`.
   *
   * @throws {@link ProblemError} with status 409 if it has already succeeded or failed
   * @throws {@link ConnectionError} if there was no response; it is safe to call this again
   * @throws TypeError if `id` is invalid
   */
  async cancel(id: string): Promise<StatusDocument> {
    return this.#sync.write(() => this.#http.cancel(checked(id)));
  }

  /**
   * Retries a failed or cancelled request, from its first unfinished step.
   *
   * @throws {@link ProblemError} with status 409 if it has any other status
   * @throws {@link ConnectionError} if there was no response; {@link get} shows whether the retry
   *   started
   * @throws TypeError if `id` is invalid
   */
  async retry(id: string): Promise<StatusDocument> {
    return this.#sync.write(() => this.#http.retry(checked(id)));
  }

  /**
   * Deletes a finished request.
   *
   * @throws {@link ProblemError} with status 404 if there is no request with this id, and 409 if it
   *   is not finished
   * @throws {@link ConnectionError} if there was no response; it is safe to call this again
   * @throws TypeError if `id` is invalid
   */
  async delete(id: string): Promise<void> {
    checked(id);
    return this.#sync.delete(id, () => this.#http.delete(id));
  }

  /**
   * Creates a link to a request. Everyone who has its URL can see the request without a login, and
   * answer it if the scope allows that. The returned object is the only one with the URL: the server does
   * not store it. Each call creates another link; a request has at most 100.
   *
   * @param options - what the link allows, until when, and your label for it
   * @throws {@link ProblemError} with status 404 if there is no request with this id, 422 with
   *   `errors` if an option is not valid, and 429 if the request already has 100 links
   * @throws {@link ConnectionError} if there was no response. The link may have been created, but
   *   its URL is lost: create another link, and revoke this one, which {@link links} returns with
   *   its label
   * @throws TypeError if `id`, the scope or a Date is invalid; nothing is sent
   */
  async link(id: string, options: LinkOptions): Promise<CreatedLink> {
    checked(id);
    return this.#http.createLink(id, linkOf(options));
  }

  /**
   * Reads the links to a request, newest first, without those that have expired or were revoked. A
   * link that was created or revoked less than a second ago may be missing or still there.
   *
   * @throws {@link ProblemError} with status 404 if there is no request with this id
   * @throws {@link ConnectionError} if there was no response
   * @throws TypeError if `id` is invalid
   */
  async links(id: string): Promise<readonly Link[]> {
    return (await this.#http.links(checked(id))).links;
  }

  /**
   * Revokes a link to a request. It stops working, and cannot be restored.
   *
   * @param linkId - the `linkId` of the link
   * @throws {@link ProblemError} with status 404 if there is no request with this id, or no such
   *   link to it
   * @throws {@link ConnectionError} if there was no response; it is safe to call this again
   * @throws TypeError if `id` or `linkId` is invalid
   */
  async revokeLink(id: string, linkId: string): Promise<void> {
    checked(id);
    return this.#http.revokeLink(id, checked(linkId, 'linkId', LINK_ID));
  }

  /**
   * Reads the request types that the server accepts.
   *
   * @throws {@link ProblemError} if the server refuses the call
   * @throws {@link ConnectionError} if there was no response
   */
  async types(): Promise<RequestType[]> {
    return this.#http.types();
  }

  /**
   * Calls the listener with the request types that the server accepts, as soon as they have been
   * read, and again whenever they have changed. While there is a listener, the client reads them
   * again when the server announces a change, after each reconnect, when the page becomes visible,
   * and every few minutes. It retries failed reads.
   *
   * @returns a function that removes the listener
   */
  onTypes(listener: (types: RequestType[]) => void): () => void {
    return this.#catalog.onChange(listener);
  }

  /**
   * Closes the socket, and ends all timers and every {@link watch}. Pending calls fail. Idempotent.
   */
  close(): void {
    this.#lifetime.abort();
  }
}

function checkedAll(values: ListQuery['type'], name: string, pattern: RegExp): void {
  [values ?? []]
    .flat()
    .filter(Boolean)
    .forEach((one) => checked(one, name, pattern));
}

/** Writes the body of a call that creates a link. Options that are null or empty are left out. */
function linkOf({ scope, step, label, expiresAt, showsInput }: LinkOptions): string {
  return stringifyJson({
    scope: checked(scope, 'scope', SCOPE),
    step: step || undefined,
    label: label || undefined,
    expiresAt: timeOf('expiresAt', expiresAt),
    showsInput: showsInput || undefined,
  });
}

/** Returns the text, by default the id of a request; throws a TypeError if it is invalid. */
function checked(text: string, name = 'id', pattern = ANY_ID): string {
  if (typeof text !== 'string' || !pattern.test(text)) {
    throw new TypeError(`${name} must match ${pattern}`);
  }
  return text;
}
