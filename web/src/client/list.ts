import type { Http } from './http.ts';
import { ProblemError } from './problem.ts';
import type { Store } from './store.ts';
import type { RequestPage } from './types.ts';
import { atMost } from './waiting.ts';
import type { Watched } from './watching.ts';

/** The first page, which is polled, and the largest that the server gives. */
const FIRST = 50;
const PAGE = 100;

/** How few requests are asked for where the server cannot send more at once. */
const FEWEST = 10;

/** Answers of a server, or of a gateway before it, whose page would be too large to send. */
const TOO_LARGE = new Set([413, 500, 502]);

/**
 * How many finished requests are looked after that are known, but older than what is loaded of the
 * list. What is watched or unfinished is looked after in any case.
 */
const OLDER_KEPT = 20;
const PARALLEL = 4;

/** A list that is longer without anybody having asked for it is cut at its next reading. */
const GROWN = 1000;

/** How many pages without a request are read for one that has some. */
const MOST_EMPTY = 10;

/** Where the next older page begins. */
interface End {
  readonly id: string;
  readonly cursor: string;
}

/** What the reading of a page brought. */
interface Page {
  /** Null after the last page. */
  readonly end: End | null;
  /** Whether everything in it was taken. */
  readonly isWhole: boolean;
  readonly isEmpty: boolean;
  readonly changed: boolean;
}

/**
 * The loaded part of the list: its newest pages, each read as what is there between two ids, so
 * that what is missing from it is known to be gone.
 */
export class LoadedList {
  readonly #http: Http;
  readonly #store: Store;
  readonly #watched: Watched;
  readonly #readStatus: (id: string) => Promise<unknown>;
  /** Undefined before the first page was read, null once the whole list is loaded. */
  #end: End | null | undefined;
  #older: Promise<boolean> | null = null;
  /** Whether somebody wanted more than what came by itself. */
  #asked = false;

  constructor(
    http: Http,
    store: Store,
    watched: Watched,
    readStatus: (id: string) => Promise<unknown>,
  ) {
    this.#http = http;
    this.#store = store;
    this.#watched = watched;
    this.#readStatus = readStatus;
  }

  /** Whether the whole list is loaded. */
  get isComplete(): boolean {
    return this.#end === null;
  }

  /** Reads the first page; whether something changed by it. */
  async first(): Promise<boolean> {
    const { end, changed } = await this.#firstPage(FIRST);
    this.#reachAtLeast(end);
    return changed;
  }

  /** Reads the first page that has requests: the server may leave out all that it read for one. */
  async #firstPage(limit: number, floor?: string): Promise<Page> {
    let page = await this.#page(null, limit, floor);
    for (let empty = 1; page.isEmpty && page.end !== null && empty < MOST_EMPTY; empty++) {
      page = await this.#page(page.end, limit, floor);
    }
    return page;
  }

  /** Reads the next older page, one at a time; whether there is more after it. */
  older(): Promise<boolean> {
    this.#asked = true;
    this.#older ??= this.#nextPage().finally(() => (this.#older = null));
    return this.#older;
  }

  /**
   * Reads again exactly what is loaded, and what is known besides. What grew very long by itself is
   * cut down to its newest part.
   */
  async again(): Promise<void> {
    const loaded = this.#store.all().length;
    const isGrown = !this.#asked && loaded > GROWN;
    const reached = isGrown ? undefined : this.#end;
    const isFirst = isGrown || loaded <= FIRST;
    let page = await this.#firstPage(isFirst ? FIRST : PAGE, isFirst ? '' : reached?.id);
    if (isGrown) {
      this.#reach(page.end);
    } else if (isFirst) {
      this.#reachAtLeast(page.end);
    }
    while (page.end !== null && isFurther(reached, page.end)) {
      page = await this.#page(page.end, PAGE, reached?.id);
    }
    if (page.end === null && page.isWhole) {
      this.#reachAtLeast(null);
    }
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

  /**
   * Reads one page.
   *
   * @param floor - what the page has below this id is taken only where it is known already
   */
  async #page(from: End | null, limit: number, floor = ''): Promise<Page> {
    const since = this.#store.moment;
    const page = await this.#pageThatFits(from, limit);
    const end = endOf(page, from);
    const downTo = end?.id ?? '';
    const documents = page.requests.filter(({ id }) => id >= floor || this.#store.get(id));
    const changes = this.#store.take({
      kind: 'listed',
      documents,
      range: { below: from?.id ?? null, downTo: downTo > floor ? downTo : floor },
      since,
    });
    const isWhole = documents.length === page.requests.length;
    return { end, isWhole, isEmpty: page.requests.length === 0, changed: changes.length > 0 };
  }

  /** Asks for fewer requests where so many of them are too large to be sent. */
  async #pageThatFits(from: End | null, limit: number): Promise<RequestPage> {
    try {
      return await this.#http.list({ limit, cursor: from?.cursor });
    } catch (error) {
      const fewer = Math.floor(limit / 2);
      if (error instanceof ProblemError && TOO_LARGE.has(error.status) && fewer >= FEWEST) {
        return this.#pageThatFits(from, fewer);
      }
      throw error;
    }
  }

  #reachAtLeast(end: End | null): void {
    if (this.#end === undefined || isFurther(end, this.#end)) {
      this.#reach(end);
    }
  }

  #reach(end: End | null): void {
    this.#end = end;
    this.#store.floor = end?.id ?? '';
  }

  async #lookAfterOlder(): Promise<void> {
    const older = this.#store.below();
    const wanted = new Set([
      ...this.#watched.unknown(),
      ...older.filter((id) => this.#watched.has(id) || this.#store.isUnsettled(id)),
    ]);
    const others = older.filter((id) => !wanted.has(id));
    this.#store.take({ kind: 'forgotten', ids: others.slice(OLDER_KEPT) });
    await atMost(
      PARALLEL,
      [...wanted, ...others.slice(0, OLDER_KEPT)].map(
        (id) => async () => void (await this.#readStatus(id)),
      ),
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
  const ids = requests.map(({ id }) => id).sort(); // A page is sorted by age.
  return { id: ids[0] ?? from?.id ?? '\uffff', cursor: next };
}
