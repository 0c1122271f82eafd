import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { RequestStatus, RequestType, StatusDocument } from '../client/index.ts';
import { countByStatus, type Filter, STATUSES } from '../list/filter.ts';
import { statusWord, titleOf } from '../words.ts';

/** How many there are of each status; pressing one shows only those. And what else narrows the list. */
export function filtersView(
  requests: readonly StatusDocument[],
  types: readonly RequestType[],
  filter: Filter,
  change: (filter: Filter) => void,
): TemplateResult {
  return html`
    <search class="filters" aria-label="Filter the requests">
      <div class="counts">${counts(requests, filter, change)}</div>
      <input
        type="search"
        class="filter-text"
        placeholder="Find an id, or text in an input"
        aria-label="Find an id, or text in an input"
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
    </search>
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

/** Those that the server takes, and others of which there still are requests. */
function typeNames(
  requests: readonly StatusDocument[],
  types: readonly RequestType[],
  { type }: Filter,
): string[] {
  const all = [...types.map(({ name }) => name), ...requests.map((request) => request.type), type];
  return [...new Set(all)].filter((name) => name !== '');
}
