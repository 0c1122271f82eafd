/**
 * Texts that survive a reload if the browser allows it. If the browser blocks site data, or the
 * storage is full, they last until the next reload.
 */
export class SiteData {
  static #isRefused = false;
  static readonly #listeners = new Set<() => void>();
  readonly #storage: () => Storage;
  /** The texts that the browser did not store. */
  readonly #kept = new Map<string, string>();

  /** @param storage - returns the storage. Called each time, because the access itself may fail */
  constructor(storage: () => Storage) {
    this.#storage = storage;
  }

  /** Whether the browser has refused to read or store something since the page was opened. */
  static get isRefused(): boolean {
    return SiteData.#isRefused;
  }

  /**
   * Calls the listener when {@link isRefused} becomes true.
   *
   * @returns a function that removes the listener
   */
  static onRefusal(listener: () => void): () => void {
    SiteData.#listeners.add(listener);
    return () => SiteData.#listeners.delete(listener);
  }

  /** Returns the text of this key, or null if there is none. Never throws. */
  getItem(key: string): string | null {
    return this.#kept.get(key) ?? this.#try((storage) => storage.getItem(key)) ?? null;
  }

  /**
   * Sets the text of this key. Never throws.
   *
   * @returns whether the text survives a reload
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

  /** Removes the text of this key. Never throws. */
  removeItem(key: string): void {
    this.#kept.delete(key);
    this.#try((storage) => storage.removeItem(key));
  }

  /** Removes every text whose key starts with the prefix. Never throws. */
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
      console.debug('statuswire: could not use site data; keeping it until a reload', error);
      if (!SiteData.#isRefused) {
        SiteData.#isRefused = true;
        SiteData.#listeners.forEach((listener) => listener());
      }
      return undefined;
    }
  }
}

/** The data of this tab. */
export const tabData = new SiteData(() => globalThis.sessionStorage);

/** The data that all tabs share, which remains after they are closed. */
export const sharedData = new SiteData(() => globalThis.localStorage);
