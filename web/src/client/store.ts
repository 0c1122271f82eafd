import { type Arrival, type Known, nothingKnown } from './known.ts';
import { isAnother } from './life.ts';
import { Listeners } from './listeners.ts';
import { merge } from './merge.ts';
import { isUnsettled, type StatusDocument } from './types.ts';

/** The ids of requests that changed or were removed. */
export type Changes = readonly string[];

/**
 * The newest document of every known request, and the listeners for changes. merge.ts contains the
 * pure merge function.
 */
export class Store {
  readonly #listeners: Listeners<Changes>;
  readonly #unclear: Listeners<Changes>;
  readonly #now: () => number;
  readonly #confirmed = new Map<string, number>();
  /** The ids of the known requests that this client submitted. */
  readonly #submitted = new Set<string>();
  #known: Known = nothingKnown;
  #floor = '';
  #staleBefore = 0;
  #sorted: readonly StatusDocument[] | null = null;

  constructor(now: () => number, report: (message: string, error: unknown) => void) {
    this.#now = now;
    this.#listeners = new Listeners(report);
    this.#unclear = new Listeners(report);
  }

  /** The current moment. Get it before sending a read, and pass it with the read's result. */
  get moment(): number {
    return this.#known.moment;
  }

  /** Returns the newest known document of a request. */
  get(id: string): StatusDocument | undefined {
    return this.#known.documents.get(id);
  }

  /**
   * Returns the loaded part of the list, newest first, as the server sorts a page. Below the loaded
   * part it contains only the requests that this client submitted, so the loaded part has no gaps.
   * The array is the same object until something changes.
   */
  all(): readonly StatusDocument[] {
    this.#sorted ??= [...this.#known.documents.values()]
      .filter(({ id }) => this.#isListed(id))
      .sort(byAge);
    return this.#sorted;
  }

  /**
   * Sets the lowest loaded id of the list; the empty string means that the whole list is loaded.
   */
  set floor(id: string) {
    const before = this.#floor;
    this.#floor = id;
    this.#sorted = null;
    const moved = [...this.#known.documents.keys()].filter((one) => one >= before !== one >= id);
    if (moved.length > 0) {
      this.#listeners.notify(moved);
    }
  }

  /**
   * Records that this client submitted a request, so that the list contains it wherever it sorts.
   */
  addSubmitted(id: string): void {
    this.#submitted.add(id);
    this.#sorted = null;
  }

  /**
   * Returns the ids of known requests below the loaded part of the list, the most recently received
   * first.
   */
  below(): string[] {
    return [...this.#known.heard]
      .filter(([id]) => id < this.#floor)
      .sort(([, one], [, other]) => other.at - one.at)
      .map(([id]) => id);
  }

  /**
   * Returns whether a request is unfinished, incomplete or disputed, so that it must be read again.
   */
  isUnsettled(id: string): boolean {
    const document = this.get(id);
    return (document !== undefined && isUnsettled(document)) || this.isDisputed(id);
  }

  /** Returns the ids of requests that are unfinished, incomplete or disputed. */
  unsettled(): string[] {
    const ids = new Set([...this.#known.documents.keys(), ...this.#known.unclear]);
    return [...ids].filter((id) => this.isUnsettled(id));
  }

  /**
   * Returns the ids of requests that have not arrived since the last {@link markStale}, or on which
   * reads disagree.
   */
  uncertain(): string[] {
    const ids = new Set([...this.#known.documents.keys(), ...this.#known.unclear]);
    return [...ids].filter((id) => !this.isCertain(id));
  }

  /** Marks every known request as possibly outdated, until it is received again. */
  markStale(): void {
    this.#staleBefore = this.#known.moment + 1;
    this.#known = { ...this.#known, moment: this.#staleBefore };
  }

  /**
   * Returns whether a request arrived since the last {@link markStale}, and nothing disputes it.
   */
  isCertain(id: string): boolean {
    return (this.#known.heard.get(id)?.at ?? -1) >= this.#staleBefore && !this.isDisputed(id);
  }

  /**
   * Returns whether the server showed another life under the id, or two overlapping reads disagree
   * on whether the request exists, and no read has decided since.
   */
  isDisputed(id: string): boolean {
    return Boolean(this.#known.heard.get(id)?.disputed) || this.#known.unclear.has(id);
  }

  /**
   * Returns when the server last confirmed the known document, in epoch milliseconds; null if
   * never.
   */
  confirmedAt(id: string): number | null {
    return this.#confirmed.get(id) ?? null;
  }

  /** Merges an arrival, notifies the listeners of the changes, and returns the changes. */
  apply(arrival: Arrival): Changes {
    const { known, changed } = merge(this.#known, arrival);
    const visible =
      arrival.kind === 'forgotten' ? changed.filter((id) => this.#isListed(id)) : changed;
    this.#known = known;
    this.#confirm(arrival);
    if (changed.length > 0) {
      this.#sorted = null;
      changed.forEach((id) => known.documents.has(id) || this.#submitted.delete(id));
    }
    if (visible.length > 0) {
      this.#listeners.notify(visible);
    }
    if (arrival.kind === 'listed' || arrival.kind === 'read') {
      this.#notifyUnclear();
    }
    return changed;
  }

  /** Calls the listener with each change until the returned function is called. */
  onChange(listener: (changes: Changes) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Calls the listener with the ids of disputed requests, which another read must decide. */
  onUnclear(listener: (ids: Changes) => void): void {
    this.#unclear.add(listener);
  }

  #isListed(id: string): boolean {
    return id >= this.#floor || this.#submitted.has(id);
  }

  #notifyUnclear(): void {
    const ids = [...this.#known.heard.keys(), ...this.#known.unclear].filter((id) =>
      this.isDisputed(id),
    );
    if (ids.length > 0) {
      this.#unclear.notify(ids);
    }
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

  /**
   * Records the time of a confirmation. A document of another request with the same id confirms
   * nothing.
   */
  #confirmDocument(document: StatusDocument): void {
    const known = this.get(document.id);
    if (known !== undefined && !isAnother(known, document)) {
      this.#confirmed.set(document.id, this.#now());
    }
  }
}

/** Sorts the newest first; of requests with the same time, the one with the highest id. */
function byAge(one: StatusDocument, other: StatusDocument): number {
  const [time, otherTime] = [one.createdAt ?? '', other.createdAt ?? ''];
  return time === otherTime ? (one.id < other.id ? 1 : -1) : time < otherTime ? 1 : -1;
}
