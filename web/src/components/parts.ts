import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Json, StatusCore } from '../client/index.ts';
import { isUndoing, undoWords } from '../shared/undo.ts';
import { isForYou, waitReason } from '../shared/waits.ts';
import './json.ts';
import { absolute, ago, clock, explain, statusWord } from '../shared/words.ts';

/**
 * Renders the status of a request as text on its colour, and marks what waits for the user and what
 * is being undone.
 */
export function badge(request: StatusCore): TemplateResult {
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
export function undoReason(request: StatusCore, verb?: string): TemplateResult {
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
export function progress(request: StatusCore): TemplateResult | typeof nothing {
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

/**
 * Renders why a request waits, unless the form for its answer says that.
 *
 * @param now - when the document was last known to be current, in epoch milliseconds
 */
export function reason(request: StatusCore, now: number): TemplateResult | typeof nothing {
  const isSilent = request.cancelRequested || isForYou(request);
  const words = isSilent ? '' : waitReason(request, now);
  const { until } = request.waiting ?? {};
  return words === ''
    ? nothing
    : html`<p class="note wait-reason" title=${until ? absolute(until) : nothing}>${words}</p>`;
}

/** Renders when the shown document was last current; null if it is. */
export function staleness(since: number | null): TemplateResult | typeof nothing {
  return since === null
    ? nothing
    : html`<p class="stale">As of ${clock(since)}; may be outdated.</p>`;
}

/** Renders the result or the input of a request, if it has one. */
export function value(label: string, value: Json | undefined): TemplateResult | typeof nothing {
  return value === undefined || value === null
    ? nothing
    : html`<statuswire-json .label=${label} .value=${value}></statuswire-json>`;
}

/** Renders one of the facts about a request. */
export function fact(name: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Renders a time with its date. */
export function moment(time: string): TemplateResult {
  return html`<time datetime=${time}>${absolute(time)}</time>`;
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
