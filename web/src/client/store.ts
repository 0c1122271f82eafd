import { type Arrival, type Known, nothingKnown } from './known.ts';
import { isAnother } from './life.ts';
import { Listeners } from './listeners.ts';
import { merge } from './merge.ts';
import { isUnsettled, type StatusDocument } from './types.ts';

/** Ids of the requests that changed or went. */
export type Changes = readonly string[];

/** The newest of every request, and who wants to know. The merge itself is pure: merge.ts. */
export class Store {
  readonly #listeners: Listeners<Changes>;
  readonly #now: () => number;
  readonly #confirmed = new Map<string, number>();
  #known: Known = nothingKnown;
  #floor = '';
  #doubt = 0;
  #sorted: readonly StatusDocument[] | null = null;

  constructor(now: () => number, report: (message: string, error: unknown) => void) {
    this.#now = now;
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

  /**
   * The list as far as it is loaded, newest first; the same array until something changes. What
   * is known of older requests is not in it, so that it has no gaps.
   */
  all(): readonly StatusDocument[] {
    this.#sorted ??= this.#list();
    return this.#sorted;
  }

  /** The list is loaded down to this id, and with it; empty: to its end. */
  set floor(id: string) {
    this.#floor = id;
    this.#sorted = null;
  }

  /** Ids of what is known below the loaded part of the list, the last heard of first. */
  below(): string[] {
    return [...this.#known.heard]
      .filter(([id]) => id < this.#floor)
      .sort(([, one], [, other]) => other.at - one.at)
      .map(([id]) => id);
  }

  /** Ids of the requests of which there is more to come or to read. */
  unsettled(): string[] {
    return [...this.#known.documents.values()]
      .filter((document) => isUnsettled(document) || this.isDisputed(document.id))
      .map(({ id }) => id);
  }

  /** Ids of what is known from before the last {@link doubt} only. */
  uncertain(): string[] {
    return [...this.#known.documents.keys()].filter((id) => !this.isCertain(id));
  }

  /** From now on nothing is certain that is not heard again. */
  doubt(): void {
    this.#doubt = this.#known.moment + 1;
    this.#known = { ...this.#known, moment: this.#doubt };
  }

  /** Whether a request arrived since the last {@link doubt}, and no other life disputes it. */
  isCertain(id: string): boolean {
    return (this.#known.heard.get(id)?.at ?? -1) >= this.#doubt && !this.isDisputed(id);
  }

  /** Whether the server showed another life under the id, and no read has decided since. */
  isDisputed(id: string): boolean {
    return Boolean(this.#known.heard.get(id)?.disputed);
  }

  /** When the server last said what is known of a request, in epoch milliseconds. */
  confirmedAt(id: string): number | null {
    return this.#confirmed.get(id) ?? null;
  }

  /** Takes in what the server said and tells the listeners what changed by it. */
  take(arrival: Arrival): Changes {
    const { known, changed } = merge(this.#known, arrival);
    this.#known = known;
    this.#confirm(arrival);
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

  #list(): StatusDocument[] {
    const documents = [...this.#known.documents.values()];
    const oldest = documents
      .filter(({ id }) => id >= this.#floor)
      .reduce((least, document) => (created(document) < least ? created(document) : least), '~');
    const listed = documents.filter(
      (document) => document.id >= this.#floor || created(document) >= oldest,
    );
    return listed.sort(newestFirst);
  }

  #confirm(arrival: Arrival): void {
    if (arrival.kind === 'pushed') {
      this.#confirmDocument(arrival.document);
    } else if ('documents' in arrival) {
      arrival.documents.forEach((document) => this.#confirmDocument(document));
    } else {
      const ids = 'ids' in arrival ? arrival.ids : [arrival.id];
      ids.forEach((id) => this.#known.documents.has(id) || this.#confirmed.delete(id));
    }
  }

  /** What the server says of another request confirms nothing of the known one. */
  #confirmDocument(document: StatusDocument): void {
    const known = this.get(document.id);
    if (known !== undefined && !isAnother(known, document)) {
      this.#confirmed.set(document.id, this.#now());
    }
  }
}

function newestFirst(one: StatusDocument, other: StatusDocument): number {
  return descending(created(one), created(other)) || descending(one.id, other.id);
}

/** What has no time yet gets it when it is first worked on, so it is newer than all that have one. */
function created({ createdAt }: StatusDocument): string {
  return createdAt ?? '~';
}

function descending(one: string, other: string): number {
  return one === other ? 0 : one < other ? 1 : -1;
}
