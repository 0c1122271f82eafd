import type { Environment } from './environment.ts';
import { Http, type TokenSource } from './http.ts';
import { stringifyJson } from './json.ts';
import { ConnectionError } from './problem.ts';
import { Store } from './store.ts';
import { untilAnswered } from './submitting.ts';
import { Sync } from './sync.ts';
import {
  type ListQuery,
  type RequestPage,
  type RequestType,
  type StatusDocument,
} from './types.ts';
import { type Connection, type ConnectionState, Upkeep } from './upkeep.ts';
import { Uuid7 } from './uuid.ts';
import { Watched } from './watching.ts';

/** What a client may choose as the id of a request; `~` and a UUIDv7 sort by time. */
const OWN_ID = /^([\w-]{8,64}|~[\da-f-]{36})$/;

/** What can be the name of a type. */
const TYPE = /^[a-z][a-z0-9-]{0,62}$/;

/** What can be the id of a request, whoever chose it. */
const ANY_ID = /^~?[\w-]{8,64}$/;

/** A client of one Statuswire server; made by {@link connect}. */
export class Client {
  readonly #environment: Environment;
  readonly #lifetime = new AbortController();
  readonly #http: Http;
  readonly #store: Store;
  readonly #sync: Sync;
  readonly #watched: Watched;
  readonly #ids: Uuid7;
  readonly #upkeep: Upkeep;

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
    this.#upkeep = new Upkeep(
      environment,
      this.#http,
      this.#store,
      this.#sync,
      this.#watched,
      signal,
    );
    this.#upkeep.start();
  }

  /** How the client hears of changes now. Until the first answer it is `polling`. */
  get connection(): Connection {
    return this.#upkeep.connection;
  }

  /** The `state` of {@link connection}. */
  get state(): ConnectionState {
    return this.connection.state;
  }

  /** Fulfilled once the list was read for the first time; until then {@link requests} says little. */
  get ready(): Promise<void> {
    return this.#upkeep.ready;
  }

  /**
   * The list as far as it is loaded, newest first: its first 50 at first,
   * more by {@link loadOlder}. A request that this client submitted is in it also if it sorts below
   * the loaded part. The same array until something changes.
   */
  get requests(): readonly StatusDocument[] {
    return this.#store.all();
  }

  /** Whether {@link requests} is the whole list. */
  get isComplete(): boolean {
    return this.#sync.list.isComplete;
  }

  /**
   * Loads up to 100 older requests into {@link requests}, and keeps them current from then on.
   *
   * @returns whether there are more after them
   * @throws {@link ProblemError} and {@link ConnectionError}
   */
  async loadOlder(): Promise<boolean> {
    return this.#sync.list.older();
  }

  /**
   * Whether what is known of a request is what the server last said, as far as can be told: false
   * while the server does not answer, and after that until the request was heard of again.
   */
  isCurrent(id: string): boolean {
    return this.state !== 'offline' && this.#store.isCertain(id);
  }

  /** When the server last said what is known of a request, in epoch milliseconds; null if never. */
  confirmedAt(id: string): number | null {
    return this.#store.confirmedAt(id);
  }

  /** The newest known document of one request, without asking the server. */
  request(id: string): StatusDocument | undefined {
    return this.#store.get(id);
  }

  /**
   * Calls the listener whenever requests changed or went. A listener that throws is reported and
   * breaks nothing.
   *
   * @param listener - gets the ids of what changed; {@link request} has the news
   * @returns a function that ends it
   */
  onRequests(listener: (ids: readonly string[]) => void): () => void {
    return this.#store.onChange(listener);
  }

  /**
   * Calls the listener whenever {@link connection} changes.
   *
   * @returns a function that ends it
   */
  onConnection(listener: (connection: Connection) => void): () => void {
    return this.#upkeep.onConnection(listener);
  }

  /**
   * Submits a request. The call is repeated with the same id, so that there are never two requests:
   * for up to 20 s while no answer comes, for up to 60 s while it is 408, 429, 502, 503 or 504.
   *
   * @param type - name of a request type
   * @param input - what the type's schema asks for: anything that {@link stringifyJson} can write.
   *   It is read once, before the first try
   * @param options - `id`: one of your own, `[A-Za-z0-9_-]{8,64}`; `~` and a UUIDv7
   *   if absent. After a
   *   {@link ConnectionError}, submitting again with the same id is safe
   * @returns the request as the server has it
   * @throws TypeError if the input cannot be written as JSON, or type or id cannot be one; nothing is
   *   sent then
   * @throws {@link ProblemError} if the server refuses it: 422 with `errors` for an input that
   *   the schema does not accept, 409 for an id that has other content
   * @throws {@link ConnectionError} if no answer came: whether it was submitted is unknown
   */
  async submit(
    type: string,
    input: unknown,
    options: { readonly id?: string } = {},
  ): Promise<StatusDocument> {
    const { id = this.newId() } = options;
    checked(type, 'type', TYPE);
    checked(id, 'id', OWN_ID);
    const content = `{"type":${stringifyJson(type)},"input":${stringifyJson(input)}}`;
    const put = () =>
      this.#sync.written(async () => {
        const document = await this.#http.submit(id, content);
        this.#store.addSubmitted(document.id);
        return document;
      });
    return untilAnswered(put, this.#environment, this.#lifetime.signal);
  }

  /**
   * A fresh id for {@link submit}: `~` and a UUIDv7, which the server lists first, the newest at the
   * head; ids of one client rise.
   */
  newId(): string {
    return `~${this.#ids.next()}`;
  }

  /**
   * Follows one request: gives what is known, then the newest document after each change, and ends
   * after a finished one, or when the request is removed or the client closed. Who takes slowly
   * gets the newest, not every one. Without a connection it waits for it to come back.
   *
   * @throws {@link ProblemError} with status 404 if there is no such request
   * @throws TypeError if `id` cannot be one
   */
  async *watch(id: string): AsyncGenerator<StatusDocument, void, void> {
    const release = this.keep(id);
    try {
      if (this.#store.get(id) === undefined) {
        await this.#sync.again([id]);
      }
      yield* this.#watched.documents(id);
    } finally {
      release();
    }
  }

  /**
   * Keeps one request in memory and current, even if it is finished and older than what is loaded of
   * the list. It does not read it at once: {@link get} does.
   *
   * @returns a function that ends it
   * @throws TypeError if `id` cannot be one
   */
  keep(id: string): () => void {
    return this.#watched.add(checked(id));
  }

  /**
   * Reads one page of the list, newest first.
   *
   * @throws {@link ProblemError} and {@link ConnectionError}
   * @throws TypeError if a type cannot be the name of one
   */
  async list(query: ListQuery = {}): Promise<RequestPage> {
    [query.type ?? []]
      .flat()
      .filter(Boolean)
      .forEach((type) => checked(type, 'type', TYPE));
    return this.#sync.some(() => this.#http.list(query));
  }

  /**
   * Reads one request.
   *
   * @throws {@link ProblemError} with status 404 if there is none of this id
   * @throws {@link ConnectionError} if no answer came
   * @throws TypeError if `id` cannot be one
   */
  async get(id: string): Promise<StatusDocument> {
    checked(id);
    return this.#sync.read(id, async () => {
      const { document } = await this.#http.status(id);
      if (document === null) {
        throw new ConnectionError(`The server answered 304 to an unconditional read of ${id}`);
      }
      return document;
    });
  }

  /**
   * Asks to cancel. A running request ends after the step's next commit; until then it has
   * `cancelRequested`.
   *
   * @throws {@link ProblemError} with status 409 if it is finished otherwise
   * @throws {@link ConnectionError} if no answer came; asking again is safe
   * @throws TypeError if `id` cannot be one
   */
  async cancel(id: string): Promise<StatusDocument> {
    return this.#sync.written(() => this.#http.cancel(checked(id)));
  }

  /**
   * Has a failed or cancelled request worked on again, from its first unfinished step.
   *
   * @throws {@link ProblemError} with status 409 in any other status
   * @throws {@link ConnectionError} if no answer came: {@link get} tells whether it was taken
   * @throws TypeError if `id` cannot be one
   */
  async retry(id: string): Promise<StatusDocument> {
    return this.#sync.written(() => this.#http.retry(checked(id)));
  }

  /**
   * Reads which types of request the server takes.
   *
   * @throws {@link ProblemError} and {@link ConnectionError}
   */
  async types(): Promise<RequestType[]> {
    return this.#http.types();
  }

  /** Ends the socket, every timer and every {@link watch}; calls under way fail. Closing again does nothing. */
  close(): void {
    this.#lifetime.abort();
  }
}

/** Returns the text, the id of a request by default; throws a TypeError if it cannot be one. */
function checked(text: string, name = 'id', pattern = ANY_ID): string {
  if (typeof text !== 'string' || !pattern.test(text)) {
    throw new TypeError(`${name} must match ${pattern}`);
  }
  return text;
}
