import { html, nothing, type PropertyValues } from 'lit';
import {
  type Client,
  isFinished,
  type Json,
  ProblemError,
  type RequestError,
  type RequestType,
  type StatusDocument,
} from '../client/index.ts';
import { PageElement } from './element.ts';
import { badge, json, problem, progress, when } from './parts.ts';
import { stepLine } from './steps.ts';
import { titleOf } from './words.ts';

type Action = 'cancel' | 'retry';

/** Everything about one request, and what can be done with it. */
export class StatuswireDetails extends PageElement {
  static override properties = {
    client: { attribute: false },
    requestId: { attribute: false },
    request: { attribute: false },
    types: { attribute: false },
    now: { attribute: false },
    busy: { state: true },
    error: { state: true },
  };
  declare client: Client;
  declare requestId: string;
  /** Undefined while nothing is known of it. */
  declare request: StatusDocument | undefined;
  declare types: readonly RequestType[];
  declare now: number;
  declare busy: Action | null;
  declare error: unknown;

  constructor() {
    super();
    this.types = [];
    this.now = 0;
    this.busy = null;
    this.error = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('requestId')) {
      this.busy = null;
      this.error = null;
      if (this.request === undefined) {
        void this.#read(this.requestId);
      }
    }
  }

  protected override render() {
    const { request } = this;
    return html`
      <header class="section-header">
        <h2 id="details-title" tabindex="-1">
          ${request ? titleOf(request.type, this.types) : 'Request'}
        </h2>
        ${request ? badge(request.status) : nothing}
        <a class="close" href="#/" aria-label="Close the details">Close</a>
      </header>
      ${request ? this.#known(request) : this.#unknown()}
    `;
  }

  #unknown() {
    if (this.error instanceof ProblemError && this.error.status === 404) {
      return html`<p class="empty">
        There is no request <code>${this.requestId}</code>, or it is not kept any more.
      </p>`;
    }
    return this.error
      ? problem(this.error)
      : html`<p class="empty" aria-busy="true">Reading the request</p>`;
  }

  #known(request: StatusDocument) {
    return html`
      <div class="details" data-request-details=${request.id} data-status=${request.status}>
        <p class="details-id"><code>${request.id}</code></p>
        ${progress(request)} ${request.error ? this.#failure(request, request.error) : nothing}
        <div class="actions">
          ${this.#button('cancel', 'Cancel', request.links.cancel)}
          ${this.#button('retry', 'Retry', request.links.retry)} ${this.#note(request)}
        </div>
        ${this.error ? problem(this.error) : nothing}
        <h3>Steps</h3>
        ${stepLine(request.steps, this.now)} ${this.#values(request)} ${this.#facts(request)}
      </div>
    `;
  }

  #failure({ status }: StatusDocument, error: RequestError) {
    return html`
      <div class="failure" data-tone=${status.toLowerCase()}>
        <strong>${error.message}</strong>
        <span>
          <code>${error.code}</code>
          ${error.step ? html` in step <code>${error.step}</code>` : nothing} ·
          ${error.retryable ? 'may succeed on another try' : 'will not succeed by trying again'}
        </span>
      </div>
    `;
  }

  #note({ status, cancelRequested }: StatusDocument) {
    return cancelRequested && !isFinished(status)
      ? html`<span class="note">Cancelling: the step under way stops first.</span>`
      : nothing;
  }

  #button(action: Action, label: string, link: string | null) {
    return html`
      <button
        type="button"
        class=${action === 'retry' && link !== null ? '' : 'secondary outline'}
        ?disabled=${link === null || this.busy !== null}
        aria-busy=${this.busy === action ? 'true' : nothing}
        @click=${() => this.#act(action)}
      >
        ${label}
      </button>
    `;
  }

  #values({ input, result, partial }: StatusDocument) {
    const present = (value: Json | undefined): value is Json =>
      value !== undefined && value !== null;
    return html`
      ${partial ? html`<p aria-busy="true">Reading the rest</p>` : nothing}
      ${present(result) ? json('Result', result, true) : nothing}
      ${present(input) ? json('Input', input, true) : nothing}
    `;
  }

  #facts(request: StatusDocument) {
    return html`
      <dl class="facts">
        <div>
          <dt>Type</dt>
          <dd><code>${request.type}</code></dd>
        </div>
        <div>
          <dt>Attempt</dt>
          <dd>${request.attempt}</dd>
        </div>
        <div>
          <dt>Version</dt>
          <dd>${request.version}</dd>
        </div>
        <div>
          <dt>Created</dt>
          <dd>${when(request.createdAt, this.now)}</dd>
        </div>
        <div>
          <dt>Changed</dt>
          <dd>${when(request.updatedAt, this.now)}</dd>
        </div>
      </dl>
    `;
  }

  async #read(id: string): Promise<void> {
    await this.#showing(id, () => this.client.get(id));
  }

  async #act(action: Action): Promise<void> {
    const id = this.requestId;
    this.busy = action;
    this.error = null;
    await this.#showing(id, () => this.client[action](id));
    if (this.requestId === id) {
      this.busy = null;
    }
  }

  /** What becomes of a call is shown only while its request is. */
  async #showing(id: string, call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
    } catch (error) {
      if (this.requestId === id) {
        this.error = error;
      }
    }
  }
}

customElements.define('statuswire-details', StatuswireDetails);
