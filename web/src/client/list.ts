import type { Http } from './http.ts';
import { ProblemError } from './problem.ts';
import type { Store } from './store.ts';
import type { RequestPage } from './types.ts';
import { atMost } from './waiting.ts';
import type { Watched } from './watching.ts';

/** The size of the first page, which is polled, and the server's largest page size. */
const FIRST = 50;
const PAGE = 100;

/** The smallest page that is requested if larger ones are too large for the server to send. */
const FEWEST = 10;

/** The statuses with which a server or a gateway responds if a page is too large to send. */
const TOO_LARGE = new Set([413, 500, 502]);

/**
 * How many known finished requests below the loaded part of the list are kept current. Watched and
 * unfinished requests are always kept current.
 */
const OLDER_KEPT = 20;
const PARALLEL = 4;

/**
 * A list that has grown longer than this without a call to load more is truncated at its next read.
 */
const GROWN = 1000;

/** How many pages are read at most to find one that contains requests. */
const MOST_EMPTY = 10;

/** The position at which the next older page starts. */
interface End {
  readonly id: string;
  readonly cursor: string;
}

/** The result of reading a page. */
interface Page {
  /** Null after the last page. */
  readonly end: End | null;
  /** Whether every document of the page was used. */
  readonly isWhole: boolean;
  readonly isEmpty: boolean;
  readonly changed: boolean;
}

/**
 * The loaded part of the list: its newest pages. Each page is read as the complete range between
 * two ids, so a request that is missing from it is known to be gone.
 */
export class LoadedList {
  readonly #http: Http;
  readonly #store: Store;
  readonly #watched: Watched;
  readonly #readStatus: (id: string) => Promise<unknown>;
  /** Undefined until the first page has been read; null once the whole list is loaded. */
  #end: End | null | undefined;
  #older: Promise<boolean> | null = null;
  /** Whether the user has loaded older requests. */
  #hasLoadedOlder = false;

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

  /** Reads the first page, and returns whether that changed anything. */
  async first(): Promise<boolean> {
    const { end, changed } = await this.#firstPage(FIRST);
    this.#reachAtLeast(end);
    return changed;
  }

  /**
   * Reads the first page that contains requests: the server may leave out everything that it read
   * for a page.
   */
  async #firstPage(limit: number, floor?: string): Promise<Page> {
    let page = await this.#page(null, limit, floor);
    for (let empty = 1; page.isEmpty && page.end !== null && empty < MOST_EMPTY; empty++) {
      page = await this.#page(page.end, limit, floor);
    }
    return page;
  }

  /** Reads the next older page, one at a time, and returns whether the list has more after it. */
  older(): Promise<boolean> {
    this.#hasLoadedOlder = true;
    this.#older ??= this.#nextPage().finally(() => (this.#older = null));
    return this.#older;
  }

  /**
   * Reads again exactly the loaded part, and the other known requests. If the list has grown very
   * long without a call to {@link older}, truncates it to its newest part.
   */
  async readAgain(): Promise<void> {
    const loaded = this.#store.all().length;
    const isGrown = !this.#hasLoadedOlder && loaded > GROWN;
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
    await this.#refreshOlder();
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
   * @param floor - documents of the page below this id are used only if their request is already
   *   known
   */
  async #page(from: End | null, limit: number, floor = ''): Promise<Page> {
    const since = this.#store.moment;
    const page = await this.#pageThatFits(from, limit);
    const end = endOf(page, from);
    const downTo = end?.id ?? '';
    const documents = page.requests.filter(({ id }) => id >= floor || this.#store.get(id));
    const changes = this.#store.apply({
      kind: 'listed',
      documents,
      range: { below: from?.id ?? null, downTo: downTo > floor ? downTo : floor },
      since,
    });
    const isWhole = documents.length === page.requests.length;
    return { end, isWhole, isEmpty: page.requests.length === 0, changed: changes.length > 0 };
  }

  /** Reads a page, with fewer requests if the page is too large for the server to send. */
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

  /** Reads the requests below the loaded part that are kept current, and forgets the others. */
  async #refreshOlder(): Promise<void> {
    const older = this.#store.below();
    const wanted = new Set([
      ...this.#watched.unknown(),
      ...older.filter((id) => this.#watched.has(id) || this.#store.isUnsettled(id)),
    ]);
    const others = older.filter((id) => !wanted.has(id));
    this.#store.apply({ kind: 'forgotten', ids: others.slice(OLDER_KEPT) });
    await atMost(
      PARALLEL,
      [...wanted, ...others.slice(0, OLDER_KEPT)].map(
        (id) => async () => void (await this.#readStatus(id)),
      ),
    );
  }
}

/** Returns whether the first end lies further down in the list than the second. */
function isFurther(one: End | null | undefined, other: End | null | undefined): boolean {
  if (one === undefined || other === undefined || other === null) {
    return false;
  }
  return one === null || one.id < other.id;
}

/** Returns the end of a page. If a page has only a cursor, its last id is unknown. */
function endOf({ requests, next }: RequestPage, from: End | null): End | null {
  if (next === null) {
    return null;
  }
  const ids = requests.map(({ id }) => id).sort(); // A page is sorted by age.
  return { id: ids[0] ?? from?.id ?? '\uffff', cursor: next };
}
