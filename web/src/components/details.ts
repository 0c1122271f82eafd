import { html, nothing, type PropertyValues } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import {
  type Client,
  isFinished,
  type Json,
  ProblemError,
  type RequestType,
  type StatusDocument,
} from '../client/index.ts';
import { isAnother } from '../client/life.ts';
import { isTransient } from '../client/problem.ts';
import { optionsOf } from '../client/submission.ts';
import { History } from '../history/history.ts';
import { isInProgress } from '../shared/statuses.ts';
import { usual } from '../chart/usual.ts';
import './answer.ts';
import { changes } from './changes.ts';
import './copy.ts';
import './links.ts';
import type { StatuswireLinks } from './links.ts';
import { curl } from './curl.ts';
import { deletion } from './delete.ts';
import { PageElement } from './element.ts';
import { failure } from './failure.ts';
import { page } from './snippet.ts';
import { badge, fact, moment, problem, progress, reason, staleness, value, when } from './parts.ts';
import { waterfall } from './waterfall.ts';
import { isUndoFailed, isUndoing } from '../shared/undo.ts';
import { CANCELLING, duration, titleOf } from '../shared/words.ts';

type Action = 'cancel' | 'retry' | 'delete';

/** A type and an input to submit again: the detail of the event `again`, which bubbles. */
export interface Again {
  readonly type: string;
  readonly input: Json;
}

/**
 * The details of one request, and the actions on it. The event `tag` contains a tag that the user
 * has pressed. The events `deleting`, before the call, and `deleted` contain the request.
 */
export class StatuswireDetails extends PageElement {
  static override properties = {
    client: { attribute: false },
    requestId: { attribute: false },
    request: { attribute: false },
    types: { attribute: false },
    now: { attribute: false },
    stale: { attribute: false },
    login: { attribute: false },
    history: { attribute: false },
    close: { attribute: false },
    tags: { attribute: false },
    busy: { state: true },
    error: { state: true },
  };
  declare client: Client;
  declare requestId: string;
  /** Undefined until the request is known. */
  declare request: StatusDocument | undefined;
  declare types: readonly RequestType[];
  declare now: number;
  /** When the shown request was last confirmed, in epoch milliseconds; null if it is current. */
  declare stale: number | null;
  /** Whether the server requires a login, so that a command needs a token. */
  declare login: boolean;
  declare history: History;
  /** The page's fragment without the details. */
  declare close: string;
  /** The tags by which the list is filtered. */
  declare tags: readonly string[];
  declare busy: Action | null;
  declare error: unknown;
  /** Whether the request was known, so that it was removed if it no longer is. */
  #wasKnown = false;

  constructor() {
    super();
    this.types = [];
    this.now = 0;
    this.stale = null;
    this.login = false;
    this.history = new History();
    this.close = '#/';
    this.tags = [];
    this.busy = null;
    this.error = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('request');
    const isReplaced = before && this.request && isAnother(before, this.request);
    if (changed.has('requestId') || isReplaced) {
      this.busy = null;
      this.error = null;
      if (this.request === undefined) {
        void this.#read(this.requestId);
      }
    } else if (changed.has('request') && before === undefined) {
      this.error = null; // The first read may have failed; now the request is known.
    }
    this.#wasKnown = this.request !== undefined || (this.#wasKnown && !changed.has('requestId'));
  }

  protected override render() {
    const { request } = this;
    return html`
      <header class="section-header">
        <h2 id="details-title" tabindex="-1">
          ${request ? titleOf(request.type, this.types) : 'Request'}
        </h2>
        ${request ? badge(request) : nothing}
        <a class="close" href=${this.close} aria-label="Close details">Close</a>
      </header>
      ${request ? keyed(request.id + request.life, this.#known(request)) : this.#unknown()}
    `;
  }

