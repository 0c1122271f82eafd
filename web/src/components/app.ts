import { html, nothing, type PropertyValues } from 'lit';
import {
  type Client,
  connect,
  type Connection,
  type Json,
  type RequestType,
} from '../client/index.ts';
import { History, recorded } from '../history/history.ts';
import './chart.ts';
import './connection.ts';
import type { Again } from './details.ts';
import './details.ts';
import { PageElement } from './element.ts';
import './form.ts';
import './list.ts';
import type { Login } from '../login/login.ts';

/** Milliseconds between two tries to read the types. */
const TYPES_AGAIN = 3_000;

/** The whole page: who submits, what is there, and one of it in full. */
export class StatuswireApp extends PageElement {
  static override properties = {
    client: { attribute: false },
    types: { state: true },
    connection: { state: true },
    selected: { state: true },
    ready: { state: true },
    now: { state: true },
    login: { attribute: false },
  };
  /** A client of one's own; the page's server's otherwise. Closed with the component. */
  declare client: Client;
  declare types: readonly RequestType[];
  declare connection: Connection;
  declare selected: string | null;
  declare ready: boolean;
  declare now: number;
  /** Who uses it; null where nobody has to say. */
  declare login: Login | null;
  /** Every change that was seen since the page was opened. */
  readonly history = new History();
  readonly #route = () => (this.selected = selectedIn(location.hash));
  #ends: (() => void)[] = [];

  constructor() {
    super();
    this.types = [];
    this.selected = selectedIn(location.hash);
    this.ready = false;
    this.now = Date.now();
    this.login = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.client ??= connect();
    this.connection = this.client.connection;
    const tick = setInterval(() => (this.now = Date.now()), 1_000);
    window.addEventListener('hashchange', this.#route);
    this.#ends = [
      recorded(this.history, this.client, () => Date.now()),
      this.client.onRequests(() => this.requestUpdate()),
      this.client.onConnection((connection) => (this.connection = connection)),
      () => clearInterval(tick),
      () => window.removeEventListener('hashchange', this.#route),
      () => this.client.close(),
    ];
    void this.client.ready.then(() => (this.ready = true));
    void this.#readTypes();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ends.forEach((end) => end());
    this.#ends = [];
  }

  protected override render() {
    const { client, types, selected, now } = this;
    return html`
      <header class="bar">
        <img src="./favicon.svg" alt="" width="32" height="32" />
        <h1>Statuswire</h1>
        <p>Submit work, get an answer at once, watch it finish.</p>
        <statuswire-connection .connection=${this.connection}></statuswire-connection>
        ${
          this.login === null
            ? nothing
            : html`<button class="secondary outline" @click=${() => void this.login?.end()}>
                Log out
              </button>`
        }
      </header>
      <main class=${selected ? 'with-details' : ''}>
        <section class="panel form-panel" aria-labelledby="form-title">
          <statuswire-form .client=${client} .types=${types}></statuswire-form>
        </section>
        <section class="panel list-panel" aria-labelledby="list-title">
          <statuswire-chart
            .requests=${client.requests}
            .complete=${true}
            .now=${now}
          ></statuswire-chart>
          <statuswire-list
            .requests=${client.requests}
            .types=${types}
            .selected=${selected}
            .ready=${this.ready}
            .now=${now}
          ></statuswire-list>
        </section>
        ${
          selected === null
            ? nothing
            : html`<section class="panel details-panel" aria-labelledby="details-title">
                <statuswire-details
                  .client=${client}
                  .requestId=${selected}
                  .request=${client.request(selected)}
                  .types=${types}
                  .now=${now}
                  .login=${this.login !== null}
                  .history=${this.history}
                  @again=${this.#again}
                ></statuswire-details>
              </section>`
        }
      </main>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('selected') && changed.get('selected') !== undefined) {
      this.#follow(changed.get('selected') as string | null);
    }
  }

  /** Where the details take the list's place, the focus goes with them, and comes back. */
  #follow(before: string | null): void {
    const list = this.querySelector<HTMLElement>('.list-panel');
    if (this.selected === null) {
      this.querySelector<HTMLElement>(`[data-request-id="${CSS.escape(before ?? '')}"] a`)?.focus();
    } else if (list !== null && getComputedStyle(list).display === 'none') {
      void this.querySelector<PageElement>('statuswire-details')?.updateComplete.then(() => {
        this.querySelector<HTMLElement>('#details-title')?.focus();
        window.scrollTo({ top: 0 });
      });
    }
  }

  #again({ detail }: CustomEvent<Again>): void {
    type Prefilled = HTMLElement & { prefill?(type: string, input: Json): void };
    this.querySelector<Prefilled>('statuswire-form')?.prefill?.(detail.type, detail.input);
  }

  async #readTypes(): Promise<void> {
    while (this.isConnected && this.types.length === 0) {
      this.types = await this.client.types().catch(() => []);
      if (this.types.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, TYPES_AGAIN));
      }
    }
  }
}

/** The id in `#/requests/<id>`; ids need no escaping. */
function selectedIn(hash: string): string | null {
  return /^#\/requests\/([A-Za-z0-9_-]+)$/.exec(hash)?.[1] ?? null;
}

customElements.define('statuswire-app', StatuswireApp);
