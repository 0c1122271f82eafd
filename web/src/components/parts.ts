import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { StatusDocument } from '../client/index.ts';
import { isUndoing, undoWords } from '../undo.ts';
import { isForYou } from '../waits.ts';
import { absolute, ago, explain, statusWord } from '../words.ts';

/**
 * Renders the status of a request as text on its colour, and marks what waits for the user and what
 * is being undone.
 */
export function badge(request: StatusDocument): TemplateResult {
  const { status } = request;
  const forYou = isForYou(request);
  const undoing = isUndoing(request);
  const word = undoing ? 'Undoing' : statusWord(status);
  return html`<span
    class="badge"
    data-tone=${undoing ? 'undone' : status.toLowerCase()}
    ?data-for-you=${forYou}
    >${forYou ? 'Waiting for you' : word}</span
  >`;
}

/** Renders that a request is or was being undone, and why. */
export function undoReason(request: StatusDocument, verb?: string): TemplateResult {
  const message = request.undoing?.error?.message;
  return html`${undoWords(request, verb)}${message ? html`: <bdi>${message}</bdi>` : nothing}`;
}

/** Renders how long ago a time was, with the exact time on hover. */
export function when(time: string | null, now: number): TemplateResult {
  return time === null
    ? html`<span>not known yet</span>`
    : html`<time datetime=${time} title=${absolute(time)}>${ago(time, now)}</time>`;
}

/** Renders the progress of a request that is running or retrying. */
export function progress(request: StatusDocument): TemplateResult | typeof nothing {
  const { status, progress } = request;
  if (progress === null || (status !== 'RUNNING' && status !== 'RETRYING')) {
    return nothing;
  }
  return html`
    <span class="progress" data-tone=${status.toLowerCase()}>
      <progress
        max="100"
        .value=${live(progress.percent)}
        aria-label="Progress of ${request.id}"
      ></progress>
      <span class="progress-text">${progress.percent}% <bdi>${progress.message ?? ''}</bdi></span>
    </span>
  `;
}

/** Renders the error of a failed call. */
export function problem(error: unknown, more: unknown = nothing): TemplateResult {
  const { title, detail } = explain(error);
  return html`
    <div class="problem" role="alert">
      <strong>${title}</strong>
      ${detail !== '' && detail !== title ? html`<span>${detail}</span>` : nothing} ${more}
    </div>
  `;
}
