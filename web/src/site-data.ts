/**
 * Texts that outlive a reload if the browser allows it, and last until a reload if it does not: if
 * it blocks site data, or if the storage is full.
 */
export class SiteData {
  static #isRefused = false;
  static readonly #listeners = new Set<() => void>();
  readonly #storage: () => Storage;
  /** What the browser did not take. */
  readonly #kept = new Map<string, string>();

  /** @param storage - called each time, since a browser may already refuse the access to it */
  constructor(storage: () => Storage) {
    this.#storage = storage;
  }

  /** Whether the browser has refused to read or to keep something since the page was opened. */
  static get isRefused(): boolean {
    return SiteData.#isRefused;
  }

  /**
   * Calls the listener once {@link isRefused} becomes true.
   *
   * @returns a function that ends it
   */
  static onRefusal(listener: () => void): () => void {
    SiteData.#listeners.add(listener);
    return () => SiteData.#listeners.delete(listener);
  }

  /** Returns the text of this key, or null; never throws. */
  getItem(key: string): string | null {
    return this.#kept.get(key) ?? this.#try((storage) => storage.getItem(key)) ?? null;
  }

  /**
   * Sets the text of this key; never throws.
   *
   * @returns whether it outlives a reload
   */
  setItem(key: string, value: string): boolean {
    this.removeItem(key);
    const isKept =
      this.#try((storage) => {
        storage.setItem(key, value);
        return true;
      }) ?? false;
    if (!isKept) {
      this.#kept.set(key, value);
    }
    return isKept;
  }

  /** Removes the text of this key; never throws. */
  removeItem(key: string): void {
    this.#kept.delete(key);
    this.#try((storage) => storage.removeItem(key));
  }

  /** Removes every text whose key starts like this; never throws. */
  clear(prefix: string): void {
    const stored = this.#try((storage) => Object.keys(storage)) ?? [];
    [...this.#kept.keys(), ...stored]
      .filter((key) => key.startsWith(prefix))
      .forEach((key) => this.removeItem(key));
  }

  #try<T>(action: (storage: Storage) => T): T | undefined {
    try {
      return action(this.#storage());
    } catch (error) {
      console.debug('statuswire: the browser keeps no site data; it is lost with a reload', error);
      if (!SiteData.#isRefused) {
        SiteData.#isRefused = true;
        SiteData.#listeners.forEach((listener) => listener());
      }
      return undefined;
    }
  }
}

/** What belongs to this tab. */
export const tabData = new SiteData(() => globalThis.sessionStorage);

/** What all tabs share, also after they were closed. */
export const sharedData = new SiteData(() => globalThis.localStorage);
