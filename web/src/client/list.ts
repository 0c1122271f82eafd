import type { Http } from './http.ts';
import type { Store } from './store.ts';
import type { RequestPage } from './types.ts';
import { atMost } from './waiting.ts';

/** The first page, which is polled, and the largest that the server gives. */
const FIRST = 50;
const PAGE = 100;

/** How many requests are looked after that are known, but older than what is loaded of the list. */
const OLDER_KEPT = 20;
const PARALLEL = 4;

/** A list that is longer without anybody having asked for it is cut at its next reading. */
const GROWN = 1000;

/** Where the next older page begins. */
interface End {
  readonly id: string;
  readonly cursor: string;
}

/**
 * The loaded part of the list: its newest pages, each read as what is there between two ids, so
 * that what is missing from it is known to be gone.
 */
export class LoadedList {
  readonly #http: Http;
  readonly #store: Store;
  readonly #readStatus: (id: string) => Promise<unknown>;
  /** Undefined before the first page was read, null once the whole list is loaded. */
  #end: End | null | undefined;
  #older: Promise<boolean> | null = null;
  /** Whether somebody wanted more than what came by itself. */
  #asked = false;

  constructor(http: Http, store: Store, readStatus: (id: string) => Promise<unknown>) {
    this.#http = http;
    this.#store = store;
    this.#readStatus = readStatus;
  }

  /** Whether the whole list is loaded. */
  get isComplete(): boolean {
    return this.#end === null;
  }

  /** Reads the first page; whether something changed by it. */
  async first(): Promise<boolean> {
    const { end, changed } = await this.#page(null, FIRST);
    if (this.#end === undefined || isFurther(end, this.#end)) {
      this.#reach(end);
    }
    return changed;
  }

  /** Reads the next older page, one at a time; whether there is more after it. */
  older(): Promise<boolean> {
    this.#asked = true;
    this.#older ??= this.#nextPage().finally(() => (this.#older = null));
    return this.#older;
  }

  /**
   * Reads everything again that is loaded, and what is known besides. What grew very long by
   * itself is cut down to its newest part.
   */
  async again(): Promise<void> {
    const isGrown = !this.#asked && this.#store.all().length > GROWN;
    const reached = isGrown ? undefined : this.#end;
    let end: End | null = null;
    do {
      ({ end } = await this.#page(end, reached === undefined ? FIRST : PAGE));
    } while (end !== null && isFurther(reached, end));
    this.#reach(end && reached && isFurther(end, reached) ? reached : end);
    await this.#lookAfterOlder();
  }

  async #nextPage(): Promise<boolean> {
    if (this.#end === undefined) {
      await this.first();
    } else if (this.#end !== null) {
      const from = this.#end;
      const { end } = await this.#page(from, PAGE);
      if (this.#end === from) {
        this.#reach(end);
      }
    }
    return !this.isComplete;
  }

  async #page(from: End | null, limit: number): Promise<{ end: End | null; changed: boolean }> {
    const since = this.#store.moment;
    const page = await this.#http.list({ limit, ...(from && { cursor: from.cursor }) });
    const end = endOf(page, from);
    const changes = this.#store.take({
      kind: 'listed',
      documents: page.requests,
      range: { below: from?.id ?? null, downTo: end?.id ?? '' },
      since,
    });
    return { end, changed: changes.length > 0 };
  }

  #reach(end: End | null): void {
    this.#end = end;
    this.#store.floor = end?.id ?? '';
  }

  async #lookAfterOlder(): Promise<void> {
    const older = this.#store.below();
    this.#store.take({ kind: 'forgotten', ids: older.slice(OLDER_KEPT) });
    await atMost(
      PARALLEL,
      older.slice(0, OLDER_KEPT).map((id) => async () => void (await this.#readStatus(id))),
    );
  }
}

/** Whether the one end lies further down in the list than the other. */
function isFurther(one: End | null | undefined, other: End | null | undefined): boolean {
  if (one === undefined || other === undefined || other === null) {
    return false;
  }
  return one === null || one.id < other.id;
}

/** A page may have no more than a cursor: nothing is known then of where it ends. */
function endOf({ requests, next }: RequestPage, from: End | null): End | null {
  if (next === null) {
    return null;
  }
  const id = requests.at(-1)?.id ?? from?.id ?? '\uffff';
  return { id, cursor: next };
}
