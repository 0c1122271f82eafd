import { html, nothing, type PropertyValues } from 'lit';
import {
  type Client,
  connect,
  type Connection,
  type RequestType,
  type StatusDocument,
} from '../client/index.ts';
import { Memory } from '../form/memory.ts';
import { History, recorded } from '../history/history.ts';
import { toggledTag } from '../list/filter.ts';
import { isInProgress } from '../shared/statuses.ts';
import { hashOf, type Route, routeOf } from '../list/route.ts';
import type { Login } from '../login/login.ts';
import { Announcer } from '../notices/announcer.ts';
import { desktop, Notifier } from '../notices/notifier.ts';
import { Transitions } from '../notices/transitions.ts';
import { isForYou } from '../shared/waits.ts';
import { titleOf } from '../shared/words.ts';
import './chart.ts';
import './connection.ts';
import type { Again } from './details.ts';
import './details.ts';
import { PageElement } from './element.ts';
import type { StatuswireForm } from './form.ts';
import './form.ts';
import './list.ts';
import type { StatuswireList } from './list.ts';

/** The complete page: the form, the list of requests, and the details of one of them. */
export class StatuswireApp extends PageElement {
  static override properties = {
    client: { attribute: false },
    types: { state: true },
    connection: { state: true },
    route: { state: true },
    ready: { state: true },
    now: { state: true },
    announcement: { state: true },
    submitted: { state: true },
    login: { attribute: false },
    memory: { attribute: false },
  };
  /** The client to use; by default, one for the page's own server. Closed with the component. */
  declare client: Client;
  declare types: readonly RequestType[];
  declare connection: Connection;
  declare route: Route;
  declare ready: boolean;
  declare now: number;
  declare announcement: string;
  /** The id of the request that this page submitted last. */
  declare submitted: string | null;
  /** The user's login; null if the server requires none. */
  declare login: Login | null;
  /** The form's data that survives a reload. */
  declare memory: Memory;
  readonly #follow = () => (this.route = routeOf(location.hash));
  /** Every change that was received since the page was opened. */
  readonly history = new History();
  readonly #transitions = new Transitions();
  readonly #notifier = new Notifier(desktop());
  readonly #announcer = new Announcer({
    say: (text) => this.#say(text),
    setTimeout: (action, millis) => setTimeout(action, millis),
  });
  #ends: (() => void)[] = [];
  /** The id of the row that gets the focus after the deletion of another one. */
  #neighbour: string | null = null;
  /** The release functions of the requests that must stay known wherever they are in the list. */
  readonly #kept = new Map<string, () => void>();

  constructor() {
    super();
    this.types = [];
    this.route = routeOf(location.hash);
    this.ready = false;
    this.now = Date.now();
    this.announcement = '';
    this.submitted = null;
    this.login = null;
    this.memory = new Memory();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.client ??= connect();
    this.connection = this.client.connection;
    const tick = setInterval(() => (this.now = Date.now()), 1_000);
    window.addEventListener('hashchange', this.#follow);
    this.#ends = [
      recorded(this.history, this.client, () => Date.now()),
      this.client.onRequests((ids) => this.#changed(ids)),
      this.client.onConnection((connection) => (this.connection = connection)),
      this.client.onTypes((types) => (this.types = types)),
      () => clearInterval(tick),
      () => window.removeEventListener('hashchange', this.#follow),
      () => this.client.close(),
    ];
    void this.client.ready.then(() => (this.ready = true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ends.forEach((end) => end());
    this.#ends = [];
    this.#kept.clear();
    this.#notifier.clear();
    document.title = 'Statuswire';
  }

  protected override willUpdate(): void {
    this.#keep([this.route.selected, this.submitted].filter((id) => id !== null));
  }

  protected override render() {
    const { selected } = this.route;
    return html`
      <a class="skip" href="#list-title" @click=${this.#skip}>Skip to the requests</a>
      ${this.#bar()}
      <main class=${selected ? 'with-details' : ''}>
        <section class="panel form-panel" aria-labelledby="form-title">
          <statuswire-form
            .client=${this.client}
            .types=${this.types}
            .memory=${this.memory}
            @submitted=${(event: CustomEvent<string>) => (this.submitted = event.detail)}
          ></statuswire-form>
        </section>
        <section class="panel list-panel" aria-labelledby="list-title">
          <statuswire-chart
            .requests=${this.client.requests}
            .complete=${this.client.isComplete}
            .now=${this.now}
          ></statuswire-chart>
          <statuswire-list
            .client=${this.client}
            .requests=${this.client.requests}
            .first=${this.submitted}
            .types=${this.types}
            .route=${this.route}
            .ready=${this.ready}
            .state=${this.connection.state}
            .now=${this.now}
            @route=${(event: CustomEvent<Route>) => this.#go(event.detail)}
          ></statuswire-list>
        </section>
        ${selected === null ? nothing : this.#details(selected)}
      </main>
      <p class="visually-hidden" role="status" data-announcement>${this.announcement}</p>
    `;
  }

  #bar() {
    return html`
      <header class="bar">
        <img src="./favicon.svg" alt="" width="32" height="32" />
        <h1>Statuswire</h1>
        <p>Submit work, get a response at once, watch it finish.</p>
        <statuswire-connection .connection=${this.connection}></statuswire-connection>
        ${this.#notifyButton()}
        ${
          this.login === null
            ? nothing
            : html`<button class="secondary outline" @click=${() => void this.login?.end()}>
                Log out
              </button>`
        }
      </header>
    `;
  }

  #notifyButton() {
    const { state } = this.#notifier;
    return state === 'none'
      ? nothing
      : html`<button
          type="button"
          class="secondary outline notify"
          aria-pressed=${state === 'on' ? 'true' : 'false'}
          ?disabled=${state === 'blocked'}
          title=${
            state === 'blocked'
              ? 'Notifications are blocked. Allow them for this page in the browser settings.'
              : 'Show a notification when a request finishes or waits for you while this page is hidden'
          }
          @click=${() => void this.#notifier.toggle().then(() => this.requestUpdate())}
        >
          Notify me
        </button>`;
  }

  #details(id: string) {
    return html`
      <section class="panel details-panel" aria-labelledby="details-title">
        <statuswire-details
          .client=${this.client}
          .requestId=${id}
          .request=${this.client.request(id)}
          .types=${this.types}
          .now=${this.now}
          .stale=${this.client.isCurrent(id) ? null : this.client.confirmedAt(id)}
          .login=${this.login !== null}
          .history=${this.history}
          .close=${hashOf({ ...this.route, selected: null })}
          .tags=${this.route.filter.tags}
          @tag=${({ detail }: CustomEvent<string>) => this.#toggleTag(detail)}
          @deleting=${({ detail }: CustomEvent<StatusDocument>) => this.#remember(detail)}
          @deleted=${({ detail }: CustomEvent<StatusDocument>) => this.#deleted(detail)}
          @again=${({ detail }: CustomEvent<Again>) => this.#again(detail)}
        ></statuswire-details>
      </section>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { requests } = this.client;
    const count = requests.filter((one) => isInProgress(one.status) || isForYou(one)).length;
    document.title = count > 0 ? `(${count}) Statuswire` : 'Statuswire';
    const before = changed.get('route');
    if (before !== undefined && before.selected !== this.route.selected) {
      this.#moveFocus(before.selected);
    }
  }

  /**
   * Moves the focus to the details and back to the list, for keyboard users and for narrow screens,
   * on which the details replace the list.
   */
  #moveFocus(before: string | null): void {
    const list = this.#list;
    if (this.route.selected === null) {
      void list?.updateComplete.then(
        () => list.focusRow(before) || list.focusRow(this.#neighbour) || this.#focusList(),
      );
      return;
    }
    const isHidden = this.#isListHidden();
    if (isHidden || document.activeElement?.matches('.row:focus-visible')) {
      void this.querySelector<PageElement>('statuswire-details')?.updateComplete.then(() => {
        this.querySelector<HTMLElement>('#details-title')?.focus();
        if (isHidden) {
          window.scrollTo({ top: 0 });
        }
      });
    }
  }

  get #list(): StatuswireList | null {
    return this.querySelector<StatuswireList>('statuswire-list');
  }

  /** Returns whether the details replace the list, because the screen is narrow. */
  #isListHidden(): boolean {
    const panel = this.querySelector<HTMLElement>('.list-panel');
    return panel !== null && getComputedStyle(panel).display === 'none';
  }

  #focusList(): void {
    this.querySelector<HTMLElement>('#list-title')?.focus();
  }

  /**
   * Adds a tag to the filter, or removes it. On a narrow screen, closes the details, because they
   * replace the list.
   */
  #toggleTag(tag: string): void {
    const { selected, filter } = this.route;
    this.#go({
      selected: this.#isListHidden() ? null : selected,
      filter: toggledTag(filter, tag),
    });
  }

  #remember({ id }: StatusDocument): void {
    this.#neighbour = this.#list?.neighbourOf(id) ?? null;
  }

  #deleted({ id, type }: StatusDocument): void {
    this.#say(`${titleOf(type, this.types)}: deleted`);
    if (this.route.selected === id) {
      this.#go({ ...this.route, selected: null });
    }
  }

  /** Announces a text. Screen readers read the same text again only if it differs. */
  #say(text: string): void {
    this.announcement = text === this.announcement ? `${text}\u00a0` : text;
  }

  /**
   * Fills in the form. On a narrow screen, closes the details first, because they replace the form.
   */
  #again({ type, input }: Again): void {
    const form = this.querySelector<StatuswireForm>('statuswire-form');
    if (form?.checkVisibility?.() === false) {
      this.#go({ ...this.route, selected: null });
    }
    void this.updateComplete.then(() => form?.prefill(type, input));
  }

  /**
   * Changes the fragment without a new entry in the browser's history, because a filter is not a
   * page.
   */
  #go(route: Route): void {
    history.replaceState(history.state, '', hashOf(route));
    this.route = route;
  }

  /** Keeps these requests known, and releases all others. */
  #keep(ids: readonly string[]): void {
    for (const [id, end] of this.#kept) {
      if (!ids.includes(id)) {
        end();
        this.#kept.delete(id);
      }
    }
    for (const id of ids) {
      if (!this.#kept.has(id)) {
        this.#kept.set(id, this.client.keep(id));
      }
    }
  }

  #changed(ids: readonly string[]): void {
    const transitions = this.#transitions.of(ids, (id) => this.client.request(id));
    this.#announcer.announce(transitions, this.types);
    this.#notifier.notify(transitions, this.types);
    this.requestUpdate();
  }

  #skip(event: Event): void {
    event.preventDefault();
    this.#focusList();
  }
}

customElements.define('statuswire-app', StatuswireApp);
