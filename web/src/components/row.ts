import { html, nothing, type TemplateResult } from 'lit';
import type { RequestType, StatusDocument } from '../client/index.ts';
import type { Row } from '../list/held.ts';
import { badge, progress, undoReason, when } from './parts.ts';
import { isUndoing } from '../shared/undo.ts';
import { waitReason } from '../shared/waits.ts';
import { clock, titleOf, tookWord } from '../shared/words.ts';

/** What a row needs in addition to its request. */
export interface RowContext {
  readonly types: readonly RequestType[];
  readonly now: number;
  readonly selected: string | null;
  /** The number of rows; -1 if it is unknown. */
  readonly count: number;
  href(id: string): string;
  /**
   * Returns when the known document was last confirmed, in epoch milliseconds; null if it is
   * current.
   */
  staleSince(id: string): number | null;
}

/** Renders one row of the list at its place. All rows have the same height. */
export function rowView({ id, request }: Row, index: number, context: RowContext): TemplateResult {
  const place = `--row: ${index}`;
  if (request === null) {
    return html`<li class="row-gone" .style=${place} data-row=${id}>No longer listed: ${id}</li>`;
  }
  const stale = context.staleSince(id);
  return html`
    <li
      .style=${place}
      data-row=${id}
      data-request-id=${id}
      data-status=${request.status}
      data-stale=${stale === null ? nothing : 'true'}
      aria-setsize=${context.count}
      aria-posinset=${index + 1}
    >
      <a
        class="row"
        href=${context.href(id)}
        aria-current=${id === context.selected ? 'true' : nothing}
      >
        <span class="row-line">
          <span class="row-title" dir="auto">${titleOf(request.type, context.types)}</span>
          ${badge(request)}
        </span>
        <span class="row-line">
          <span class="row-id">${id}</span>
          <span class="row-time">${when(request.createdAt, context.now)}</span>
        </span>
        ${stale === null ? news(request, context.now) : staleNote(stale)}
      </a>
    </li>
  `;
}

function staleNote(since: number): TemplateResult {
  return html`<span class="row-news">As of ${clock(since)}; may be outdated</span>`;
}

/**
 * Renders the last line: why the request is being undone or waits, the progress, the error, or the
 * time that the request took.
 */
function news(request: StatusDocument, now: number): TemplateResult {
  if (isUndoing(request)) {
    return html`<span class="row-news">${undoReason(request)}</span>`;
  }
  const reason = request.cancelRequested ? '' : waitReason(request, now);
  if (reason !== '') {
    const more = request.waiting?.prompt ?? request.error?.message;
    return html`<span class="row-news"
      >${reason}${more ? html` · <bdi>${more}</bdi>` : nothing}</span
    >`;
  }
  const bar = progress(request);
  if (bar !== nothing) {
    return html`${bar}`;
  }
  const { error, status } = request;
  if (error !== null && status !== 'SUCCEEDED') {
    return html`<span class="row-news" dir="auto">${error.message}</span>`;
  }
  const took = tookWord(request) || (request.cancelRequested ? 'Cancelling' : '');
  return html`<span class="row-news">${took}</span>`;
}
