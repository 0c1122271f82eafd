import type { Environment } from './environment.ts';
import { ProblemError, waitAskedBy } from './problem.ts';
import { fullJitter, Pause } from './waiting.ts';

/** Bounds of the pace of one thing that is polled, in milliseconds; the list's is never slow. */
const FASTEST = 1_000;
const SLOWEST = 10_000;
const LIST_SLOWEST = 4_000;

/** A list that has not come by then is asked for once more beside, in milliseconds. */
const LIST_ANSWER_WITHIN = 2_500;
const PARALLEL = 4;

/** The name under which the list itself is polled; no request id has a star. */
const LIST = '*';

/** What the poller needs of the rest of the client. */
export interface PollingUser {
  /** Ids that are worth a read now. */
  wanted(): readonly string[];
  /** Reads the first page of the list; whether something changed by it. */
  readFirstPage(): Promise<boolean>;
  /** Reads one status; whether it changed. */
  readStatus(id: string): Promise<boolean>;
  /** Called with true after each answer, with false where none comes. */
  setReachable(reachable: boolean): void;
}

interface Pace {
  readonly interval: number;
  readonly due: number;
}

/**
 * Reads again and again while there is no socket: what changes each second, the rest less often.
 * Of a server that does not answer only the list is asked for, until it does.
 */
export class Poller {
  readonly #environment: Environment;
  readonly #user: PollingUser;
  readonly #pause: Pause;
  readonly #paces = new Map<string, Pace>();
  /** What is being read, but for the list. */
  readonly #running = new Set<string>();
  #needed = true;
  #failures = 0;
  #answers = 0;

  constructor(environment: Environment, user: PollingUser) {
    this.#environment = environment;
    this.#user = user;
    this.#pause = new Pause(environment);
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#needed) {
        this.#startWhatIsDue();
      }
      await this.#pause.wait(this.#needed ? this.#untilDue() : null, signal);
    }
  }

  /** Polling starts at once where it was not needed before, and stops where it is not any more. */
  need(needed: boolean): void {
    if (needed !== this.#needed) {
      this.#needed = needed;
      this.soon();
    }
  }

  /** Everything is due now. */
  soon(): void {
    this.#paces.clear();
    this.#pause.wake();
  }

  /** These have just changed, so they may soon again. */
  changed(ids: readonly string[]): void {
    if (this.#needed) {
      ids.forEach((id) => this.#next(id, FASTEST));
      this.#pause.wake();
    }
  }

  #startWhatIsDue(): void {
    const now = this.#environment.now();
    for (const name of this.#names()) {
      if (this.#mayStart(name) && (this.#paces.get(name)?.due ?? 0) <= now) {
        void this.#read(name);
      }
    }
  }

  #mayStart(name: string): boolean {
    return name === LIST || (!this.#running.has(name) && this.#running.size < PARALLEL);
  }

  /** What is to be polled; each gets its pace here, and loses it when it is not wanted any more. */
  #names(): string[] {
    const wanted = this.#failures > 0 ? [] : this.#user.wanted();
    const gone = new Set(this.#paces.keys());
    gone.delete(LIST);
    for (const id of wanted) {
      gone.delete(id);
      if (!this.#paces.has(id)) {
        this.#next(id, FASTEST);
      }
    }
    gone.forEach((id) => this.#paces.delete(id));
    return [LIST, ...wanted];
  }

  /** Reads one and sets its next pace. An answer may never come: another list is asked for then. */
  async #read(name: string): Promise<void> {
    const { interval } = this.#paces.get(name) ?? { interval: FASTEST };
    const answers = this.#answers;
    if (name === LIST) {
      this.#paces.set(name, { interval, due: this.#environment.now() + LIST_ANSWER_WITHIN });
    } else {
      this.#running.add(name);
    }
    try {
      const read = name === LIST ? this.#user.readFirstPage() : this.#user.readStatus(name);
      this.#next(name, (await read) ? FASTEST : interval * 1.5);
      this.#answered();
    } catch (error) {
      this.#failed(name, interval, error, answers);
    } finally {
      this.#running.delete(name);
      this.#pause.wake();
    }
  }

  #answered(): void {
    this.#answers++;
    this.#failures = 0;
    if (this.#needed) {
      this.#user.setReachable(true);
    }
  }

  /** The server is away where it does not answer for the list, nor for anything else meanwhile. */
  #failed(name: string, interval: number, error: unknown, answers: number): void {
    const problem = error instanceof ProblemError ? error : null;
    this.#backOff(name, interval * 2, waitAskedBy(error));
    if (problem !== null && problem.status < 500) {
      this.#answered();
    } else if (name === LIST && answers === this.#answers) {
      this.#failures++;
      if (this.#needed) {
        this.#user.setReachable(false);
      }
    }
  }

  /** Spread a little, so that many pages do not ask in step. */
  #next(name: string, wish: number): void {
    const slowest = name === LIST ? LIST_SLOWEST : SLOWEST;
    const interval = Math.min(slowest, Math.max(FASTEST, wish));
    const spread = 0.9 + 0.2 * this.#environment.random();
    this.#paces.set(name, { interval, due: this.#environment.now() + interval * spread });
  }

  /** Spread widely: a server that comes back is not met by all pages at once. */
  #backOff(name: string, wish: number, atLeast: number): void {
    const jitter = fullJitter(this.#failures, FASTEST, LIST_SLOWEST, this.#environment.random());
    const due = this.#environment.now() + Math.max(jitter, atLeast, FASTEST / 2);
    this.#paces.set(name, { interval: Math.min(SLOWEST, wish), due });
  }

  #untilDue(): number {
    const now = this.#environment.now();
    const names = this.#names().filter((name) => this.#mayStart(name));
    return Math.max(0, Math.min(...names.map((name) => this.#paces.get(name)?.due ?? now)) - now);
  }
}
