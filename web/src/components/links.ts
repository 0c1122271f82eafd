import { html, nothing } from 'lit';
import {
  type Client,
  ConnectionError,
  type CreatedLink,
  type Link,
  ProblemError,
  type RequestType,
  type StatusDocument,
} from '../client/index.ts';
import { SingleTask } from '../client/waiting.ts';
import { LinkSheet } from '../form/link-sheet.ts';
import { scopeWord, upperCased } from '../shared/words.ts';
import { confirmation } from './confirm.ts';
import './copy.ts';
import { PageElement } from './element.ts';
import { problems } from './outcome.ts';
import { moment, problem, when } from './parts.ts';
import { SheetView } from './sheet-view.ts';

/** The links to a request: those that exist, and a dialog that creates another one. */
export class StatuswireLinks extends PageElement {
  static override properties = {
    client: { attribute: false },
    request: { attribute: false },
    types: { attribute: false },
    now: { attribute: false },
    links: { state: true },
    created: { state: true },
    busy: { state: true },
    error: { state: true },
    refusal: { state: true },
    announced: { state: true },
  };
  declare client: Client;
  declare request: StatusDocument;
  declare types: readonly RequestType[];
  declare now: number;
  /** Null until they have been read. */
  declare links: readonly Link[] | null;
  /** The new link, while its URL is shown. */
  declare created: CreatedLink | null;
  /** The running call: `create`, or the id of the link that is being revoked. */
  declare busy: string | null;
  /** Why the links could not be read, or a link could not be revoked. */
  declare error: unknown;
  /** Why the link was not created. */
  declare refusal: unknown;
  /** A text for screen readers only. */
  declare announced: string;
  readonly #view = new SheetView(this, () => this.requestUpdate());
  readonly #reading = new SingleTask(() => this.#read());
  #sheet: LinkSheet | null = null;
  /** How many links this has created and revoked. */
  #changes = 0;

  constructor() {
    super();
    this.types = [];
    this.now = 0;
    this.links = null;
    this.created = null;
    this.busy = null;
    this.error = null;
    this.refusal = null;
    this.announced = '';
  }

  /**
   * Opens the dialog that creates a link.
   *
   * @param step - the step that the link is for; null for none
   */
  create(step: string | null): void {
    this.#sheet = new LinkSheet(this.#steps(), step);
    this.created = null;
    this.refusal = null;
    this.#dialog.showModal();
    void this.#view.focus('.link-dialog select');
  }

  protected override render() {
    const { links } = this;
    return html`
      <details class="fold links" @toggle=${this.#toggled}>
        <summary>
          Links ${links === null ? nothing : html`<span class="json-size">${links.length}</span>`}
        </summary>
        ${this.error ? problem(this.error) : nothing} ${this.#list()}
        <div class="actions">
          <button
            type="button"
            class="secondary outline create-link"
            @click=${() => this.create(null)}
          >
            Create a link
          </button>
        </div>
      </details>
      <dialog class="link-dialog" aria-labelledby="link-title" @close=${this.#closed}>
        <article>
          <h3 id="link-title">
            ${this.created === null ? 'Create a link to this request' : 'Link created'}
          </h3>
          ${this.created === null ? this.#form() : this.#url(this.created)}
        </article>
      </dialog>
      <p class="visually-hidden" role="status">${this.announced}</p>
    `;
  }

