import type { Arrival, Known, Listing, Range, Removal } from './known.ts';
import { haveLives, type Identity, isAnother } from './life.ts';
import type { Json, StatusDocument, Step } from './types.ts';

/** What is known after an arrival, and the ids whose document the arrival changed or removed. */
export interface Merged {
  readonly known: Known;
  readonly changed: readonly string[];
}

/** How many removals are remembered: far more than can happen during one read. */
const REMOVALS_KEPT = 1000;

/** How many reads of the list are remembered: more than can start during one read. */
const LISTINGS_KEPT = 100;

/** Merges one arrival into what is known. A pure function. */
export function merge(known: Known, arrival: Arrival): Merged {
  switch (arrival.kind) {
    case 'pushed': {
      const { document, since } = arrival;
      return take(known, isGone(known, document) ? [] : [document], known.moment + 1, since ?? -1);
    }
    case 'read':
      return found(known, arrival.documents, arrival.since);
    case 'listed':
      return list(known, arrival);
    case 'removed':
      return remove(known, arrival);
    case 'missing':
      return drop(settled(known, [arrival.id]), [arrival.id]);
    case 'forgotten':
      return forget(known, arrival.ids);
  }
}

/**
 * Merges documents of requests that have not been removed. If a document has another life than the
 * known document of its id, a read that started after the known one last arrived is right. Without
 * such a read, the life that was created later is kept, and is disputed until a read decides. A
 * replaced life counts as removed.
 *
 * @param at - the moment at which the requests certainly existed
 * @param since - the moment at which the call that returned them started; -1 for a push
 */
function take(known: Known, arrived: readonly StatusDocument[], at: number, since: number): Merged {
  const moment = known.moment + 1;
  const documents = new Map(known.documents);
  const heard = new Map(known.heard);
  const replaced: Removal[] = [];
  const changed = new Set<string>();
  for (const document of arrived) {
    const { id } = document;
    const before = documents.get(id);
    const last = heard.get(id) ?? { at: 0, arrived: 0, disputed: 0 };
    const isOther = before !== undefined && isOtherLife(before, document);
    const isOpen = isOther && last.arrived > since;
    const newest = isOther && !isOpen ? document : newer(before, document);
    if (!isOther) {
      const disputed = last.disputed <= since ? 0 : last.disputed;
      heard.set(id, { at: Math.max(at, last.at), arrived: moment, disputed });
    } else if (newest === before) {
      heard.set(id, { ...last, disputed: moment });
    } else {
      heard.set(id, { at, arrived: moment, disputed: isOpen ? moment : 0 });
      replaced.push(removalOf(before, moment));
    }
    if (newest !== before) {
      documents.set(id, newest);
      changed.add(id);
    }
  }
  const removed = buried(known, replaced);
  const { unclear } = settled(
    known,
    arrived.map(({ id }) => id),
  );
  return { known: { ...known, moment, documents, heard, removed, unclear }, changed: [...changed] };
}

/**
 * Merges the documents of a read. A request that a read returned exists if the read started after
 * its removal arrived.
 */
function found(known: Known, documents: readonly StatusDocument[], since: number): Merged {
  const left = documents.filter((document) => !wasRemovedSince(known, document, since));
  const there = left.filter((document) => !isMissed(known, document, since));
  const removed = known.removed.filter((one) => !there.some((document) => covers(one, document)));
  const missed = left.filter((document) => !there.includes(document)).map(({ id }) => id);
  const unclear = new Set([...known.unclear, ...missed]);
  return take({ ...known, removed, unclear }, there, since, since);
}

function list(known: Known, { documents, range, since }: Arrival & { kind: 'listed' }): Merged {
  const taken = found(known, documents, since);
  const listings = [...known.listings, { ...range, since }].slice(-LISTINGS_KEPT);
  const unlisted = unlistedIn(taken.known, new Set(documents.map(({ id }) => id)), range, since);
  const gone = unlisted.filter((id) => arrivedBefore(taken.known, id, since));
  const open = unlisted.filter((id) => !arrivedBefore(taken.known, id, since));
  const dropped = drop(disputed({ ...taken.known, listings }, open), gone);
  return { known: dropped.known, changed: [...new Set([...taken.changed, ...dropped.changed])] };
}

/**
 * Merges a removal: forgets the known document if the removal covers it. If another life is known
 * under the id, either of the two may be the later one, so the known one stays, and is disputed
 * until a read decides.
 */
function remove(known: Known, arrival: Arrival & { kind: 'removed' }): Merged {
  const { id } = arrival;
  const removal = removalOf(arrival, known.moment + 1);
  const document = known.documents.get(id);
  const left = forget(known, document !== undefined && covers(removal, document) ? [id] : []);
  const after = { ...left.known, removed: buried(known, [removal]) };
  const isOpen =
    document !== undefined && haveLives(removal, document) && isOtherLife(removal, document);
  return { known: isOpen ? disputed(after, [id]) : after, changed: left.changed };
}

function drop(known: Known, ids: readonly string[]): Merged {
  const left = forget(known, ids);
  const removals = ids.flatMap((id) => {
    const document = known.documents.get(id);
    return document === undefined ? [] : [removalOf(document, left.known.moment)];
  });
  return { known: { ...left.known, removed: buried(known, removals) }, changed: left.changed };
}

