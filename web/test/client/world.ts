import {
  type Client,
  connect,
  type Environment,
  type LinkedRequest,
  type LinkTerms,
  openLink,
  type Signal,
  stringifyJson,
} from '../../src/client/index.ts';
import type { RequestStatus, StatusDocument } from '../../src/client/types.ts';

/** Creates a status document with defaults for everything that a test does not specify. */
export function document(id: string, version: number, more: object = {}): StatusDocument {
  return {
    id,
    life: null,
    type: 'place-order',
    status: 'RUNNING',
    version,
    attempt: 1,
    input: { dish: 'soup' },
    progress: null,
    steps: [],
    result: null,
    error: null,
    cancelRequested: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    links: { self: `/status/${id}`, cancel: null, retry: null },
    ...more,
  };
}

/** The secret of the link that tests open. */
export const SECRET = '0mBkUvN6_5yYCcf0zWgVJA';

/** A response that a test specifies. */
export interface FakeResponse {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The response to a call with a link that is not valid. */
export const NOT_VALID: FakeResponse = {
  status: 404,
  body: { type: '/problems/link-not-valid', title: 'Link not valid', status: 404 },
};

/** The response of a release that does not know links. */
export const NO_RESOURCE: FakeResponse = {
  status: 404,
  body: { type: '/problems/not-found', title: 'Not found', status: 404 },
};

type Handler = () => FakeResponse | Promise<FakeResponse> | undefined;

/** A server, a network, a clock and randomness, all controlled by the test. */
export class World {
  now = 1_000_000;
  random = 0.5;
  /** Whether all HTTP calls fail. */
  httpDown = false;
  /** Whether sockets respond, open without any response, or do not open. */
  sockets: 'open' | 'silent' | 'refused' = 'open';
  pageSize = 100;
  /** Whether the page is hidden. */
  hidden = false;
  /** How long a response travels, in milliseconds, after the server has created it. */
  latency = () => 0;
  /** The request types on the server. */
  types: readonly unknown[] = [];
  readonly documents = new Map<string, StatusDocument>();
  /** The valid links, by their secrets. */
  readonly links = new Map<string, LinkTerms & { readonly id: string }>();
  /** Everything that the client did, in order. */
  readonly log: string[] = [];
  readonly open: FakeSocket[] = [];
  readonly reports: string[] = [];
  readonly #timers = new Map<number, { due: number; action: () => void }>();
  readonly #once: { pattern: RegExp; handler: Handler }[] = [];
  #signal: (signal: Signal) => void = () => {};
  #nextTimer = 1;
  #nextLife = 1;

  connect(more: Partial<Environment> = {}, url = 'http://server/'): Client {
    return connect(url, { environment: { ...this.environment(), ...more } });
  }

  /** Opens the link with {@link SECRET}. */
  openLink(more: Partial<Environment> = {}, url = `http://server/l/${SECRET}`): LinkedRequest {
    return openLink(url, { environment: { ...this.environment(), ...more } });
  }

