import { Listeners } from './listeners.ts';
import { type Arrival, type Known, merge, nothingKnown } from './merge.ts';
import { isUnsettled, type StatusDocument } from './types.ts';

/** Ids of the requests that changed or went. */
export type Changes = readonly string[];

/** The newest of every request, and who wants to know. The merge itself is pure: merge.ts. */
export class Store {
  readonly #listeners: Listeners<Changes>;
  #known: Known = nothingKnown;
  #sorted: readonly StatusDocument[] | null = null;

  constructor(report: (message: string, error: unknown) => void) {
    this.#listeners = new Listeners(report);
  }

  /** To be asked before a read is sent, and given with what it brought. */
  get moment(): number {
    return this.#known.moment;
  }

  /** The newest known document of a request. */
  get(id: string): StatusDocument | undefined {
    return this.#known.documents.get(id);
  }

  /** Every known request, newest first; the same array until something changes. */
  all(): readonly StatusDocument[] {
    this.#sorted ??= [...this.#known.documents.values()].sort(newestFirst);
    return this.#sorted;
  }

  /** Ids of the requests of which there is more to come or to read. */
  unsettled(): string[] {
    return this.all()
      .filter(isUnsettled)
      .map(({ id }) => id);
  }

  /** Takes in what the server said and tells the listeners what changed by it. */
  take(arrival: Arrival): Changes {
    const { known, changed } = merge(this.#known, arrival);
    this.#known = known;
    if (changed.length > 0) {
      this.#sorted = null;
      this.#listeners.tell(changed);
    }
    return changed;
  }

  /** Calls the listener with each change until the returned function is called. */
  onChange(listener: (changes: Changes) => void): () => void {
    return this.#listeners.add(listener);
  }
}

/** What has no time yet gets it when it is first worked on, so it is newer than all that have one. */
function newestFirst(one: StatusDocument, other: StatusDocument): number {
  return descending(one.createdAt ?? '~', other.createdAt ?? '~') || descending(one.id, other.id);
}

function descending(one: string, other: string): number {
  return one === other ? 0 : one < other ? 1 : -1;
}
