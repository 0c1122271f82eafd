import type { Environment } from './environment.ts';
import { ProblemError } from './problem.ts';
import { atMost, Pause } from './waiting.ts';

/** Bounds of the pace of one thing that is polled, in milliseconds. */
const FASTEST = 1_000;
const SLOWEST = 10_000;
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
  /** Called after every round with whether any read of it was answered. */
  setReachable(reachable: boolean): void;
}

interface Pace {
  readonly interval: number;
  readonly due: number;
}

/** Reads again and again while there is no socket: what changes each second, the rest less often. */
export class Poller {
  readonly #environment: Environment;
  readonly #user: PollingUser;
  readonly #pause: Pause;
  readonly #paces = new Map<string, Pace>();
  #needed = true;

  constructor(environment: Environment, user: PollingUser) {
    this.#environment = environment;
    this.#user = user;
    this.#pause = new Pause(environment);
  }

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#needed) {
        await this.#round();
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

  async #round(): Promise<void> {
    const now = this.#environment.now();
    const due = this.#names().filter((name) => (this.#paces.get(name)?.due ?? 0) <= now);
    const answers: boolean[] = [];
    await atMost(
      PARALLEL,
      due.map((name) => async () => void answers.push(await this.#read(name))),
    );
    if (answers.length > 0 && this.#needed) {
      this.#user.setReachable(answers.includes(true));
    }
  }

  /** What is to be polled; each gets its pace here, and loses it when it is not wanted any more. */
  #names(): string[] {
    const wanted = this.#user.wanted();
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

  /** Reads one and sets its next pace; whether the server answered with what was asked for. */
  async #read(name: string): Promise<boolean> {
    const { interval } = this.#paces.get(name) ?? { interval: FASTEST };
    try {
      const changed = await (name === LIST
        ? this.#user.readFirstPage()
        : this.#user.readStatus(name));
      this.#next(name, changed ? FASTEST : interval * 1.5);
      return true;
    } catch (error) {
      const asked = error instanceof ProblemError ? (error.retryAfter ?? 0) : 0;
      this.#next(name, interval * 2, asked);
      return error instanceof ProblemError && error.status < 500;
    }
  }

  /** Spread a little, so that many pages do not ask in step. */
  #next(name: string, wish: number, atLeast = 0): void {
    const interval = Math.min(SLOWEST, Math.max(FASTEST, wish));
    const spread = interval * (0.9 + 0.2 * this.#environment.random());
    const due = this.#environment.now() + Math.max(spread, atLeast);
    this.#paces.set(name, { interval, due });
  }

  #untilDue(): number {
    const now = this.#environment.now();
    const dues = this.#names().map((name) => this.#paces.get(name)?.due ?? now);
    return Math.max(0, Math.min(...dues) - now);
  }
}
