import type { Environment } from './environment.ts';
import { ProblemError, retryAfterIn } from './problem.ts';
import { fullJitter, Pause } from './waiting.ts';

/** Bounds of the polling intervals, in milliseconds. What is always polled has a lower one. */
const FASTEST = 1_000;
const SLOWEST = 10_000;
const MAIN_SLOWEST = 4_000;

/**
 * If a read of what is always polled takes longer than this, in milliseconds, another one is
 * started in parallel.
 */
const MAIN_TIMEOUT = 2_500;
const PARALLEL = 4;

/**
 * The name of what is always polled: the list, or the request of a link. Request ids contain no
 * asterisk.
 */
const MAIN = '*';

/** The functions that {@link Poller} needs from the rest of the client. */
export interface PollingUser {
  /** Returns the ids of the requests that should be polled now. */
  wanted(): readonly string[];
  /** Reads one request, or for null what is always polled; returns whether it changed. */
  read(id: string | null): Promise<boolean>;
  /** Called with true after each response, and with false if the server does not respond. */
  setReachable(reachable: boolean): void;
}

interface Pace {
  readonly interval: number;
  readonly due: number;
}

/**
 * Polls while there is no socket: changing requests every second, the others less often. While the
 * server does not respond, polls only what is always polled.
 */
export class Poller {
  readonly #environment: Environment;
  readonly #user: PollingUser;
  readonly #pause: Pause;
  readonly #paces = new Map<string, Pace>();
  /** The ids of the requests that are being read. */
  readonly #running = new Set<string>();
  #needed = true;
  #failures = 0;
  /** How often the server has responded. */
  #responses = 0;

  constructor(environment: Environment, user: PollingUser) {
    this.#environment = environment;
    this.#user = user;
    this.#pause = new Pause(environment);
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#needed) {
        this.#startDueReads();
      }
      await this.#pause.wait(this.#needed ? this.#untilDue() : null, signal);
    }
  }

  /** Starts or stops polling. If it was stopped, everything is polled at once. */
  setNeeded(needed: boolean): void {
    if (needed !== this.#needed) {
      this.#needed = needed;
      this.pollNow();
    }
  }

  /** Makes everything due now. */
  pollNow(): void {
    this.#paces.clear();
    this.#pause.wake();
  }

  /**
   * Polls these requests at the fastest interval, because they have just changed and may soon
   * change again.
   */
  changed(ids: readonly string[]): void {
    if (this.#needed) {
      ids.forEach((id) => this.#next(id, FASTEST));
      this.#pause.wake();
    }
  }

  #startDueReads(): void {
    const now = this.#environment.now();
    for (const name of this.#names()) {
      if (this.#mayStart(name) && (this.#paces.get(name)?.due ?? 0) <= now) {
        void this.#read(name);
      }
    }
  }

  #mayStart(name: string): boolean {
    return name === MAIN || (!this.#running.has(name) && this.#running.size < PARALLEL);
  }

  /**
   * Returns what to poll. Assigns new ones an interval, and removes those of requests that are no
   * longer wanted.
   */
  #names(): string[] {
    const wanted = this.#failures > 0 ? [] : this.#user.wanted();
    const gone = new Set(this.#paces.keys());
    gone.delete(MAIN);
    for (const id of wanted) {
      gone.delete(id);
      if (!this.#paces.has(id)) {
        this.#next(id, FASTEST);
      }
    }
    gone.forEach((id) => this.#paces.delete(id));
    return [MAIN, ...wanted];
  }

  /**
   * Reads a request or what is always polled, and sets the next interval. The latter becomes due
   * again while there is no response.
   */
  async #read(name: string): Promise<void> {
    const { interval } = this.#paces.get(name) ?? { interval: FASTEST };
    const responses = this.#responses;
    if (name === MAIN) {
      this.#paces.set(name, { interval, due: this.#environment.now() + MAIN_TIMEOUT });
    } else {
      this.#running.add(name);
    }
    try {
      const read = this.#user.read(name === MAIN ? null : name);
      this.#next(name, (await read) ? FASTEST : interval * 1.5);
      this.#responded();
    } catch (error) {
      this.#failed(name, interval, error, responses);
    } finally {
      this.#running.delete(name);
      this.#pause.wake();
    }
  }

  #responded(): void {
    this.#responses++;
    this.#failures = 0;
    if (this.#needed) {
      this.#user.setReachable(true);
    }
  }

  /**
   * Handles a failed read. The server is unreachable if the read of what is always polled failed
   * and no other call had a response meanwhile. The interval of a refused read grows.
   */
  #failed(name: string, interval: number, error: unknown, responses: number): void {
    const isRefused = error instanceof ProblemError && error.status < 500;
    this.#backOff(name, interval * 2, isRefused ? interval : FASTEST, retryAfterIn(error));
    if (isRefused) {
      this.#responded();
    } else if (name === MAIN && responses === this.#responses) {
      this.#failures++;
      if (this.#needed) {
        this.#user.setReachable(false);
      }
    }
  }

  /** Sets the next due time, with a little jitter so that pages do not poll in lockstep. */
  #next(name: string, wish: number): void {
    const slowest = name === MAIN ? MAIN_SLOWEST : SLOWEST;
    const interval = Math.min(slowest, Math.max(FASTEST, wish));
    const spread = 0.9 + 0.2 * this.#environment.random();
    this.#paces.set(name, { interval, due: this.#environment.now() + interval * spread });
  }

  /**
   * Sets the next due time after a failure, with full jitter so that pages do not all return to a
   * recovered server at once.
   */
  #backOff(name: string, wish: number, base: number, atLeast: number): void {
    const jitter = fullJitter(this.#failures, base, MAIN_SLOWEST, this.#environment.random());
    const due = this.#environment.now() + Math.max(jitter, atLeast, FASTEST / 2);
    this.#paces.set(name, { interval: Math.min(SLOWEST, wish), due });
  }

  #untilDue(): number {
    const now = this.#environment.now();
    const names = this.#names().filter((name) => this.#mayStart(name));
    return Math.max(0, Math.min(...names.map((name) => this.#paces.get(name)?.due ?? now)) - now);
  }
}
