import type { Environment } from './environment.ts';

type Timers = Pick<Environment, 'setTimeout' | 'clearTimeout'>;

/**
 * Returns the milliseconds to wait before try number `failures + 1`: a random time up to an
 * exponential bound, so that clients that lost the same server do not all return at once ("full
 * jitter", https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function fullJitter(failures: number, base: number, cap: number, random: number): number {
  return random * Math.min(cap, base * 2 ** failures);
}

/** A promise and the two functions that settle it. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** Creates a promise with its settling functions. Its rejection is never reported as unhandled. */
export function deferred<T = void>(): Deferred<T> {
  let resolve: (value: T) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/** The longest time that a timer of a browser can wait, in milliseconds. */
export const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** A wait that can be ended early. Only one wait may run at a time. */
export class Pause {
  readonly #timers: Timers;
  #wake: (() => void) | null = null;
  #woken = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Ends the current wait. If there is none, the next wait ends immediately. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /**
   * Waits until the time is over, {@link wake} is called, or the signal aborts; leaves no timer
   * behind.
   *
   * @param millis - null waits without a time limit
   */
  async wait(millis: number | null, signal: AbortSignal): Promise<void> {
    if (!this.#woken && !signal.aborted) {
      await this.#sleep(millis, signal);
    }
    this.#woken = false;
  }

  #sleep(millis: number | null, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#wake = null;
        signal.removeEventListener('abort', done);
        if (timer !== null) {
          this.#timers.clearTimeout(timer);
        }
        resolve();
      };
      const timer = millis === null ? null : this.#timers.setTimeout(done, millis);
      this.#wake = done;
      signal.addEventListener('abort', done);
    });
  }
}

/** A task of which only one run takes place at a time. */
export class SingleTask<T> {
  readonly #task: () => Promise<T>;
  #running: Promise<T> | null = null;
  #next: Promise<T> | null = null;

  constructor(task: () => Promise<T>) {
    this.#task = task;
  }

  /** Joins the current run; starts one if there is none. */
  join(): Promise<T> {
    this.#running ??= this.#task().finally(() => (this.#running = null));
    return this.#running;
  }

  /** Starts a run after the current one. Calls that wait for that share the next run. */
  again(): Promise<T> {
    if (this.#running === null) {
      return this.join();
    }
    this.#next ??= this.#running
      .catch(() => {})
      .then(() => {
        this.#next = null;
        return this.join();
      });
    return this.#next;
  }
}

/** Runs the tasks, at most `parallel` at a time. If a task throws, the others still run. */
export async function atMost(
  parallel: number,
  tasks: readonly (() => Promise<void>)[],
): Promise<void> {
  const left = [...tasks];
  const lane = async () => {
    for (let task = left.shift(); task !== undefined; task = left.shift()) {
      await task().catch(() => {});
    }
  };
  await Promise.all(Array.from({ length: parallel }, lane));
}
