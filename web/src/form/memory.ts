import type { Json } from '../client/types.ts';
import { type SiteData, tabData } from '../site-data.ts';

const PREFIX = 'statuswire.form.';

/** What the form remembers. What other programs left there is for the reader to judge. */
export class Memory {
  readonly #data: SiteData;
  #isOver = false;

  /** @param data - what keeps the values; this tab's data by default */
  constructor(data: SiteData = tabData) {
    this.#data = data;
  }

  /** Returns the value of this key; undefined if there is none, or none that is JSON. */
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

  /** Forgets everything, and all that is written from now on: another person may be next. */
  clear(): void {
    this.#isOver = true;
    this.#data.clear(PREFIX);
  }
}
