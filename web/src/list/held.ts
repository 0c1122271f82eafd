import type { StatusDocument } from '../client/index.ts';

/** A row: a request, or only its id where it went while its row was held. */
export interface Row {
  readonly id: string;
  readonly request: StatusDocument | null;
}

/** What the list shows. */
export interface Rows {
  readonly rows: readonly Row[];
  /** How many wait to be let in above. */
  readonly waiting: number;
}

/** The requests in their order, but for one that stands first if it is there. */
export function withFirst(
  requests: readonly StatusDocument[],
  id: string | null,
): readonly StatusDocument[] {
  const first = requests.find((request) => request.id === id);
  return first === undefined ? requests : [first, ...requests.filter((one) => one !== first)];
}

/** Every matching request has its place. */
export function rowsOf(
  requests: readonly StatusDocument[],
  matches: (request: StatusDocument) => boolean,
): Rows {
  return { rows: requests.filter(matches).map(rowOf), waiting: 0 };
}

/**
 * Rows that keep their places, so that none moves under a hand that is about to press it: what is
 * there stays, also what does not match any more or is gone; what is new comes in at the end only,
 * and waits where it belongs further up.
 *
 * @param held - ids of the rows as they stand
 */
export function heldRows(
  requests: readonly StatusDocument[],
  matches: (request: StatusDocument) => boolean,
  held: readonly string[],
): Rows {
  const known = new Map(requests.map((request) => [request.id, request]));
  const standing = new Set(held);
  const last = requests.findLastIndex(({ id }) => standing.has(id));
  const after = requests.slice(last + 1).filter(matches);
  const waiting = requests
    .slice(0, last + 1)
    .filter((one) => !standing.has(one.id) && matches(one));
  const rows = held.map((id) => ({ id, request: known.get(id) ?? null }));
  return { rows: [...rows, ...after.map(rowOf)], waiting: waiting.length };
}

function rowOf(request: StatusDocument): Row {
  return { id: request.id, request };
}
