import type { Environment } from './environment.ts';

type Timers = Pick<Environment, 'setTimeout' | 'clearTimeout'>;

/**
 * Milliseconds to wait before try number `failures + 1`: anything up to an exponential bound, so
 * that many clients that lost the same server do not come back at once ("full jitter",
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 */
export function fullJitter(failures: number, base: number, cap: number, random: number): number {
  return random * Math.min(cap, base * 2 ** failures);
}

/** A promise and the two functions that settle it. */
export interface Deferred {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** A promise that somebody else settles; that nobody may look at its rejection is no error. */
export function deferred(): Deferred {
  let resolve = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/** A wait that can be cut short. One waits at a time. */
export class Pause {
  readonly #timers: Timers;
  #wake: (() => void) | null = null;
  #woken = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Ends the wait that is under way, or else the next one before it starts. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /**
   * Waits until the time is over, {@link wake} is called, or the signal aborts; leaves no timer.
   *
   * @param millis - null waits without a time
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

/** Runs the tasks, at most so many at a time; a task that throws does not stop the others. */
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
