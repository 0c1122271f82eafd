import { html } from 'lit';
import type { Connection, ConnectionState } from '../client/index.ts';
import { PageElement } from './element.ts';
import { clock } from './words.ts';

const WORDS: Readonly<Record<ConnectionState, string>> = {
  live: 'Live',
  polling: 'Polling',
  offline: 'Offline',
};

const MEANING: Readonly<Record<ConnectionState, string>> = {
  live: 'Changes are shown as they happen.',
  polling: 'Changes are asked for again and again.',
  offline: 'The server does not answer; what is shown may be old. Still trying.',
};

/** The mark that says how the page hears of changes. */
export class StatuswireConnection extends PageElement {
  static override properties = { connection: { attribute: false } };
  declare connection: Connection;

  protected override render() {
    const { state, since } = this.connection;
    const from = state === 'offline' ? ` since ${clock(since)}` : '';
    return html`
      <span class="connection" role="status" data-connection=${state} title=${MEANING[state]}>
        ${WORDS[state]}${from}
      </span>
    `;
  }
}

customElements.define('statuswire-connection', StatuswireConnection);
