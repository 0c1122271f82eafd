import { isAnother } from './life.ts';
import type { Store } from './store.ts';
import { isUnsettled, type StatusDocument } from './types.ts';
import { deferred } from './waiting.ts';

/** Who watches which request; what is watched stays in memory. */
export class Watched {
  readonly #store: Store;
  readonly #lifetime: AbortSignal;
  readonly #watchers = new Map<string, number>();

  constructor(store: Store, lifetime: AbortSignal) {
    this.#store = store;
    this.#lifetime = lifetime;
  }

  /** Counts one more watcher of this request until the returned function is called. */
  add(id: string): () => void {
    this.#watchers.set(id, (this.#watchers.get(id) ?? 0) + 1);
    return () => {
      const left = (this.#watchers.get(id) ?? 1) - 1;
      if (left > 0) {
        this.#watchers.set(id, left);
      } else {
        this.#watchers.delete(id);
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

  /**
   * The newest document again and again, up to a settled one, a removal, or the end of the
   * lifetime. Another request under the same id means that the watched one was removed.
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
    return changed.promise.finally(() => {
      release();
      this.#lifetime.removeEventListener('abort', stop);
    });
  }
}
