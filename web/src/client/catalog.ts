import type { Environment } from './environment.ts';
import type { Http } from './http.ts';
import { stringifyJson } from './json.ts';
import { Listeners } from './listeners.ts';
import { retryAfterIn } from './problem.ts';
import type { RequestType } from './types.ts';
import { Pause } from './waiting.ts';

/** How long to wait before another try to read the types, in milliseconds. */
const AGAIN = 3_000;

/** Reads the request types for its listeners. Without listeners, it reads nothing. */
export class Catalog {
  readonly #http: Http;
  readonly #environment: Environment;
  readonly #lifetime: AbortSignal;
  readonly #listeners: Listeners<RequestType[]>;
  #isReading = false;
  /** Whether the types may have changed since the last read was sent. */
  #isStale = false;

  constructor(http: Http, environment: Environment, lifetime: AbortSignal) {
    this.#http = http;
    this.#environment = environment;
    this.#lifetime = lifetime;
    this.#listeners = new Listeners(environment.report);
  }

  /** Calls the listener with the types, and again whenever they have changed. */
  onChange(listener: (types: RequestType[]) => void): () => void {
    let known = '';
    const remove = this.#listeners.add((types) => {
      const text = stringifyJson(types);
      if (text !== known) {
        known = text;
        listener(types);
      }
    });
    this.refresh();
    return remove;
  }

  /** Reads the types again, because they may have changed. */
  refresh(): void {
    this.#isStale = true;
    if (!this.#isReading) {
      void this.#read();
    }
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    const pause = new Pause(this.#environment);
    while (this.#isStale && !this.#listeners.isEmpty && !this.#lifetime.aborted) {
      this.#isStale = false;
      try {
        this.#listeners.notify(await this.#http.types());
      } catch (error) {
        this.#isStale = true;
        this.#environment.report('could not read the request types; will retry', error);
        await pause.wait(Math.max(AGAIN, retryAfterIn(error)), this.#lifetime);
      }
    }
    this.#isReading = false;
  }
}
