import type { RequestStatus } from '../client/index.ts';
import type { Filter } from './filter.ts';
import { STATUSES } from '../shared/statuses.ts';

/** The state in the page's URL: the selected request, and the filter of the list. */
export interface Route {
  readonly selected: string | null;
  readonly filter: Filter;
}

const TAG = /^[\w.:-]{1,64}$/;

/** Parses the fragment of a URL. Invalid parts are ignored. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const statuses = (parameters.get('status') ?? '').split(',');
  return {
    selected: /^#\/requests\/(~?[A-Za-z0-9_-]{8,64})$/.exec(path)?.[1] ?? null,
    filter: {
      statuses: STATUSES.filter((status: RequestStatus) => statuses.includes(status)),
      type: parameters.get('type') ?? '',
      tags: [...new Set((parameters.get('tag') ?? '').split(',').filter((tag) => TAG.test(tag)))],
      text: parameters.get('q') ?? '',
    },
  };
}

/** Returns the fragment for a route. Ids need no escaping. */
export function hashOf({ selected, filter }: Route): string {
  const { statuses, type, tags, text } = filter;
  const parameters = Object.entries({
    status: statuses.join(','),
    type,
    tag: tags.join(','),
    q: text,
  });
  const query = new URLSearchParams(parameters.filter(([, value]) => value !== '')).toString();
  return `#/${selected === null ? '' : `requests/${selected}`}${query && `?${query}`}`;
}
