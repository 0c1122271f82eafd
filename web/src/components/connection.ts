import { html } from 'lit';
import type { Connection, ConnectionState } from '../client/index.ts';
import { PageElement } from './element.ts';
import { clock, connectionMeaning } from '../shared/words.ts';

const WORDS: Readonly<Record<ConnectionState, string>> = {
  live: 'Live',
  polling: 'Polling',
  offline: 'Offline',
};

/** The indicator of the connection's state, and how long it has lasted. */
export class StatuswireConnection extends PageElement {
  static override properties = { connection: { attribute: false } };
  declare connection: Connection;

  protected override render() {
    const { state, since } = this.connection;
    return html`
      <span
        class="connection"
        role="status"
        data-connection=${state}
        title=${connectionMeaning(state)}
      >
        ${WORDS[state]} <span class="connection-since">since ${clock(since)}</span>
      </span>
    `;
  }
}

customElements.define('statuswire-connection', StatuswireConnection);
