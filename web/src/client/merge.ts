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
  /** When each removed request was removed, also where the id came back since. */
  readonly removed: ReadonlyMap<string, number>;
  /** When the newest complete read of the whole list was started. */
  readonly listed: number;
}

/** Something that the server said. */
export type Arrival =
  /** A document that was pushed, in the server's order, or what a write was answered with. */
  | { readonly kind: 'pushed'; readonly document: StatusDocument }
  /** Documents of a read that was started at the moment `since`. */
  | { readonly kind: 'read'; readonly documents: readonly StatusDocument[]; readonly since: number }
  /** A read of the whole list, started at `since`, is complete and had these ids. */
  | { readonly kind: 'listed'; readonly ids: ReadonlySet<string>; readonly since: number }
  /** The request is gone. */
  | { readonly kind: 'removed'; readonly id: string };

/** What is known after an arrival, and the ids whose document is another, or gone, by it. */
export interface Merged {
  readonly known: Known;
  readonly changed: readonly string[];
}

/** How many removals are remembered: far more than can happen while one read is under way. */
const REMOVALS_KEPT = 1000;

/** The start: nothing known. */
export const nothingKnown: Known = {
  moment: 0,
  documents: new Map(),
  heard: new Map(),
  removed: new Map(),
  listed: -1,
};

/** Takes in one arrival. Pure: the same known and arrival give the same answer. */
export function merge(known: Known, arrival: Arrival): Merged {
  switch (arrival.kind) {
    case 'pushed':
      return take(known, [arrival.document], known.moment + 1);
    case 'read':
      return take(
        known,
        arrival.documents.filter(({ id }) => !isOutdated(known, id, arrival.since)),
        arrival.since,
      );
    case 'listed':
      return drop(
        { ...known, listed: Math.max(known.listed, arrival.since) },
        unlisted(known, arrival.ids, arrival.since),
      );
    case 'removed':
      return drop(known, [arrival.id]);
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

function drop(known: Known, ids: readonly string[]): Merged {
  const moment = known.moment + 1;
  const documents = new Map(known.documents);
  const heard = new Map(known.heard);
  const removed = new Map(known.removed);
  const changed = ids.filter((id) => documents.delete(id));
  for (const id of ids) {
    heard.delete(id);
    removed.delete(id);
    removed.set(id, moment);
  }
  const kept = new Map([...removed].slice(-REMOVALS_KEPT));
  return { known: { ...known, moment, documents, heard, removed: kept }, changed };
}

/**
 * Whether a read that was started at `since` may show a request that is gone: it was removed
 * meanwhile, or a list that was started later is complete and did not have it.
 */
function isOutdated(known: Known, id: string, since: number): boolean {
  const removed = known.removed.get(id) ?? 0;
  return removed > since || (since <= known.listed && !known.documents.has(id));
}

/** What a complete list should have had, had it still been there when the read was started. */
function unlisted(known: Known, listed: ReadonlySet<string>, since: number): string[] {
  return [...known.heard].filter(([id, at]) => at <= since && !listed.has(id)).map(([id]) => id);
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
