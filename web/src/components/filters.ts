import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { RequestStatus, RequestType, StatusDocument } from '../client/index.ts';
import { countByStatus, type Filter, toggledTag } from '../list/filter.ts';
import { STATUSES } from '../shared/statuses.ts';
import { statusWord, titleOf } from '../shared/words.ts';

/**
 * Renders the filters of the list: a button for each status, with the number of its requests, the
 * search, the type, and the tags that the user has chosen in the details of a request.
 */
export function filtersView(
  requests: readonly StatusDocument[],
  types: readonly RequestType[],
  filter: Filter,
  change: (filter: Filter) => void,
): TemplateResult {
  return html`
    <search class="filters" aria-label="Filter requests">
      <div class="counts">${counts(requests, filter, change)}</div>
      <input
        type="search"
        class="filter-text"
        placeholder="Search"
        aria-label="Search ids and inputs"
        dir="auto"
        .value=${live(filter.text)}
        @input=${(event: Event) =>
          change({ ...filter, text: (event.target as HTMLInputElement).value })}
      />
      <select
        class="filter-type"
        aria-label="Type"
        @change=${(event: Event) =>
          change({ ...filter, type: (event.target as HTMLSelectElement).value })}
      >
        <option value="" ?selected=${filter.type === ''}>All types</option>
        ${typeNames(requests, types, filter).map(
          (name) =>
            html`<option value=${name} ?selected=${name === filter.type}>
              ${titleOf(name, types)}
            </option>`,
        )}
      </select>
      ${filter.tags.length > 0 ? tagsView(filter, change) : nothing}
    </search>
  `;
}

/** Renders the chosen tags, each as a button that removes it. Then the search gets the focus. */
function tagsView(filter: Filter, change: (filter: Filter) => void): TemplateResult {
  const remove = (event: Event, tag: string) => {
    const filters = (event.currentTarget as HTMLElement).closest('.filters');
    filters?.querySelector<HTMLElement>('.filter-text')?.focus();
    change(toggledTag(filter, tag));
  };
  return html`
    <ul class="tags" role="list" aria-label="Only requests with one of these tags">
      ${filter.tags.map(
        (tag) => html`
          <li>
            <button
              type="button"
              aria-label="Remove the tag ${tag} from the filter"
              @click=${(event: Event) => remove(event, tag)}
            >
              ${tag} ×
            </button>
          </li>
        `,
      )}
    </ul>
  `;
}

function counts(
  requests: readonly StatusDocument[],
  filter: Filter,
  change: (filter: Filter) => void,
): TemplateResult[] {
  const count = countByStatus(requests);
  return STATUSES.map(
    (status) => html`
      <button
        type="button"
        class="count-of"
        data-tone=${status.toLowerCase()}
        data-count=${status}
        aria-pressed=${filter.statuses.includes(status) ? 'true' : 'false'}
        @click=${() => change({ ...filter, statuses: toggled(filter.statuses, status) })}
      >
        <span>${statusWord(status)}</span>
        <span class="count-number">${count[status].toLocaleString()}</span>
      </button>
    `,
  );
}

function toggled(all: readonly RequestStatus[], one: RequestStatus): readonly RequestStatus[] {
  return STATUSES.filter((status) => all.includes(status) !== (status === one));
}

/** Returns the server's types, and other types that still have requests. */
function typeNames(
  requests: readonly StatusDocument[],
  types: readonly RequestType[],
  { type }: Filter,
): string[] {
  const all = [...types.map(({ name }) => name), ...requests.map((request) => request.type), type];
  return [...new Set(all)].filter((name) => name !== '');
}
