import type { Json } from '../client/types.ts';
import { type SiteData, tabData } from '../shared/site-data.ts';

const PREFIX = 'statuswire.form.';

/**
 * The form's data that survives a reload. Other programs may have changed it, so the reader must
 * validate it.
 */
export class Memory {
  readonly #data: SiteData;
  #isOver = false;

  /** @param data - stores the values; by default, this tab's data */
  constructor(data: SiteData = tabData) {
    this.#data = data;
  }

  /** Returns the value of this key; undefined if there is none, or it is not JSON. */
  read(key: string): Json | undefined {
    const text = this.#data.getItem(PREFIX + key);
    try {
      return text === null ? undefined : (JSON.parse(text) as Json);
    } catch {
      return undefined;
    }
  }

  write(key: string, value: Json): void {
    if (!this.#isOver) {
      this.#data.setItem(PREFIX + key, JSON.stringify(value));
    }
  }

  /** Deletes everything, and ignores all later writes, because another user may be next. */
  clear(): void {
    this.#isOver = true;
    this.#data.clear(PREFIX);
  }
}
