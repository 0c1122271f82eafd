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
  readonly #unclear: Listeners<Changes>;
  readonly #now: () => number;
  readonly #confirmed = new Map<string, number>();
  /** Ids of the known requests that this client submitted. */
  readonly #submitted = new Set<string>();
  #known: Known = nothingKnown;
  #floor = '';
  #doubt = 0;
  #sorted: readonly StatusDocument[] | null = null;

  constructor(now: () => number, report: (message: string, error: unknown) => void) {
    this.#now = now;
    this.#listeners = new Listeners(report);
    this.#unclear = new Listeners(report);
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
   * The list as far as it is loaded, newest first, as the server sorts a page. What this client
   * submitted is in it also below the loaded part; what else is known below it is not, so that it
   * has no gaps. The same array until something changes.
   */
  all(): readonly StatusDocument[] {
    this.#sorted ??= [...this.#known.documents.values()]
      .filter(({ id }) => this.#isListed(id))
      .sort(byAge);
    return this.#sorted;
  }

  /** Sets down to which id the list is loaded, including that one; empty: to its end. */
  set floor(id: string) {
    const before = this.#floor;
    this.#floor = id;
    this.#sorted = null;
    const moved = [...this.#known.documents.keys()].filter((one) => one >= before !== one >= id);
    if (moved.length > 0) {
      this.#listeners.tell(moved);
    }
  }

  /** Lists a request wherever it sorts: this client submitted it. */
  addSubmitted(id: string): void {
    this.#submitted.add(id);
    this.#sorted = null;
  }

  /** Ids of what is known below the loaded part of the list, the last heard of first. */
  below(): string[] {
    return [...this.#known.heard]
      .filter(([id]) => id < this.#floor)
      .sort(([, one], [, other]) => other.at - one.at)
      .map(([id]) => id);
  }

  /** Whether there is more of this request to come or to read. */
  isUnsettled(id: string): boolean {
    const document = this.get(id);
    return (document !== undefined && isUnsettled(document)) || this.isDisputed(id);
  }

  /** Ids of the requests of which there is more to come or to read. */
  unsettled(): string[] {
    const ids = new Set([...this.#known.documents.keys(), ...this.#known.unclear]);
    return [...ids].filter((id) => this.isUnsettled(id));
  }

  /** Ids of what is known from before the last {@link doubt} only, or of which reads disagree. */
  uncertain(): string[] {
    const ids = new Set([...this.#known.documents.keys(), ...this.#known.unclear]);
    return [...ids].filter((id) => !this.isCertain(id));
  }

  /** From now on nothing is certain that is not heard again. */
  doubt(): void {
    this.#doubt = this.#known.moment + 1;
    this.#known = { ...this.#known, moment: this.#doubt };
  }

  /** Whether a request arrived since the last {@link doubt}, and nothing disputes it. */
  isCertain(id: string): boolean {
    return (this.#known.heard.get(id)?.at ?? -1) >= this.#doubt && !this.isDisputed(id);
  }

  /**
   * Whether the server showed another life under the id, or two reads that overlapped disagree on
   * whether the request is there, and no read has decided since.
   */
  isDisputed(id: string): boolean {
    return Boolean(this.#known.heard.get(id)?.disputed) || this.#known.unclear.has(id);
  }

  /** When the server last said what is known of a request, in epoch milliseconds. */
  confirmedAt(id: string): number | null {
    return this.#confirmed.get(id) ?? null;
  }

  /** Takes in what the server said and tells the listeners what changed by it. */
  take(arrival: Arrival): Changes {
    const { known, changed } = merge(this.#known, arrival);
    const told =
      arrival.kind === 'forgotten' ? changed.filter((id) => this.#isListed(id)) : changed;
    this.#known = known;
    this.#confirm(arrival);
    if (changed.length > 0) {
      this.#sorted = null;
      changed.forEach((id) => known.documents.has(id) || this.#submitted.delete(id));
    }
    if (told.length > 0) {
      this.#listeners.tell(told);
    }
    if (arrival.kind === 'listed' || arrival.kind === 'read') {
      this.#tellUnclear();
    }
    return changed;
  }

  /** Calls the listener with each change until the returned function is called. */
  onChange(listener: (changes: Changes) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Calls the listener with what only another read can decide. */
  onUnclear(listener: (ids: Changes) => void): void {
    this.#unclear.add(listener);
  }

  #isListed(id: string): boolean {
    return id >= this.#floor || this.#submitted.has(id);
  }

  #tellUnclear(): void {
    const ids = [...this.#known.heard.keys(), ...this.#known.unclear].filter((id) =>
      this.isDisputed(id),
    );
    if (ids.length > 0) {
      this.#unclear.tell(ids);
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

  /** What the server says of another request confirms nothing of the known one. */
  #confirmDocument(document: StatusDocument): void {
    const known = this.get(document.id);
    if (known !== undefined && !isAnother(known, document)) {
      this.#confirmed.set(document.id, this.#now());
    }
  }
}

/** The newest first; of the same time, the highest id. */
function byAge(one: StatusDocument, other: StatusDocument): number {
  const [time, otherTime] = [one.createdAt ?? '', other.createdAt ?? ''];
  return time === otherTime ? (one.id < other.id ? 1 : -1) : time < otherTime ? 1 : -1;
}