  #list() {
    const { links, error } = this;
    if (links === null) {
      return error ? nothing : html`<p class="note" aria-busy="true">Loading links…</p>`;
    }
    return links.length === 0
      ? html`<p class="note">
          No links. A link lets a person without a login see this request, or answer it.
        </p>`
      : html`<ul role="list">
          ${links.map((link, index) => this.#item(link, index))}
        </ul>`;
  }

  #item(link: Link, index: number) {
    const { linkId, label, showsInput, createdAt, expiresAt } = link;
    const name = label ?? 'Link without a label';
    const scope = upperCased(scopeWord(link));
    const revocation = {
      id: `revoke-${index}`,
      label: 'Revoke',
      name: `Revoke ${name}`,
      question: 'Revoke this link?',
      what: html`<bdi>${name}</bdi>. The link stops working at once. You cannot restore it.`,
      value: 'revoke',
      confirm: 'Revoke it',
      isBlocked: this.busy !== null && this.busy !== linkId,
      isBusy: this.busy === linkId,
      confirmed: () => void this.#revoke(linkId, name),
    };
    return html`
      <li data-link=${linkId}>
        <span class="link-label" dir="auto">${name}</span>
        <span class="note">
          ${scope}${showsInput ? ', with its input' : ''}. Created ${when(createdAt, this.now)},
          valid until ${moment(expiresAt)}.
        </span>
        ${confirmation(revocation)}
      </li>
    `;
  }

  #form() {
    const sheet = this.#sheet;
    if (sheet === null) {
      return nothing;
    }
    const { errors } = sheet;
    const isBusy = this.busy === 'create';
    return html`
      <form novalidate @submit=${this.#submit} @click=${this.#view.pressed}>
        ${this.#view.fields(sheet, 'link-', errors)} ${problems(this.refusal, sheet.tried, errors)}
        ${
          this.refusal instanceof ConnectionError
            ? html`<p class="note">
                There may be a new link whose URL is lost. If it is in the list of links, revoke it.
              </p>`
            : nothing
        }
        <div class="dialog-actions">
          <button type="button" class="secondary outline" @click=${() => this.#dialog.close()}>
            Cancel
          </button>
          <button type="submit" aria-disabled=${isBusy ? 'true' : nothing} aria-busy=${isBusy}>
            Create link
          </button>
        </div>
        <p class="visually-hidden" role="status">${this.#view.announced}</p>
      </form>
    `;
  }

  #url(created: CreatedLink) {
    return html`
      <label for="link-url">URL</label>
      <input
        id="link-url"
        readonly
        .value=${created.url}
        aria-describedby="link-once"
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      />
      <p id="link-once">
        This URL is shown only now. Anyone who has it can ${scopeWord(created)}, until
        ${moment(created.expiresAt)}.
      </p>
      <div class="dialog-actions">
        <statuswire-copy .what=${'the URL'} .text=${() => created.url}></statuswire-copy>
        <button type="button" @click=${() => this.#dialog.close()}>Done</button>
      </div>
    `;
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector('.link-dialog') as HTMLDialogElement;
  }

  #steps(): string[] {
    const type = this.types.find(({ name }) => name === this.request.type);
    return Object.keys(type?.answers ?? {});
  }

  #toggled(event: Event): void {
    if ((event.target as HTMLDetailsElement).open) {
      void this.#reading.again();
    }
  }

  /** Removes the URL of a new link from the page. */
  #closed(event: Event): void {
    if (event.target === this.#dialog) {
      this.created = null;
      this.#sheet = null;
    }
  }

  /** Reads the links; until then, the known ones stay. */
  async #read(): Promise<void> {
    try {
      let links: readonly Link[];
      let changes: number;
      do {
        changes = this.#changes;
        links = await this.client.links(this.request.id);
      } while (changes !== this.#changes);
      this.links = links;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const sheet = this.#sheet;
    if (sheet === null || this.busy !== null) {
      return;
    }
    this.refusal = null;
    if (sheet.submit().errors.length > 0) {
      await this.#view.focusFirstError();
      return;
    }
    this.busy = 'create';
    try {
      this.#add(await this.client.link(this.request.id, sheet.options));
    } catch (error) {
      this.refusal = error;
      sheet.take(error instanceof ProblemError ? error.errors : []);
      if (error instanceof ConnectionError) {
        this.links = null;
        void this.#reading.again();
      }
      await this.#view.focusFirstError();
    } finally {
      this.busy = null;
    }
  }

  /** Shows the URL of a new link, even if the user has closed the dialog meanwhile. */
  #add(created: CreatedLink): void {
    this.created = created;
    this.#changes++;
    if (this.links === null) {
      void this.#reading.join();
    } else {
      this.links = [created, ...this.links];
    }
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
    void this.#view.focus('#link-url');
  }

  async #revoke(linkId: string, name: string): Promise<void> {
    if (this.busy !== null) {
      return;
    }
    this.busy = linkId;
    this.error = null;
    try {
      await this.client.revokeLink(this.request.id, linkId);
      this.#changes++;
      this.links = this.links?.filter((link) => link.linkId !== linkId) ?? null;
      this.announced = `${name}: revoked`;
      void this.#view.focus('.create-link');
    } catch (error) {
      this.error = error;
    } finally {
      this.busy = null;
    }
  }
}

customElements.define('statuswire-links', StatuswireLinks);