function removalOf(last: Omit<Removal, 'moment'>, moment: number): Removal {
  const { id, life, createdAt, version } = last;
  return { id, life, moment, createdAt, version };
}

/**
 * Adds removals. Each life is removed only once; of two removals without a life, the one with the
 * later creation counts.
 */
function buried({ removed }: Known, removals: readonly Removal[]): readonly Removal[] {
  return removals
    .reduce((all, removal) => {
      const before = all.find(({ id, life }) => id === removal.id && life === removal.life);
      const last = before !== undefined && isLater(before, removal) ? before : removal;
      return [...all.filter((one) => one !== before), last];
    }, removed)
    .slice(-REMOVALS_KEPT);
}

function forget(known: Known, ids: readonly string[]): Merged {
  const documents = new Map(known.documents);
  const heard = new Map(known.heard);
  const changed = ids.filter((id) => documents.delete(id));
  ids.forEach((id) => heard.delete(id));
  return { known: { ...known, moment: known.moment + 1, documents, heard }, changed };
}

function isGone({ removed }: Known, document: StatusDocument): boolean {
  return removed.some((removal) => covers(removal, document));
}

/**
 * Returns whether a removal applies to a document. If both lives are known, they decide. Otherwise
 * the removal applies to a document that was not created later: it belongs to the removed request
 * or to an earlier one. If one of the creation times is unknown, the removal applies to a document
 * of an equal or lower version.
 */
function covers(removal: Removal, document: StatusDocument): boolean {
  if (removal.id !== document.id) {
    return false;
  }
  if (haveLives(removal, document)) {
    return removal.life === document.life;
  }
  return removal.createdAt === null || document.createdAt === null
    ? document.version <= removal.version
    : document.createdAt <= removal.createdAt;
}

/** Returns whether a request was removed after a read of it started. */
function wasRemovedSince(known: Known, document: StatusDocument, since: number): boolean {
  return known.removed.some((one) => one.moment > since && covers(one, document));
}

/**
 * Returns whether a list that started no earlier than a read, and arrived before it, did not
 * contain a request that the read returned. Either the read is older and the request is gone, or
 * the list is older and the request is new, so another read must decide.
 */
function isMissed(known: Known, document: StatusDocument, since: number): boolean {
  const missed = (one: Listing) => since <= one.since && isWithin(one, document.id);
  return !known.documents.has(document.id) && known.listings.some(missed);
}

/**
 * Returns the ids of requests that existed before the read of a part of the list started, and that
 * it did not return.
 */
function unlistedIn(
  known: Known,
  listed: ReadonlySet<string>,
  range: Range,
  since: number,
): string[] {
  return [...known.heard]
    .filter(([id, { at }]) => at <= since && isWithin(range, id) && !listed.has(id))
    .map(([id]) => id);
}

/**
 * Returns whether the known document arrived before this moment; otherwise two reads of it overlap.
 */
function arrivedBefore(known: Known, id: string, since: number): boolean {
  return (known.heard.get(id)?.arrived ?? 0) <= since;
}

/** Marks requests as disputed. They stay known until a read decides. */
function disputed(known: Known, ids: readonly string[]): Known {
  const heard = new Map(known.heard);
  for (const id of ids) {
    heard.set(id, { at: 0, arrived: 0, ...heard.get(id), disputed: known.moment });
  }
  return { ...known, heard };
}

/** Marks ids as decided: their request arrived, or a read did not find it. */
function settled(known: Known, ids: readonly string[]): Known {
  const unclear = new Set(known.unclear);
  ids.forEach((id) => unclear.delete(id));
  return { ...known, unclear };
}

/**
 * Returns whether a range contains an id. Ids are ASCII, so code units sort in the same order as
 * the server's bytes.
 */
function isWithin({ below, downTo }: Range, id: string): boolean {
  return id >= downTo && (below === null || id < below);
}

/** Returns whether both lives are known and differ. */
function isOtherLife(one: Identity, other: Identity): boolean {
  return haveLives(one, other) && one.life !== other.life;
}

/**
 * Returns the newer of the known and the arrived document. Of two different requests, the one that
 * was created later is newer. A document never replaces one of the same request with an equal or
 * higher version, except that a whole document replaces the partial one of the same version.
 */
function newer(known: StatusDocument | undefined, arrived: StatusDocument): StatusDocument {
  if (known === undefined) {
    return arrived;
  }
  if (isAnother(known, arrived)) {
    return isLater(arrived, known) ? arrived : known;
  }
  if (arrived.version < known.version) {
    return known;
  }
  if (arrived.version === known.version) {
    return known.partial && !arrived.partial ? arrived : known;
  }
  return arrived.partial ? filledUp(arrived, known) : arrived;
}

function isLater({ createdAt: one }: Identity, { createdAt: other }: Identity): boolean {
  return one !== null && other !== null && one > other;
}

/** Adds the known large parts to a partial document, which leaves them out. */
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
  return step.status === 'SUCCEEDED' || step.status === 'UNDONE'
    ? { ...step, ...keep('output', step.output ?? known) }
    : step;
}

function keep<K extends string>(key: K, value: Json | undefined): { [P in K]?: Json } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: Json };
}
