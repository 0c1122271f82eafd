import type { RequestStatus } from '../client/index.ts';
import { type Filter, STATUSES } from './filter.ts';

/** What the page's address says: which request is open, and what of the list is to be seen. */
export interface Route {
  readonly selected: string | null;
  readonly filter: Filter;
}

/** Reads the fragment of an address; what makes no sense in it is passed over. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const statuses = (parameters.get('status') ?? '').split(',');
  return {
    selected: /^#\/requests\/(~?[A-Za-z0-9_-]{8,64})$/.exec(path)?.[1] ?? null,
    filter: {
      statuses: STATUSES.filter((status: RequestStatus) => statuses.includes(status)),
      type: parameters.get('type') ?? '',
      text: parameters.get('q') ?? '',
    },
  };
}

/** The fragment that says this. Ids need no escaping. */
export function hashOf({ selected, filter }: Route): string {
  const { statuses, type, text } = filter;
  const parameters = Object.entries({ status: statuses.join(','), type, q: text });
  const query = new URLSearchParams(parameters.filter(([, value]) => value !== '')).toString();
  return `#/${selected === null ? '' : `requests/${selected}`}${query && `?${query}`}`;
}
