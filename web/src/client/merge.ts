import type { Json, StatusDocument, Step } from './types.ts';

/**
 * Everything known of all requests, as a value. `moment` counts arrivals: a read remembers the
 * moment it was started at, so that what it brings is weighed against what came meanwhile.
 */
export interface Known {
  readonly moment: number;
  readonly documents: ReadonlyMap<string, StatusDocument>;
  /** The last moment at which each is known to have been there: a push came, a read was started. */
  readonly heard: ReadonlyMap<string, number>;
  /** What was removed, also where the id came back since. */
  readonly removed: ReadonlyMap<string, Removal>;
  /** The newest reads of parts of the list. */
  readonly listings: readonly Listing[];
}

/** A request that is gone. */
export interface Removal {
  /** When the page heard of it. */
  readonly moment: number;
  /** When the request that is gone was created; null where that is not known. */
  readonly createdAt: string | null;
}

/** A part of the list: ids below `below` (null: from the newest on), down to and with `downTo` (empty: all). */
export interface Range {
  readonly below: string | null;
  readonly downTo: string;
}

/** A read of a part of the list, by when it was started. */
export interface Listing extends Range {
  readonly since: number;
}

/** Something that the server said. */
export type Arrival =
  /** A document that was pushed, or what a write was answered with. */
  | { readonly kind: 'pushed'; readonly document: StatusDocument }
  /** Documents of a read that was started at the moment `since`. */
  | { readonly kind: 'read'; readonly documents: readonly StatusDocument[]; readonly since: number }
  /** All documents of a part of the list; what it does not have is gone. */
  | {
      readonly kind: 'listed';
      readonly documents: readonly StatusDocument[];
      readonly range: Range;
      readonly since: number;
    }
  /** The request is gone, the one that was created then, if that is said. */
  | { readonly kind: 'removed'; readonly id: string; readonly createdAt?: string | null }
  /** These are not looked after any more; nothing is said of whether they are there. */
  | { readonly kind: 'forgotten'; readonly ids: readonly string[] };

/** What is known after an arrival, and the ids whose document is another, or gone, by it. */
export interface Merged {
  readonly known: Known;
  readonly changed: readonly string[];
}

/** How many removals are remembered: far more than can happen while one read is under way. */
const REMOVALS_KEPT = 1000;

/** How many reads of the list are remembered: more than can be started while one is under way. */
const LISTINGS_KEPT = 100;

/** The start: nothing known. */
export const nothingKnown: Known = {
  moment: 0,
  documents: new Map(),
  heard: new Map(),
  removed: new Map(),
  listings: [],
};

/** Takes in one arrival. Pure: the same known and arrival give the same answer. */
export function merge(known: Known, arrival: Arrival): Merged {
  switch (arrival.kind) {
    case 'pushed':
      return take(
        known,
        isOfTheRemoved(known, arrival.document) ? [] : [arrival.document],
        known.moment + 1,
      );
    case 'read':
      return take(known, stillThere(known, arrival.documents, arrival.since), arrival.since);
    case 'listed':
      return list(known, arrival);
    case 'removed':
      return isRemovalOfAnother(known, arrival)
        ? { known, changed: [] }
        : drop(known, [arrival.id], arrival.createdAt);
    case 'forgotten':
      return forget(known, arrival.ids);
  }
}

/** @param at - the moment at which the documents were certainly there */
function take(known: Known, arrived: readonly StatusDocument[], at: number): Merged {
  const moment = known.moment + 1;
  const documents = new Map(known.documents);
  const heard = new Map(known.heard);
  const changed = new Set<string>();
  for (const document of arrived) {
    heard.set(document.id, Math.max(at, heard.get(document.id) ?? 0));
    const newest = newer(documents.get(document.id), document);
    if (newest !== documents.get(document.id)) {
      documents.set(document.id, newest);
      changed.add(document.id);
    }
  }
  return { known: { ...known, moment, documents, heard }, changed: [...changed] };
}

function list(known: Known, { documents, range, since }: Arrival & { kind: 'listed' }): Merged {
  const taken = take(known, stillThere(known, documents, since), since);
  const listings = [...known.listings, { ...range, since }].slice(-LISTINGS_KEPT);
  const gone = unlisted(taken.known, new Set(documents.map(({ id }) => id)), { ...range, since });
  const dropped = drop({ ...taken.known, listings }, gone);
  return { known: dropped.known, changed: [...new Set([...taken.changed, ...dropped.changed])] };
}

