import { type Json, JsonNumber, type RequestStatus, type StatusDocument } from '../client/index.ts';
import { STATUSES } from '../shared/statuses.ts';

/** A filter of the list. Empty parts match everything. */
export interface Filter {
  readonly statuses: readonly RequestStatus[];
  readonly type: string;
  /** A request matches if it has one of these tags. */
  readonly tags: readonly string[];
  /** A part of the id, or of any text or number in the input; case does not matter. */
  readonly text: string;
}

/** The filter that matches everything. */
export const noFilter: Filter = { statuses: [], type: '', tags: [], text: '' };

/** Returns whether a filter has a part that is not empty. */
export function isNarrow({ statuses, type, tags, text }: Filter): boolean {
  return statuses.length + tags.length > 0 || type !== '' || text.trim() !== '';
}

/** Returns whether two filters are equal. */
export function isSame(one: Filter, other: Filter): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Returns whether a request matches a filter. */
export function matches({ statuses, type, tags, text }: Filter, request: StatusDocument): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    (statuses.length === 0 || statuses.some((status) => status === request.status)) &&
    (type === '' || type === request.type) &&
    (tags.length === 0 || tags.some((tag) => request.tags?.includes(tag))) &&
    (wanted === '' || searchText(request).includes(wanted))
  );
}

/** Returns a filter with this tag, or without it if the filter has it. */
export function toggledTag(filter: Filter, tag: string): Filter {
  const others = filter.tags.filter((one) => one !== tag);
  return { ...filter, tags: others.length < filter.tags.length ? others : [...others, tag] };
}

/** Returns the number of requests with each status that this release knows. */
export function countByStatus(
  requests: readonly StatusDocument[],
): Readonly<Record<RequestStatus, number>> {
  const counts = Object.fromEntries(STATUSES.map((status) => [status, 0]));
  requests.forEach(({ status }) => Object.hasOwn(counts, status) && counts[status]!++);
  return counts as Record<RequestStatus, number>;
}

const searchTexts = new WeakMap<StatusDocument, string>();

/**
 * Returns the searchable text of a request. Documents are immutable, so it is created only once for
 * each.
 */
function searchText(request: StatusDocument): string {
  let text = searchTexts.get(request);
  if (text === undefined) {
    text = [request.id, ...leaves(request.input ?? null)].join('\n').toLowerCase();
    searchTexts.set(request, text);
  }
  return text;
}

function leaves(value: Json): string[] {
  return value === null
    ? []
    : typeof value === 'object' && !(value instanceof JsonNumber)
      ? Object.values(value).flatMap(leaves)
      : [String(value)];
}
