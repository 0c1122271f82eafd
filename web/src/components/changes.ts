import { html, type TemplateResult } from 'lit';
import type { Change, Gap } from '../history/history.ts';
import { absolute, exactClock, statusWord } from '../shared/words.ts';

/** Renders every known change of a request, newest first, and the gaps between them. */
export function changes(lines: readonly (Change | Gap)[]): TemplateResult {
  const count = lines.filter((line) => 'version' in line).length;
  return html`
    <details class="fold">
      <summary>Changes <span class="json-size">${count}</span></summary>
      <ol class="changes" role="list">
        ${lines.map((line) => ('version' in line ? changed(line) : missing(line)))}
      </ol>
    </details>
  `;
}

function changed({ version, status, what, at, seen }: Change) {
  const received = seen === null ? '' : `, received ${exactClock(seen)}`;
  return html`
    <li data-version=${version} data-tone=${status.toLowerCase()}>
      <span class="change-version">Version ${version}</span>
      <span class="change-status">${status && statusWord(status)}</span>
      <span class="change-time" title="${at ? absolute(at) : ''}${received}">
        ${at ? html`<time datetime=${at}>${exactClock(at)}</time>` : 'time unknown'}${received}
      </span>
      <span class="change-what">
        ${what.length > 0 ? what.map((words) => html`<bdi>${words}</bdi>`) : 'first version received'}
      </span>
    </li>
  `;
}

function missing({ from, to, why }: Gap) {
  const versions = from === to ? `Version ${from} was` : `Versions ${from}–${to} were`;
  return html`<li class="note">
    ${why === 'unseen' ? `${versions} not received` : `${versions} received and then discarded`}
  </li>`;
}
