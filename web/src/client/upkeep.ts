import type { Environment } from './environment.ts';
import { heartbeat } from './heartbeat.ts';
import type { Http } from './http.ts';
import { Listeners } from './listeners.ts';
import { Live } from './live.ts';
import { Poller } from './polling.ts';
import type { LiveMessage } from './socket.ts';
import type { Store } from './store.ts';
import { Sync } from './sync.ts';
import { deferred } from './waiting.ts';
import type { Watched } from './watching.ts';

/** What is unfinished is read again so often, in milliseconds, also while the socket is up. */
const READ_AGAIN_EVERY = 60_000;

/**
 * All that is loaded is read so often: a push may be lost that told of a retry or of a removal, and
 * polling sees only the newest and what is unfinished.
 */
const READ_ALL_EVERY = { live: 300_000, polling: 60_000, offline: Infinity };

/**
 * After so long a silence, in milliseconds, the server is asked for a sign of life: soon where
 * somebody waits for something, since a connection may end without a word; else before API Gateway
 * ends what is idle for 10 min, also if a browser wakes a hidden tab once a minute only.
 */
const PING_WAITING = 30_000;
const PING_IDLE = 510_000;

/** Where a socket does not come back so soon, what only it would have told of is read. */
const SOCKET_BACK_WITHIN = 5_000;

/**
 * `live`: the socket pushes, and what was missed is read. `polling`: no socket, but the server
 * answers. `offline`: neither.
 */
export type ConnectionState = 'live' | 'polling' | 'offline';

/** A state and since when, in epoch milliseconds. */
export interface Connection {
  readonly state: ConnectionState;
  readonly since: number;
}

/** Keeps the store current: by the socket while there is one, by polling while there is none. */
export class Upkeep {
  readonly #environment: Environment;
  readonly #http: Http;
  readonly #store: Store;
  readonly #sync: Sync;
  readonly #watched: Watched;
  readonly #live: Live;
  readonly #poller: Poller;
  readonly #listeners: Listeners<Connection>;
  readonly #lifetime: AbortSignal;
  readonly #ready = deferred();
  #connection: Connection;
  #lastReadAgain: number;
  #lastReadAll: number;

  constructor(
    environment: Environment,
    http: Http,
    store: Store,
    sync: Sync,
    watched: Watched,
    lifetime: AbortSignal,
  ) {
    this.#environment = environment;
    this.#http = http;
    this.#store = store;
    this.#sync = sync;
    this.#watched = watched;
    this.#lifetime = lifetime;
    this.#live = new Live(environment, this.#liveUser());
    this.#poller = new Poller(environment, this.#pollingUser());
    this.#listeners = new Listeners(environment.report);
    this.#connection = { state: 'polling', since: environment.now() };
    this.#lastReadAgain = environment.now();
    this.#lastReadAll = environment.now();
  }

  /** How changes are heard of now. Until the first answer it is `polling`. */
  get connection(): Connection {
    return this.#connection;
  }

  /** Fulfilled once the list was read for the first time. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Calls the listener whenever the connection changes, until the returned function is called. */
  onConnection(listener: (connection: Connection) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Starts everything that ends with the lifetime. */
  start(): void {
    const signal = this.#lifetime;
    const stopSignals = this.#environment.onSignal((told) =>
      told === 'visible' ? this.#look() : this.#restart(),
    );
    signal.addEventListener('abort', stopSignals);
    this.#store.onChange((ids) => this.#poller.changed(ids));
    void this.#poller.run(signal);
    void heartbeat(
      this.#environment,
      signal,
      () => this.#beat(),
      () => this.#restart(),
    );
    if (this.#environment.WebSocket !== null) {
      void this.#live.run(signal);
    }
  }

