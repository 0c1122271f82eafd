import { html, type TemplateResult } from 'lit';
import type { Change, Gap } from '../history/history.ts';
import { absolute, exactClock, statusWord } from '../words.ts';

/** Every version of a request that was seen, newest first, and what is missing between them. */
export function changes(lines: readonly (Change | Gap)[]): TemplateResult {
  const count = lines.filter((line) => 'version' in line).length;
  return html`
    <details class="fold">
      <summary>Changes <span class="json-size">${count} seen here</span></summary>
      <ol class="changes" role="list">
        ${lines.map((line) => ('version' in line ? changed(line) : missing(line)))}
      </ol>
    </details>
  `;
}

function changed({ version, status, what, at, seen }: Change) {
  const came = seen === null ? '' : `, seen ${exactClock(seen)}`;
  return html`
    <li data-version=${version} data-tone=${status.toLowerCase()}>
      <span class="change-version">Version ${version}</span>
      <span class="change-status">${statusWord(status)}</span>
      <span class="change-time" title="${at ? absolute(at) : ''}${came}">
        ${at ? html`<time datetime=${at}>${exactClock(at)}</time>` : 'at no known time'}${came}
      </span>
      <span class="change-what">
        ${what.length > 0 ? what.map((words) => html`<bdi>${words}</bdi>`) : 'first seen here'}
      </span>
    </li>
  `;
}

function missing({ from, to, why }: Gap) {
  const versions = from === to ? `Version ${from} was` : `Versions ${from}–${to} were`;
  return html`<li class="note">
    ${why === 'unseen' ? `${versions} not seen here` : `${versions} seen and are not kept`}
  </li>`;
}
