import type { Catalog } from './catalog.ts';
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

/** How often unfinished requests are read again while the socket is open, in milliseconds. */
const READ_AGAIN_EVERY = 60_000;

/**
 * How often everything loaded is read again, in milliseconds. A push of a retry or a removal may
 * have been lost, and polling reads only the newest and the unfinished requests.
 */
const READ_ALL_EVERY = { live: 300_000, polling: 60_000, offline: Infinity };

/**
 * How long the socket may be silent before the client pings the server, in milliseconds. While a
 * user waits for a request, this is short, because a connection can break without notice.
 * Otherwise, it is just short enough to keep API Gateway from closing the socket after 10 min
 * without traffic, even if the browser runs a hidden tab's timers only once a minute.
 */
const PING_WAITING = 30_000;
const PING_IDLE = 510_000;

/** If no socket reopens within this time, in milliseconds, everything loaded is read once. */
const SOCKET_BACK_WITHIN = 5_000;

/**
 * `live`: the socket pushes every change, and the client has read everything it missed. `polling`:
 * there is no socket, but the server responds. `offline`: the server does not respond.
 */
export type ConnectionState = 'live' | 'polling' | 'offline';

/** A state, and when it started, in epoch milliseconds. */
export interface Connection {
  readonly state: ConnectionState;
  readonly since: number;
}

/** Keeps the store current: through the socket while there is one, otherwise by polling. */
export class ConnectionManager {
  readonly #environment: Environment;
  readonly #http: Http;
  readonly #store: Store;
  readonly #sync: Sync;
  readonly #watched: Watched;
  readonly #catalog: Catalog;
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
    catalog: Catalog,
    lifetime: AbortSignal,
  ) {
    this.#environment = environment;
    this.#http = http;
    this.#store = store;
    this.#sync = sync;
    this.#watched = watched;
    this.#catalog = catalog;
    this.#lifetime = lifetime;
    this.#live = new Live(environment, this.#liveUser());
    this.#poller = new Poller(environment, this.#pollingUser());
    this.#listeners = new Listeners(environment.report);
    this.#connection = { state: 'polling', since: environment.now() };
    this.#lastReadAgain = environment.now();
    this.#lastReadAll = environment.now();
  }

  /** The current connection. The state is `polling` until the first response. */
  get connection(): Connection {
    return this.#connection;
  }

  /** Fulfilled when the list has been read for the first time. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Calls the listener whenever the connection changes, until the returned function is called. */
  onConnection(listener: (connection: Connection) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Starts the socket, the polling and the heartbeat; all of them end with the lifetime. */
  start(): void {
    const signal = this.#lifetime;
    const stopSignals = this.#environment.onSignal((event) =>
      event === 'visible' ? this.#refresh() : this.#restart(),
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
    await this.#sync.list.readAgain();
    this.#ready.resolve();
  }

  #receive(message: LiveMessage): void {
    switch (message.type) {
      case 'status':
        this.#store.apply({ kind: 'pushed', document: message.request });
        this.#readIfUnclear(message.request.id);
        break;
      case 'removed':
        this.#store.apply({ ...message, kind: 'removed' });
        break;
      case 'types':
        this.#catalog.refresh();
        break;
      case 'error':
        this.#environment.report(
          `the server reported ${message.code}; keeping the socket`,
          message,
        );
        break;
      default:
        break;
    }
  }

  /** Reads a request again if a push left out parts of it, or if another life disputes it. */
  #readIfUnclear(id: string): void {
    const known = this.#store.get(id);
    if (known && (known.partial || !this.#store.isCertain(id))) {
      void this.#sync.readAgain([id]);
    }
  }

  /** Reads what may have been missed while the page was hidden. */
  #refresh(): void {
    this.#poller.pollNow();
    this.#live.check();
    this.#catalog.refresh();
    if (this.#connection.state === 'live') {
      void this.#sync.readAgain(this.#wanted());
    }
  }

  /**
   * Replaces the socket and reads everything, because the machine has slept or its network has
   * changed.
   */
  #restart(): void {
    this.#store.markStale();
    this.#live.restart();
    this.#poller.pollNow();
  }

  #readAllOrLater(): void {
    this.#readAll().catch((error) =>
      this.#environment.report('could not read the requests; will retry', error),
    );
  }

  #beat(): void {
    const now = this.#environment.now();
    if (now - this.#lastReadAll >= READ_ALL_EVERY[this.#connection.state]) {
      this.#lastReadAll = now;
      this.#readAllOrLater();
      if (!this.#environment.isHidden()) {
        this.#catalog.refresh();
      }
    }
    if (this.#connection.state !== 'live') {
      return;
    }
    this.#live.check(this.#isUserWaiting() ? PING_WAITING : PING_IDLE);
    if (now - this.#lastReadAgain >= READ_AGAIN_EVERY) {
      this.#lastReadAgain = now;
      void this.#sync.readAgain(this.#wanted());
    } else {
      void this.#sync.readAgain(this.#missing());
    }
  }

  /** Returns whether the page is visible and something is unfinished. */
  #isUserWaiting(): boolean {
    return !this.#environment.isHidden() && this.#store.unsettled().length > 0;
  }

  /** Returns the ids of requests whose last read failed or is still missing. */
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
      this.#catalog.refresh();
    } else if (this.#connection.state === 'live') {
      this.#store.markStale();
      this.#lastReadAll = this.#environment.now() - READ_ALL_EVERY.polling + SOCKET_BACK_WITHIN;
      this.#setState('polling');
    }
    this.#poller.setNeeded(!live);
  }

  /**
   * Sets the state. When the server responds again, reads what was missed and tries to open a
   * socket at once.
   */
  #setReachable(reachable: boolean): void {
    const before = this.#connection.state;
    if (!reachable && before !== 'offline') {
      this.#store.markStale();
    }
    this.#setState(reachable ? 'polling' : 'offline');
    if (reachable && before === 'offline') {
      this.#poller.pollNow();
      this.#live.check();
      this.#readAllOrLater();
    }
  }

  #setState(state: ConnectionState): void {
    if (state !== this.#connection.state && !this.#lifetime.aborted) {
      this.#connection = { state, since: this.#environment.now() };
      this.#listeners.notify(this.#connection);
    }
  }
}
