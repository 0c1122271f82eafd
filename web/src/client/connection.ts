import type { Catalog } from './catalog.ts';
import type { Environment } from './environment.ts';
import { heartbeat } from './heartbeat.ts';
import type { LiveTicket } from './http.ts';
import { Listeners } from './listeners.ts';
import { Live } from './live.ts';
import { Poller } from './polling.ts';
import type { LiveMessage } from './socket.ts';

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

/** The functions that {@link ConnectionManager} needs from the rest of the client. */
export interface ConnectionUser {
  /** Gets a ticket that opens the socket. */
  ticket(): Promise<LiveTicket>;
  /** Reads everything that is loaded, because changes of it may have been missed. */
  readAll(): Promise<unknown>;
  /** Reads the unfinished requests again. If a read fails, the known state stays. */
  readUnfinished(): Promise<void>;
  /** Repeats the reads that have failed. If a read fails again, the known state stays. */
  readMissing(): Promise<void>;
  /** Returns the ids of the requests that should be polled now, each on its own. */
  wanted(): readonly string[];
  /** Reads one request, or for null what is always polled; returns whether it changed. */
  poll(id: string | null): Promise<boolean>;
  /** Called with each message from the server that is about requests. */
  receive(message: LiveMessage): void;
  /** Marks everything that is loaded as possibly outdated. */
  markStale(): void;
  /** Returns whether something is unfinished. */
  isUnfinished(): boolean;
}

/** Keeps what its user has loaded current: through the socket if there is one, or by polling. */
export class ConnectionManager {
  readonly #environment: Environment;
  readonly #user: ConnectionUser;
  readonly #catalog: Catalog;
  readonly #live: Live;
  readonly #poller: Poller;
  readonly #listeners: Listeners<Connection>;
  readonly #lifetime: AbortSignal;
  #connection: Connection;
  #lastReadAgain: number;
  #lastReadAll: number;

  constructor(
    environment: Environment,
    user: ConnectionUser,
    catalog: Catalog,
    lifetime: AbortSignal,
  ) {
    this.#environment = environment;
    this.#user = user;
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

  /** Polls these requests soon, because they have just changed and may soon change again. */
  changed(ids: readonly string[]): void {
    this.#poller.changed(ids);
  }

  #liveUser() {
    return {
      ticket: () => this.#user.ticket(),
      readAll: () => this.#user.readAll(),
      receive: (message: LiveMessage) => this.#receive(message),
      setLive: (live: boolean) => this.#setLive(live),
    };
  }

  #pollingUser() {
    return {
      wanted: () => this.#user.wanted(),
      read: (id: string | null) => this.#user.poll(id),
      setReachable: (reachable: boolean) => this.#setReachable(reachable),
    };
  }

  #receive(message: LiveMessage): void {
    switch (message.type) {
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
        this.#user.receive(message);
    }
  }

  /** Reads what may have been missed while the page was hidden. */
  #refresh(): void {
    this.#poller.pollNow();
    this.#live.check();
    this.#catalog.refresh();
    if (this.#connection.state === 'live') {
      void this.#user.readUnfinished();
    }
  }

  /**
   * Replaces the socket and reads everything, because the machine has slept or its network has
   * changed.
   */
  #restart(): void {
    this.#user.markStale();
    this.#live.restart();
    this.#poller.pollNow();
  }

  #readAllOrLater(): void {
    this.#user.readAll().catch((error) => {
      if (!this.#lifetime.aborted) {
        this.#environment.report('could not read the requests; will retry', error);
      }
    });
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
      void this.#user.readUnfinished();
    } else {
      void this.#user.readMissing();
    }
  }

  /** Returns whether the page is visible and something is unfinished. */
  #isUserWaiting(): boolean {
    return !this.#environment.isHidden() && this.#user.isUnfinished();
  }

  #setLive(live: boolean): void {
    if (live) {
      this.#lastReadAgain = this.#environment.now();
      this.#lastReadAll = this.#environment.now();
      this.#setState('live');
      this.#catalog.refresh();
    } else if (this.#connection.state === 'live') {
      this.#user.markStale();
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
      this.#user.markStale();
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
