import { html, nothing } from 'lit';
import {
  type Connection,
  type LinkedRequest,
  type LinkedStatusDocument,
  type LinkState,
  openLink,
  type RequestType,
} from '../client/index.ts';
import { Announcer, announcement } from '../notices/announcer.ts';
import { Transitions } from '../notices/transitions.ts';
import { isForYou } from '../shared/waits.ts';
import { absolute, scopeWord, titleOf } from '../shared/words.ts';
import './answer.ts';
import type { AnswerCalls } from './answer.ts';
import './connection.ts';
import { PageElement } from './element.ts';
import { failure } from './failure.ts';
import { badge, fact, problem, progress, reason, staleness, value, when } from './parts.ts';
import { waterfall } from './waterfall.ts';

/** The page of a link: one request, followed without a login. */
export class StatuswireLink extends PageElement {
  static override properties = {
    open: { attribute: false },
    types: { state: true },
    connection: { state: true },
    isInvalid: { state: true },
    now: { state: true },
    announcement: { state: true },
  };
  /** Opens the link; by default, the one of the page's URL. */
  declare open: () => LinkedRequest;
  declare types: readonly RequestType[];
  declare connection: Connection;
  declare isInvalid: boolean;
  declare now: number;
  /** A text for screen readers only. */
  declare announcement: string;
  readonly #transitions = new Transitions();
  readonly #announcer = new Announcer({
    say: (text) => (this.announcement = text),
    setTimeout: (action, millis) => setTimeout(action, millis),
  });
  readonly #calls: AnswerCalls = {
    answer: (_, step, answer) => this.#opened().answer(step, answer),
    get: () => this.#opened().refresh(),
  };
  #link: LinkedRequest | null = null;
  #ends: (() => void)[] = [];

  constructor() {
    super();
    this.open = () => openLink(location.origin + location.pathname);
    this.types = [];
    this.isInvalid = false;
    this.now = Date.now();
    this.announcement = '';
    this.connection = { state: 'polling', since: this.now };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    try {
      this.#link = this.open();
    } catch (error) {
      console.debug('statuswire: the URL is not that of a link; showing that on the page', error);
      this.isInvalid = true;
      return;
    }
    const link = this.#link;
    const tick = setInterval(() => (this.now = Date.now()), 1_000);
    this.#ends = [
      link.onChange(() => this.#changed(link)),
      link.onTypes((types) => (this.types = types)),
      () => clearInterval(tick),
      () => link.close(),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#ends.forEach((end) => end());
    this.#ends = [];
  }

  protected override render() {
    return html`
      <header class="bar">
        <img src="../favicon.svg" alt="" width="32" height="32" />
        <h1>Statuswire</h1>
        ${
          this.isInvalid
            ? nothing
            : html`<statuswire-connection .connection=${this.connection}></statuswire-connection>`
        }
      </header>
      <main class="link-page">
        <section class="panel" aria-labelledby="details-title">${this.#content()}</section>
      </main>
      <p class="visually-hidden" role="status" data-announcement>${this.announcement}</p>
    `;
  }

  protected override updated(): void {
    const request = this.#request;
    document.title = request
      ? announcement([{ from: '', request }], this.types)
      : this.isInvalid
        ? 'Link not valid'
        : 'Statuswire';
  }

  /** The request to show; undefined if it is not known, or if the link is not valid any more. */
  get #request(): LinkedStatusDocument | undefined {
    return this.isInvalid ? undefined : this.#link?.document;
  }

  #content() {
    const request = this.#request;
    return html`
      <header class="section-header">
        <h2 id="details-title">
          ${this.isInvalid ? 'Link not valid' : request ? titleOf(request.type, this.types) : 'Request'}
        </h2>
        ${request ? badge(request) : nothing}
      </header>
      ${request ? this.#details(request) : this.#nothingToShow()}
    `;
  }

  #nothingToShow() {
    if (this.isInvalid) {
      return html`<div class="empty" role="status">
        <p><strong>This link is not valid or is no longer valid.</strong></p>
        <p>Ask the person who sent it to you for a new one.</p>
      </div>`;
    }
    const unread = this.#link?.problem;
    if (unread) {
      return problem(unread, html`<span>Retrying automatically.</span>`);
    }
    return this.connection.state === 'offline'
      ? html`<p class="empty" role="status">
          The server does not respond. Retrying automatically.
        </p>`
      : html`<p class="empty" aria-busy="true">Loading request…</p>`;
  }

  #details(request: LinkedStatusDocument) {
    const stale = this.connection.state === 'offline' ? this.#opened().confirmedAt : null;
    const now = stale ?? this.now;
    return html`
      <div class="details" data-request-details=${request.id} data-status=${request.status}>
        ${staleness(stale)} ${reason(request, now)} ${prompt(request)} ${progress(request)}
        ${failure(request)}
        <statuswire-answer
          .client=${this.#calls}
          .request=${request}
          .types=${this.types}
          .now=${now}
        ></statuswire-answer>
        <h3>Steps</h3>
        ${waterfall(request, now)} ${value('Result', request.result)}
        ${value('Input', request.input)}
        <dl class="facts">
          ${fact('Id', html`<code>${request.id}</code>`)}
          ${fact('Created', when(request.createdAt, this.now))}
          ${fact('Updated', when(request.updatedAt, this.now))}
        </dl>
        ${this.#terms(request)}
      </div>
    `;
  }

  #terms({ link }: LinkedStatusDocument) {
    return html`<p class="note link-terms">
      With this link you can ${scopeWord(link)}. It is valid until
      <time datetime=${link.expiresAt}>${absolute(link.expiresAt)}</time>, unless it is revoked.
    </p>`;
  }

  #opened(): LinkedRequest {
    if (this.#link === null) {
      throw new Error('the link is not open');
    }
    return this.#link;
  }

  #changed(link: LinkedRequest): void {
    this.#follow(link.state);
    const { document } = link;
    if (document !== undefined && !this.isInvalid) {
      this.#announcer.announce(
        this.#transitions.of([document.id], () => document),
        this.types,
      );
    }
    this.requestUpdate();
  }

  #follow(state: LinkState): void {
    if (state === 'invalid') {
      this.isInvalid = true;
    } else if (state !== this.connection.state) {
      this.connection = { state, since: Date.now() };
    }
  }
}

/** Renders what a request asks, if it waits for an answer that the link does not allow. */
function prompt(request: LinkedStatusDocument) {
  const { reason, prompt } = request.waiting ?? {};
  return reason === 'answer' && prompt && !request.cancelRequested && !isForYou(request)
    ? html`<p class="answer-prompt" dir="auto">${prompt}</p>`
    : nothing;
}

customElements.define('statuswire-link', StatuswireLink);
