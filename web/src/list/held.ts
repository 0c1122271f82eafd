import type { StatusDocument } from '../client/index.ts';

/** A row: a request, or only its id if the request was removed while its row was held. */
export interface Row {
  readonly id: string;
  readonly request: StatusDocument | null;
}

/** The rows of the list. */
export interface Rows {
  readonly rows: readonly Row[];
  /** The number of new requests that are not shown yet, because they would move the held rows. */
  readonly waiting: number;
}

/** Returns the requests in order, except that the one with this id, if any, is first. */
export function withFirst(
  requests: readonly StatusDocument[],
  id: string | null,
): readonly StatusDocument[] {
  const first = requests.find((request) => request.id === id);
  return first === undefined ? requests : [first, ...requests.filter((one) => one !== first)];
}

/** Returns a row for every matching request. */
export function rowsOf(
  requests: readonly StatusDocument[],
  matches: (request: StatusDocument) => boolean,
): Rows {
  return { rows: requests.filter(matches).map(rowOf), waiting: 0 };
}

/**
 * Returns rows that keep their places, so that no row moves while the user is about to click it.
 * Held rows stay even if their request no longer matches or was removed. New requests are added
 * only at the end; those that belong further up wait.
 *
 * @param held - the ids of the current rows
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
