/** A set of listeners. If one throws, the error is reported and the others are still called. */
export class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly #report: (message: string, error: unknown) => void;

  constructor(report: (message: string, error: unknown) => void) {
    this.#report = report;
  }

  /** Whether there is no listener. */
  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  /**
   * Adds a listener; the returned function removes it.
   *
   * @throws TypeError if it is not a function
   */
  add(listener: (value: T) => void): () => void {
    if (typeof listener !== 'function') {
      throw new TypeError('a listener must be a function');
    }
    const own = (value: T) => listener(value);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Calls every listener. */
  notify(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.#report('a listener threw; calling the other listeners', error);
      }
    }
  }
}