  environment(): Environment {
    const world = this;
    return {
      fetch: (url, init) => this.#fetch(url, init),
      WebSocket: class extends FakeSocket {
        constructor(url: string) {
          super(world, url);
        }
      },
      setTimeout: (action, millis) => {
        this.#timers.set(this.#nextTimer, { due: this.now + millis, action });
        return this.#nextTimer++;
      },
      clearTimeout: (timer) => void this.#timers.delete(timer as number),
      now: () => this.now,
      random: () => this.random,
      randomBytes: (length) => new Uint8Array(length).fill(7),
      isHidden: () => this.hidden,
      onSignal: (listener) => {
        this.#signal = listener;
        return () => (this.#signal = () => {});
      },
      report: (message) => void this.reports.push(message),
    };
  }

  /**
   * The next call that matches gets the response of the handler, or none if the handler returns
   * undefined.
   */
  next(pattern: RegExp, handler: Handler): void {
    this.#once.push({ pattern, handler });
  }

  signal(signal: Signal): void {
    this.#signal(signal);
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Runs everything that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Advances the clock by this many milliseconds, timer by timer. */
  async pass(millis: number): Promise<void> {
    const until = this.now + millis;
    await this.settle();
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      const [id, timer] = next;
      this.now = Math.max(this.now, timer.due);
      this.#timers.delete(id);
      timer.action();
      await this.settle();
    }
    this.now = until;
  }

  /** Makes the clock jump, as after a sleep; timers fire late. */
  async sleep(millis: number): Promise<void> {
    this.now += millis;
    await this.pass(0);
  }

  /** Changes a request on the server. An id without a request gets a new life. */
  put(id: string, version: number, more: object = {}): StatusDocument {
    const life = this.documents.get(id)?.life ?? `life-${this.#nextLife++}`;
    const put = document(id, version, { life, ...more });
    this.documents.set(id, put);
    return put;
  }

  /** Creates the link with {@link SECRET} on the server. */
  link(id: string, more: Partial<LinkTerms> = {}): void {
    const expiresAt = '2027-01-01T00:00:00.000Z';
    this.links.set(SECRET, { id, scope: 'answer', step: null, expiresAt, ...more });
  }

  /** Changes a request on the server, and pushes it to every subscribed socket. */
  push(id: string, version: number, more: object = {}): void {
    const request = this.put(id, version, more);
    this.send({ type: 'status', request });
  }

  /** Removes a request on the server, and pushes the removal to every subscribed socket. */
  remove(id: string): void {
    const removed = this.documents.get(id);
    if (removed !== undefined) {
      const { life, version, createdAt } = removed;
      this.documents.delete(id);
      this.send({ type: 'removed', id, life, version, createdAt });
    }
  }

  send(message: unknown): void {
    this.open.filter((socket) => socket.subscribed).forEach((socket) => socket.say(message));
  }

  #next(until: number) {
    return [...this.#timers]
      .filter(([, timer]) => timer.due <= until)
      .sort(([, one], [, other]) => one.due - other.due)[0];
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const path = url.replace(/^https?:\/\/server/, '');
    const etag = (init.headers as Record<string, string>)['If-None-Match'];
    const call = `${init.method} ${path}${etag ? ` if-none-match ${etag}` : ''}`;
    this.log.push(call);
    await Promise.resolve();
    const index = this.#once.findIndex(({ pattern }) => pattern.test(call));
    const handler = index >= 0 ? this.#once.splice(index, 1)[0]?.handler : undefined;
    const responding = handler
      ? handler()
      : this.httpDown
        ? undefined
        : this.#respond(init, path, etag);
    const response = await Promise.race([this.#delayed(responding), aborted(init.signal)]);
    if (response === undefined) {
      throw new TypeError('Failed to fetch');
    }
    const { status, body, headers = {} } = response;
    return {
      ok: status < 300,
      status,
      headers: new Headers(headers),
      text: async () => (body === undefined ? '' : stringifyJson(body)),
    } as Response;
  }

  async #delayed<T>(response: T): Promise<T> {
    const millis = this.latency();
    if (millis > 0) {
      const due = this.now + millis;
      await new Promise<void>((action) => this.#timers.set(this.#nextTimer++, { due, action }));
    }
    return response;
  }

  #respond(init: RequestInit, path: string, etag: string | undefined): FakeResponse {
    const [, kind = '', id = '', action = ''] = /^\/(\w+)\/?([^/?]*)\/?(\w*)/.exec(path) ?? [];
    const known = this.documents.get(id);
    if (path === '/live/tickets') {
      return { status: 201, body: { ticket: 'a/b', url: 'ws://server/live?ticket=a%2Fb' } };
    }
    if (path === '/types') {
      return { status: 200, body: this.types };
    }
    if (kind === 'links') {
      return this.#byLink(init, id, action, etag);
    }
    if (init.method === 'PUT') {
      return { status: known ? 200 : 202, body: known ?? this.put(id, 1, { status: 'ACCEPTED' }) };
    }
    if (kind === 'requests' && id === '') {
      return { status: 200, body: this.#page(new URL(path, 'http://server').searchParams) };
    }
    if (known === undefined) {
      return { status: 404, body: { type: 'about:blank', title: 'Not found', status: 404 } };
    }
    if (init.method === 'DELETE') {
      this.documents.delete(id);
      return { status: 204 };
    }
    if (action !== '') {
      const status: RequestStatus = action === 'cancel' ? 'CANCELLED' : 'ACCEPTED';
      return { status: 202, body: this.put(id, known.version + 1, { status }) };
    }
    return tagged(known, known, etag);
  }

  #byLink(
    init: RequestInit,
    secret: string,
    action: string,
    etag: string | undefined,
  ): FakeResponse {
    const { id = '', ...link } = this.links.get(secret) ?? {};
    const known = this.documents.get(id);
    if (known === undefined) {
      return NOT_VALID;
    }
    if (action === 'tickets') {
      return { status: 201, body: { ticket: 'l/k', url: 'ws://server/live?ticket=l%2Fk' } };
    }
    const seen = (document: StatusDocument) => {
      const { input: _, links, ...rest } = document;
      const self = `/links/${secret}/status`;
      const tickets = `/links/${secret}/tickets`;
      return { ...rest, links: { self, tickets, answer: links.answer ?? null }, link };
    };
    if (init.method === 'POST') {
      return {
        status: 202,
        body: seen(this.put(id, known.version + 1, { status: 'ACCEPTED' })),
      };
    }
    return tagged(known, seen(known), etag);
  }

  #page(query: URLSearchParams) {
    const cursor = query.get('cursor') ?? '\uffff';
    const ids = [...this.documents.keys()]
      .filter((id) => id < cursor)
      .sort()
      .reverse();
    const size = Math.min(this.pageSize, Number(query.get('limit') ?? 50));
    const page = ids.slice(0, size);
    const more = size < ids.length;
    return { requests: page.map((id) => this.documents.get(id)), next: more ? page.at(-1) : null };
  }
}

function tagged(
  { life, version }: StatusDocument,
  body: unknown,
  etag: string | undefined,
): FakeResponse {
  const ETag = `"${life ?? ''}-${version}"`;
  return etag === ETag ? { status: 304 } : { status: 200, body, headers: { ETag } };
}

/** Both ends of a socket: the server's and the client's. */
export class FakeSocket {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  subscribed = false;
  readonly #world: World;

  constructor(world: World, url: string) {
    this.#world = world;
    world.log.push(`socket ${url}`);
    queueMicrotask(() => (world.sockets === 'refused' ? this.drop() : this.#opened()));
  }

  send(text: string): void {
    const { action } = JSON.parse(text) as { action: string };
    this.#world.log.push(action);
    if (this.#world.sockets !== 'open') {
      return;
    }
    this.subscribed ||= action === 'subscribe';
    queueMicrotask(() => this.say({ type: action === 'subscribe' ? 'subscribed' : 'pong' }));
  }

  close(): void {
    this.#world.log.push('close');
    this.#gone();
  }

  say(message: unknown): void {
    this.onmessage?.({ data: stringifyJson(message) } as never);
  }

  /** Ends the connection from the server side. */
  drop(): void {
    this.#gone();
    this.onclose?.({} as never);
  }

  #opened(): void {
    this.#world.open.push(this);
    this.onopen?.({} as never);
  }

  #gone(): void {
    const index = this.#world.open.indexOf(this);
    if (index >= 0) {
      this.#world.open.splice(index, 1);
    }
  }
}

function aborted(signal: AbortSignal | null | undefined): Promise<undefined> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(undefined)));
}
