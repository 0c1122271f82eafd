import { html } from 'lit';
import type { Connection, ConnectionState } from '../client/index.ts';
import { PageElement } from './element.ts';
import { clock } from '../words.ts';

const WORDS: Readonly<Record<ConnectionState, string>> = {
  live: 'Live',
  polling: 'Polling',
  offline: 'Offline',
};

const MEANING: Readonly<Record<ConnectionState, string>> = {
  live: 'Changes are shown as they happen.',
  polling: 'There is no live connection; changes are asked for again and again.',
  offline: 'The server does not answer; what is shown may be old. Still trying.',
};

/** The mark that says how the page hears of changes, and since when. */
export class StatuswireConnection extends PageElement {
  static override properties = { connection: { attribute: false } };
  declare connection: Connection;

  protected override render() {
    const { state, since } = this.connection;
    return html`
      <span class="connection" role="status" data-connection=${state} title=${MEANING[state]}>
        ${WORDS[state]} <span class="connection-since">since ${clock(since)}</span>
      </span>
    `;
  }
}

customElements.define('statuswire-connection', StatuswireConnection);
