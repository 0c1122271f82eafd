import type { Json } from '../client/types.ts';

const PREFIX = 'statuswire.form.';

/**
 * What the form remembers over a reload, in the storage of its tab; where that fails, or is full,
 * until a reload. What other programs left there is for the reader to judge.
 */
export class Memory {
  readonly #storage: () => Storage;
  readonly #kept = new Map<string, Json>();

  /** @param storage - asked each time, since merely to ask for it may be refused */
  constructor(storage: () => Storage = () => globalThis.sessionStorage) {
    this.#storage = storage;
  }

  read(key: string): Json | undefined {
    if (!this.#kept.has(key)) {
      this.#try(() => {
        const text = this.#storage().getItem(PREFIX + key);
        if (text !== null) {
          this.#kept.set(key, JSON.parse(text) as Json);
        }
      });
    }
    return this.#kept.get(key);
  }

  write(key: string, value: Json): void {
    this.#kept.set(key, value);
    this.#try(() => this.#storage().setItem(PREFIX + key, JSON.stringify(value)));
  }

  /** Forgets everything: another person may be next at this tab. */
  clear(): void {
    this.#kept.clear();
    this.#try(() => {
      const storage = this.#storage();
      Object.keys(storage)
        .filter((key) => key.startsWith(PREFIX))
        .forEach((key) => storage.removeItem(key));
    });
  }

  #try(action: () => void): void {
    try {
      action();
    } catch (error) {
      console.debug('statuswire: what is typed may be lost with a reload', error);
    }
  }
}