  #unknown() {
    if (this.#wasKnown) {
      return html`<p class="empty" role="status">
        The request <code>${this.requestId}</code> was deleted, or it has expired.
      </p>`;
    }
    if (this.error instanceof ProblemError && this.error.status === 404) {
      return html`<p class="empty">
        The request <code>${this.requestId}</code> does not exist. It may have expired or been
        deleted.
      </p>`;
    }
    return this.error
      ? problem(this.error)
      : html`<p class="empty" aria-busy="true">Loading request…</p>`;
  }

  #known(request: StatusDocument) {
    return html`
      <div class="details" data-request-details=${request.id} data-status=${request.status}>
        <p class="details-id"><code>${request.id}</code></p>
        ${this.#tags(request.tags ?? [])} ${staleness(this.stale)}
        ${reason(request, this.stale ?? this.now)} ${progress(request)} ${this.#usual(request)}
        ${failure(request)} ${this.#answer(request)} ${this.#actions(request)}
        ${this.error ? problem(this.error) : nothing}
        <h3>Steps</h3>
        ${waterfall(request, this.stale ?? this.now)} ${this.#values(request)}
        ${changes(this.history.of(request))} ${this.#links(request)} ${this.#facts(request)}
      </div>
    `;
  }

  /** Renders the tags, each as a button that filters the list. */
  #tags(all: readonly string[]) {
    const press = (detail: string) => this.dispatchEvent(new CustomEvent('tag', { detail }));
    return all.length === 0
      ? nothing
      : html`<ul class="tags" role="list" aria-label="Tags, to filter the list">
          ${all.map(
            (tag) =>
              html`<li>
                <button
                  type="button"
                  title="Show only requests with this tag"
                  aria-pressed=${this.tags.includes(tag) ? 'true' : 'false'}
                  @click=${() => press(tag)}
                >
                  ${tag}
                </button>
              </li>`,
          )}
        </ul>`;
  }

  #answer(request: StatusDocument) {
    return html`<statuswire-answer
      .client=${this.client}
      .request=${request}
      .types=${this.types}
      .now=${this.stale ?? this.now}
      .shareable=${true}
      @share=${({ detail }: CustomEvent<string>) => this.#share(detail)}
    ></statuswire-answer>`;
  }

  /** Opens the dialog that creates a link with which another person can answer a step. */
  #share(step: string): void {
    this.querySelector<StatuswireLinks>('statuswire-links')?.create(step);
  }

  #links(request: StatusDocument) {
    return html`<statuswire-links
      .client=${this.client}
      .request=${request}
      .types=${this.types}
      .now=${this.now}
    ></statuswire-links>`;
  }

  /** Renders how long such a request usually takes, if that is known. */
  #usual(request: StatusDocument) {
    const isUsual = isInProgress(request.status) && !isUndoing(request);
    const range = isUsual ? usual(this.client.requests, request.type) : null;
    return range === null
      ? nothing
      : html`<p class="note usual">Usually ${[...new Set(range.map(duration))].join(' to ')}</p>`;
  }

  #actions(request: StatusDocument) {
    const { type, input, status, cancelRequested } = request;
    return html`
      <div class="actions">
        ${this.#button('cancel', 'Cancel', request.links.cancel)}
        ${this.#button('retry', isUndoFailed(request) ? 'Go on undoing' : 'Retry', request.links.retry)}
        ${request.links.delete ? this.#deletion(request) : nothing}
        ${input === undefined ? nothing : this.#resubmission({ type, input }, request)}
      </div>
      ${cancelRequested && !isFinished(status) ? html`<p class="note">${CANCELLING}</p>` : nothing}
    `;
  }

  #deletion(request: StatusDocument) {
    return deletion(request, {
      title: titleOf(request.type, this.types),
      isBlocked: this.busy !== null && this.busy !== 'delete',
      isBusy: this.busy === 'delete',
      confirmed: () => void this.#delete(request),
    });
  }

  async #delete(request: StatusDocument): Promise<void> {
    if (this.busy !== null) {
      return;
    }
    this.dispatchEvent(new CustomEvent('deleting', { detail: request }));
    if (await this.#act('delete')) {
      this.dispatchEvent(new CustomEvent('deleted', { detail: request }));
    }
  }

  #resubmission(again: Again, request: StatusDocument) {
    const server = new URL('.', location.href);
    const command = () => {
      const content = { ...again, ...optionsOf(request, Date.now()) };
      return curl(server, this.client.newId(), content, this.login);
    };
    return html`
      <button
        type="button"
        class="secondary outline"
        @click=${() => this.dispatchEvent(new CustomEvent('again', { bubbles: true, detail: again }))}
      >
        Submit again with this input
      </button>
      <statuswire-copy .label=${'Copy as curl'} .text=${command}></statuswire-copy>
      <statuswire-copy
        .label=${'Copy as a web page'}
        .text=${() => page(server, again.type, again.input)}
      ></statuswire-copy>
    `;
  }

  /** Returns whether a retry may help. */
  #mayHelp(): boolean {
    const { request } = this;
    return (
      request?.links.retry != null && (isUndoFailed(request) || request.error?.retryable !== false)
    );
  }

  #button(action: Action, label: string, link: string | null) {
    return html`
      <button
        type="button"
        class=${action === 'retry' && this.#mayHelp() ? '' : 'secondary outline'}
        ?disabled=${link === null || this.busy !== null}
        aria-busy=${this.busy === action ? 'true' : nothing}
        @click=${() => this.#act(action)}
      >
        ${label}
      </button>
    `;
  }

  #values({ input, result, partial }: StatusDocument) {
    return html`
      ${partial ? html`<p aria-busy="true">Loading the rest…</p>` : nothing}
      ${value('Result', result)} ${value('Input', input)}
    `;
  }

  #facts(request: StatusDocument) {
    const { failures, notBefore, notAfter } = request;
    return html`
      <dl class="facts">
        ${fact('Type', html`<code>${request.type}</code>`)} ${fact('Attempt', request.attempt)}
        ${failures === undefined ? nothing : fact('Failures', failures)}
        ${fact('Version', request.version)} ${fact('Created', when(request.createdAt, this.now))}
        ${fact('Updated', when(request.updatedAt, this.now))}
        ${notBefore ? fact('Start at', moment(notBefore)) : nothing}
        ${notAfter ? fact('No later than', moment(notAfter)) : nothing}
      </dl>
    `;
  }

  async #read(id: string): Promise<void> {
    await this.#showing(id, () => this.client.get(id));
    if (this.requestId === id && isTransient(this.error)) {
      await this.#showing(id, () => this.#found(id));
    }
  }

  /** Waits until the request has been read; throws a permanent error. */
  async #found(id: string): Promise<void> {
    for await (const _ of this.client.watch(id)) {
      break;
    }
  }

  /** Makes a call of the user, and returns whether it succeeded. */
  async #act(action: Action): Promise<boolean> {
    const id = this.requestId;
    this.busy = action;
    this.error = null;
    const isDone = await this.#showing(id, () => this.client[action](id));
    if (this.requestId === id) {
      this.busy = null;
    }
    return isDone;
  }

  /**
   * Makes a call, and returns whether it succeeded. Shows its error only if the details still show
   * the same request.
   */
  async #showing(id: string, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      if (this.requestId === id) {
        this.error = error;
      }
      return false;
    }
  }
}

customElements.define('statuswire-details', StatuswireDetails);