  #liveUser() {
    return {
      ticket: () => this.#http.ticket(),
      readList: () => this.#readAll(),
      receive: (message: LiveMessage) => this.#receive(message),
      setLive: (live: boolean) => this.#setLive(live),
    };
  }

  #pollingUser() {
    return {
      wanted: () => this.#wanted(),
      readFirstPage: () => this.#readFirstPage(),
      readStatus: (id: string) => this.#sync.status(id),
      setReachable: (reachable: boolean) => this.#setReachable(reachable),
    };
  }

  async #readFirstPage(): Promise<boolean> {
    const changed = await this.#sync.list.first();
    this.#ready.resolve();
    return changed;
  }

  async #readAll(): Promise<void> {
    await this.#sync.list.again();
    this.#ready.resolve();
  }

  #receive(message: LiveMessage): void {
    switch (message.type) {
      case 'status':
        this.#store.take({ kind: 'pushed', document: message.request });
        this.#readIfUnclear(message.request.id);
        break;
      case 'removed':
        this.#store.take({ ...message, kind: 'removed' });
        break;
      case 'error':
        this.#environment.report(`the server reports ${message.code}; the socket stays`, message);
        break;
      default:
        break;
    }
  }

  /** Reads a request again if a push left out a part of it, or if another life disputes it. */
  #readIfUnclear(id: string): void {
    const known = this.#store.get(id);
    if (known && (known.partial || !this.#store.isCertain(id))) {
      void this.#sync.again([id]);
    }
  }

  /** Somebody looks again: what may have been missed while nobody did is read. */
  #look(): void {
    this.#poller.soon();
    this.#live.check();
    if (this.#connection.state === 'live') {
      void this.#sync.again(this.#wanted());
    }
  }

  /** The machine slept, or its network is another: whatever there was is not relied on. */
  #restart(): void {
    this.#store.doubt();
    this.#live.restart();
    this.#poller.soon();
  }

  #readAllOrLater(): void {
    this.#readAll().catch((error) => this.#environment.report('could not read; will again', error));
  }

  #beat(): void {
    const now = this.#environment.now();
    if (now - this.#lastReadAll >= READ_ALL_EVERY[this.#connection.state]) {
      this.#lastReadAll = now;
      this.#readAllOrLater();
    }
    if (this.#connection.state !== 'live') {
      return;
    }
    this.#live.check(this.#isAwaited() ? PING_WAITING : PING_IDLE);
    if (now - this.#lastReadAgain >= READ_AGAIN_EVERY) {
      this.#lastReadAgain = now;
      void this.#sync.again(this.#wanted());
    } else {
      void this.#sync.again(this.#missing());
    }
  }

  /** Whether somebody looks at something that is unfinished. */
  #isAwaited(): boolean {
    return !this.#environment.isHidden() && this.#store.unsettled().length > 0;
  }

  /** What could not be read when it should have been. */
  #missing(): readonly string[] {
    const partial = this.#store.unsettled().filter((id) => this.#store.get(id)?.partial);
    return [...new Set([...partial, ...this.#store.uncertain(), ...this.#watched.unread()])];
  }

  #wanted(): readonly string[] {
    const ids = new Set([...this.#store.unsettled(), ...this.#watched.unknown()]);
    return [...ids].filter((id) => !this.#sync.isPaused(id));
  }

  #setLive(live: boolean): void {
    if (live) {
      this.#lastReadAgain = this.#environment.now();
      this.#lastReadAll = this.#environment.now();
      this.#setState('live');
    } else if (this.#connection.state === 'live') {
      this.#store.doubt();
      this.#lastReadAll = this.#environment.now() - READ_ALL_EVERY.polling + SOCKET_BACK_WITHIN;
      this.#setState('polling');
    }
    this.#poller.need(!live);
  }

  /** What was missed while the server did not answer is read, and a socket tried for at once. */
  #setReachable(reachable: boolean): void {
    const before = this.#connection.state;
    if (!reachable && before !== 'offline') {
      this.#store.doubt();
    }
    this.#setState(reachable ? 'polling' : 'offline');
    if (reachable && before === 'offline') {
      this.#poller.soon();
      this.#live.check();
      this.#readAllOrLater();
    }
  }

  #setState(state: ConnectionState): void {
    if (state !== this.#connection.state && !this.#lifetime.aborted) {
      this.#connection = { state, since: this.#environment.now() };
      this.#listeners.tell(this.#connection);
    }
  }
}
