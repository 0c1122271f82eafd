import type { Json, StatusDocument, Step } from './types.ts';

/**
 * Everything known of all requests, as a value. `moment` counts arrivals: a read remembers the
 * moment it was started at, so that what it brings is weighed against what came meanwhile.
 */
export interface Known {
  readonly moment: number;
  readonly documents: ReadonlyMap<string, StatusDocument>;
  /** When each document was last heard of. */
  readonly heard: ReadonlyMap<string, number>;
  /** When each removed request was removed, also where the id came back since. */
  readonly removed: ReadonlyMap<string, number>;
}

/** Something that the server said. */
export type Arrival =
  /** A document that was pushed, in the server's order. */
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
};

/** Takes in one arrival. Pure: the same known and arrival give the same answer. */
export function merge(known: Known, arrival: Arrival): Merged {
  switch (arrival.kind) {
    case 'pushed':
      return take(known, [arrival.document]);
    case 'read':
      return take(
        known,
        arrival.documents.filter(({ id }) => (known.removed.get(id) ?? 0) <= arrival.since),
      );
    case 'listed':
      return drop(known, unlisted(known, arrival.ids, arrival.since));
    case 'removed':
      return drop(known, [arrival.id]);
  }
}

function take(known: Known, arrived: readonly StatusDocument[]): Merged {
  const moment = known.moment + 1;
  const documents = new Map(known.documents);
  const heard = new Map(known.heard);
  const changed = new Set<string>();
  for (const document of arrived) {
    heard.set(document.id, moment);
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
  return { known: { moment, documents, heard, removed: kept }, changed };
}

/** What a complete list should have had, had it still been there when the read was started. */
function unlisted(known: Known, listed: ReadonlySet<string>, since: number): string[] {
  return [...known.heard].filter(([id, at]) => at <= since && !listed.has(id)).map(([id]) => id);
}

/**
 * The newer of what is known and what arrived. A lower version never replaces a higher one, nor an
 * equal one, except that the whole document takes the place of its own partial one.
 */
function newer(known: StatusDocument | undefined, arrived: StatusDocument): StatusDocument {
  if (known === undefined || arrived.version > known.version) {
    return known !== undefined && arrived.partial ? filledUp(arrived, known) : arrived;
  }
  const completes = arrived.version === known.version && known.partial && !arrived.partial;
  return completes ? arrived : known;
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
