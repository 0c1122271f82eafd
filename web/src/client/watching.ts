import { isAnother } from './life.ts';
import type { Store } from './store.ts';
import { isUnsettled, type StatusDocument } from './types.ts';
import { deferred } from './waiting.ts';

/** The watched requests, with the number of watchers of each. Watched requests stay in memory. */
export class Watched {
  readonly #store: Store;
  readonly #lifetime: AbortSignal;
  readonly #watchers = new Map<string, number>();
  /** The errors of watched, unknown requests whose last read failed permanently. */
  readonly #refused = new Map<string, unknown>();
  readonly #waiting = new Set<() => void>();

  constructor(store: Store, lifetime: AbortSignal) {
    this.#store = store;
    this.#lifetime = lifetime;
  }

  /** Adds a watcher of this request until the returned function is called. */
  add(id: string): () => void {
    this.#refused.delete(id);
    this.#watchers.set(id, (this.#watchers.get(id) ?? 0) + 1);
    return () => {
      const left = (this.#watchers.get(id) ?? 1) - 1;
      if (left > 0) {
        this.#watchers.set(id, left);
      } else {
        this.#watchers.delete(id);
        this.#refused.delete(id);
      }
    };
  }

  /** Returns whether a request is watched. */
  has(id: string): boolean {
    return this.#watchers.has(id);
  }

  /** Returns the ids of watched requests that are unknown and must be read. */
  unknown(): string[] {
    return [...this.#watchers.keys()].filter((id) => this.#store.get(id) === undefined);
  }

  /** Returns the ids of watched, unknown requests, except those whose read failed permanently. */
  unread(): string[] {
    return this.unknown().filter((id) => !this.#refused.has(id));
  }

  /** Notifies the watchers of a request that a read of it failed permanently. */
  refuse(id: string, error: unknown): void {
    if (this.has(id)) {
      this.#refused.set(id, error);
      this.#waiting.forEach((wake) => wake());
    }
  }

  /**
   * Yields the newest document after each change, until a settled document, a removal, or the end
   * of the lifetime. If another request takes the id, the watched one was removed. Throws the error
   * of the read if there was never a document.
   */
  async *documents(id: string): AsyncGenerator<StatusDocument, void, void> {
    let given: StatusDocument | undefined;
    while (!this.#lifetime.aborted) {
      const document = this.#store.get(id);
      if (document && given && isAnother(document, given)) {
        return;
      }
      if (document !== undefined && document !== given) {
        given = document;
        yield document;
      } else if (given !== undefined && (document === undefined || !isUnsettled(given))) {
        return;
      } else if (given === undefined && this.#refused.has(id)) {
        throw this.#refused.get(id);
      } else {
        await this.#change(id);
      }
    }
  }

  #change(id: string): Promise<void> {
    const changed = deferred();
    const release = this.#store.onChange((ids) => ids.includes(id) && changed.resolve());
    const stop = () => changed.resolve();
    this.#lifetime.addEventListener('abort', stop);
    this.#waiting.add(stop);
    return changed.promise.finally(() => {
      release();
      this.#waiting.delete(stop);
      this.#lifetime.removeEventListener('abort', stop);
    });
  }
}