/** @param createdAt - of what was removed; of what was known, where it is left out */
function drop(known: Known, ids: readonly string[], createdAt?: string | null): Merged {
  const { known: left, changed } = forget(known, ids);
  const removed = new Map(known.removed);
  for (const id of ids) {
    const created = createdAt ?? known.documents.get(id)?.createdAt ?? null;
    removed.delete(id);
    removed.set(id, { moment: left.moment, createdAt: created });
  }
  const kept = new Map([...removed].slice(-REMOVALS_KEPT));
  return { known: { ...left, removed: kept }, changed };
}

function forget(known: Known, ids: readonly string[]): Merged {
  const documents = new Map(known.documents);
  const heard = new Map(known.heard);
  const changed = ids.filter((id) => documents.delete(id));
  ids.forEach((id) => heard.delete(id));
  return { known: { ...known, moment: known.moment + 1, documents, heard }, changed };
}

/** A push that was overtaken by the removal of its request: what is gone does not change. */
function isOfTheRemoved({ removed }: Known, { id, createdAt }: StatusDocument): boolean {
  const gone = removed.get(id)?.createdAt;
  return Boolean(gone && createdAt) && createdAt! <= gone!;
}

/** The id was used anew before the removal was heard of. */
function isRemovalOfAnother(
  { documents }: Known,
  { id, createdAt }: { readonly id: string; readonly createdAt?: string | null },
): boolean {
  const known = documents.get(id)?.createdAt;
  return Boolean(known && createdAt) && known! > createdAt!;
}

/** Without those that are gone, as far as a read that was started at `since` may show such. */
function stillThere(
  known: Known,
  documents: readonly StatusDocument[],
  since: number,
): readonly StatusDocument[] {
  return documents.filter(({ id }) => !isOutdated(known, id, since));
}

/**
 * Whether a read that was started at `since` may show a request that is gone: it was removed
 * meanwhile, or a list that was started later should have had it and did not.
 */
function isOutdated(known: Known, id: string, since: number): boolean {
  if ((known.removed.get(id)?.moment ?? 0) > since) {
    return true;
  }
  const missed = (one: Listing) => since <= one.since && isWithin(one, id);
  return !known.documents.has(id) && known.listings.some(missed);
}

/** What the list should have had, had it still been there when the read was started. */
function unlisted(known: Known, listed: ReadonlySet<string>, listing: Listing): string[] {
  return [...known.heard]
    .filter(([id, at]) => at <= listing.since && isWithin(listing, id) && !listed.has(id))
    .map(([id]) => id);
}

/** Ids are ASCII, so their order by code units is the server's, by bytes. */
function isWithin({ below, downTo }: Range, id: string): boolean {
  return id >= downTo && (below === null || id < below);
}

/**
 * The newer of what is known and what arrived. A lower version never replaces a higher one, nor an
 * equal one, except that the whole document takes the place of its own partial one. Versions are
 * those of one request: an id that was used anew after its request was removed counts from 1 again,
 * and tells by its later creation.
 */
function newer(known: StatusDocument | undefined, arrived: StatusDocument): StatusDocument {
  if (known === undefined || isCreatedAfter(arrived, known)) {
    return arrived;
  }
  if (isCreatedAfter(known, arrived) || arrived.version < known.version) {
    return known;
  }
  if (arrived.version === known.version) {
    return known.partial && !arrived.partial ? arrived : known;
  }
  return arrived.partial ? filledUp(arrived, known) : arrived;
}

function isCreatedAfter(one: StatusDocument, other: StatusDocument): boolean {
  return Boolean(one.createdAt && other.createdAt) && one.createdAt! > other.createdAt!;
}

/** A partial document leaves out what is large: that stays as it was known. */
function filledUp(partial: StatusDocument, known: StatusDocument): StatusDocument {
  const outputs = new Map(known.steps.map((step) => [step.name, step.output]));
  return {
    ...partial,
    ...keep('input', partial.input ?? known.input),
    ...keep('result', partial.result ?? known.result),
    steps: partial.steps.map((step) => withOutput(step, outputs.get(step.name))),
  };
}

function withOutput(step: Step, known: Json | undefined): Step {
  return step.status === 'SUCCEEDED' ? { ...step, ...keep('output', step.output ?? known) } : step;
}

function keep<K extends string>(key: K, value: Json | undefined): { [P in K]?: Json } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: Json };
}
