import type { Arrival, Known, Listing, Range, Removal } from './known.ts';
import type { Json, StatusDocument, Step } from './types.ts';

/** What is known after an arrival, and the ids whose document is another, or gone, by it. */
export interface Merged {
  readonly known: Known;
  readonly changed: readonly string[];
}

/** How many removals are remembered: far more than can happen while one read is under way. */
const REMOVALS_KEPT = 1000;

/** How many reads of the list are remembered: more than can be started while one is under way. */
const LISTINGS_KEPT = 100;

/** Takes in one arrival. Pure: the same known and arrival give the same answer. */
export function merge(known: Known, arrival: Arrival): Merged {
  switch (arrival.kind) {
    case 'pushed':
      return take(
        known,
        isGone(known.removed.get(arrival.document.id), arrival.document) ? [] : [arrival.document],
        known.moment + 1,
      );
    case 'read':
      return found(known, arrival.documents, arrival.since);
    case 'listed':
      return list(known, arrival);
    case 'removed':
      return remove(known, arrival);
    case 'missing':
      return drop(known, [arrival.id]);
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

/** What a read brings that was started after its removal was heard of is right: it is there. */
function found(known: Known, documents: readonly StatusDocument[], since: number): Merged {
  const there = stillThere(known, documents, since);
  const removed = new Map(known.removed);
  for (const document of there) {
    if (isGone(removed.get(document.id), document)) {
      removed.delete(document.id);
    }
  }
  return take({ ...known, removed }, there, since);
}

function list(known: Known, { documents, range, since }: Arrival & { kind: 'listed' }): Merged {
  const taken = found(known, documents, since);
  const listings = [...known.listings, { ...range, since }].slice(-LISTINGS_KEPT);
  const gone = unlisted(taken.known, new Set(documents.map(({ id }) => id)), { ...range, since });
  const dropped = drop({ ...taken.known, listings }, gone);
  return { known: dropped.known, changed: [...new Set([...taken.changed, ...dropped.changed])] };
}

/** Takes away what is covered; what has the id now stays. */
function remove(known: Known, { id, version, createdAt }: Arrival & { kind: 'removed' }): Merged {
  const removal = { moment: known.moment + 1, createdAt, version };
  const document = known.documents.get(id);
  const left = forget(known, document !== undefined && isGone(removal, document) ? [id] : []);
  return {
    known: { ...left.known, removed: buried(known, [[id, removal]]) },
    changed: left.changed,
  };
}

function drop(known: Known, ids: readonly string[]): Merged {
  const left = forget(known, ids);
  const removals = ids.flatMap((id) => {
    const document = known.documents.get(id);
    return document === undefined ? [] : [[id, removalOf(document, left.known.moment)] as const];
  });
  return { known: { ...left.known, removed: buried(known, removals) }, changed: left.changed };
}

function removalOf({ createdAt, version }: StatusDocument, moment: number): Removal {
  return { moment, createdAt, version };
}

/** Of two removals under one id the one of what was created later counts. */
function buried(
  { removed }: Known,
  removals: readonly (readonly [string, Removal])[],
): ReadonlyMap<string, Removal> {
  const all = new Map(removed);
  for (const [id, removal] of removals) {
    const before = all.get(id);
    all.delete(id);
    all.set(id, before !== undefined && isLater(before, removal) ? before : removal);
  }
  return new Map([...all].slice(-REMOVALS_KEPT));
}

function forget(known: Known, ids: readonly string[]): Merged {
  const documents = new Map(known.documents);
  const heard = new Map(known.heard);
  const changed = ids.filter((id) => documents.delete(id));
  ids.forEach((id) => heard.delete(id));
  return { known: { ...known, moment: known.moment + 1, documents, heard }, changed };
}

/**
 * Whether this is of the request that is gone, or of one before it: not created later; where a
 * creation is not known, of no higher version.
 */
function isGone(removal: Removal | undefined, document: StatusDocument): boolean {
  if (removal === undefined) {
    return false;
  }
  return removal.createdAt === null || document.createdAt === null
    ? document.version <= removal.version
    : document.createdAt <= removal.createdAt;
}

/** Without those that are gone, as far as a read that was started at `since` may show such. */
function stillThere(
  known: Known,
  documents: readonly StatusDocument[],
  since: number,
): readonly StatusDocument[] {
  return documents.filter((document) => !isOutdated(known, document, since));
}

/**
 * Whether a read that was started at `since` may show a request that is gone: it was removed
 * meanwhile, or a list that was started later should have had it and did not.
 */
function isOutdated(known: Known, document: StatusDocument, since: number): boolean {
  const removal = known.removed.get(document.id);
  if (removal !== undefined && removal.moment > since && isGone(removal, document)) {
    return true;
  }
  const missed = (one: Listing) => since <= one.since && isWithin(one, document.id);
  return !known.documents.has(document.id) && known.listings.some(missed);
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
  if (known === undefined || isLater(arrived, known)) {
    return arrived;
  }
  if (isLater(known, arrived) || arrived.version < known.version) {
    return known;
  }
  if (arrived.version === known.version) {
    return known.partial && !arrived.partial ? arrived : known;
  }
  return arrived.partial ? filledUp(arrived, known) : arrived;
}

interface Created {
  readonly createdAt: string | null;
}

function isLater({ createdAt: one }: Created, { createdAt: other }: Created): boolean {
  return one !== null && other !== null && one > other;
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
