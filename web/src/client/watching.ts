import { isAnother } from './life.ts';
import type { Store } from './store.ts';
import { isUnsettled, type StatusDocument } from './types.ts';
import { deferred } from './waiting.ts';

/** Who watches which request; what is watched stays in memory. */
export class Watched {
  readonly #store: Store;
  readonly #lifetime: AbortSignal;
  readonly #watchers = new Map<string, number>();
  /** Why the last reads of watched requests of which nothing is known failed for good. */
  readonly #refused = new Map<string, unknown>();
  readonly #waiting = new Set<() => void>();

  constructor(store: Store, lifetime: AbortSignal) {
    this.#store = store;
    this.#lifetime = lifetime;
  }

  /** Counts one more watcher of this request until the returned function is called. */
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

  /** Whether a request is watched. */
  has(id: string): boolean {
    return this.#watchers.has(id);
  }

  /** What is watched although nothing is known of it yet: it must be read. */
  unknown(): string[] {
    return [...this.#watchers.keys()].filter((id) => this.#store.get(id) === undefined);
  }

  /** What is watched and unknown, and may be found by another read soon. */
  unread(): string[] {
    return this.unknown().filter((id) => !this.#refused.has(id));
  }

  /** Tells who waits for a request that a read of it failed, and not because of the moment. */
  refuse(id: string, error: unknown): void {
    if (this.has(id)) {
      this.#refused.set(id, error);
      this.#waiting.forEach((wake) => wake());
    }
  }

  /**
   * The newest document again and again, up to a settled one, a removal, or the end of the
   * lifetime. Another request under the same id means that the watched one was removed. Throws why
   * the request was refused if none was ever there.
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
