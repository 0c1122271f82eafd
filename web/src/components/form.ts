import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import {
  type Client,
  ConnectionError,
  ProblemError,
  type RequestType,
  type StatusDocument,
} from '../client/index.ts';
import { type Field, formOf } from '../form/fields.ts';
import { inputOf, noErrors, type PlacedErrors, placeErrors, valuesOf } from '../form/values.ts';
import { PageElement } from './element.ts';
import { fieldView } from './field.ts';
import { problem } from './parts.ts';

/** The form of one type with what was typed into it; kept while another type is chosen. */
interface Sheet {
  readonly type: RequestType;
  readonly form: Field;
  readonly values: Map<string, string | boolean>;
}

/** A submission of which nobody knows whether it arrived. */
interface Unanswered {
  readonly id: string;
  readonly content: string;
}

/** Makes a request of a chosen type; its fields come from the type's schema. */
export class StatuswireForm extends PageElement {
  static override properties = {
    client: { attribute: false },
    types: { attribute: false },
    chosen: { state: true },
    busy: { state: true },
    errors: { state: true },
    error: { state: true },
    submitted: { state: true },
  };
  declare client: Client;
  declare types: readonly RequestType[];
  declare chosen: string | null;
  declare busy: boolean;
  declare errors: PlacedErrors;
  declare error: unknown;
  declare submitted: StatusDocument | null;
  readonly #sheets = new Map<string, Sheet>();
  #unanswered: Unanswered | null = null;

  constructor() {
    super();
    this.types = [];
    this.chosen = null;
    this.busy = false;
    this.errors = noErrors;
    this.error = null;
    this.submitted = null;
  }

  protected override render() {
    const sheet = this.#sheet();
    return html`
      <header class="section-header"><h2 id="form-title">New request</h2></header>
      ${
        sheet
          ? this.#form(sheet)
          : html`<p class="empty" aria-busy="true">Asking the server what it takes</p>`
      }
    `;
  }

  #form({ type, form, values }: Sheet) {
    const { errors } = this;
    const change = (pointer: string, value: string | boolean) => void values.set(pointer, value);
    const fields = form.kind === 'group' ? form.fields : [form];
    return html`
      <form novalidate aria-labelledby="form-title" @submit=${this.#submit}>
        <div class="field">
          <label for="request-type">Type</label>
          <select
            id="request-type"
            data-request-type
            aria-describedby=${type.description ? 'request-type-help' : nothing}
            @change=${this.#choose}
          >
            ${this.types.map(
              ({ name, title }) =>
                html`<option value=${name} ?selected=${name === type.name}>${title}</option>`,
            )}
          </select>
          ${
            type.description
              ? html`<small id="request-type-help">${type.description}</small>`
              : nothing
          }
        </div>
        ${keyed(
          type.name,
          fields.map((field) => fieldView(field, { values, errors, change })),
        )}

        <div class="form-end">
          ${this.#problem()}
          <button type="submit" ?disabled=${this.busy} aria-busy=${this.busy ? 'true' : nothing}>
            Submit
          </button>
          <p class="submitted" role="status">
            ${this.submitted ? this.#answer(this.submitted) : nothing}
          </p>
        </div>
      </form>
    `;
  }

  #answer({ id }: StatusDocument) {
    return html`Accepted. <a href="#/requests/${id}">Show the request</a>`;
  }

  /** What is told at its field is not told again. */
  #problem() {
    const { atFields, elsewhere } = this.errors;
    if (atFields.size > 0 && elsewhere.length === 0) {
      return html`<div class="problem" role="alert">
        <strong>Check the marked fields</strong>
      </div>`;
    }
    return this.error ? problem(this.error, this.#elsewhere()) : nothing;
  }

  #elsewhere() {
    const { elsewhere } = this.errors;
    return elsewhere.length === 0
      ? nothing
      : html`<ul>
          ${elsewhere.map(
            ({ pointer, detail }) => html`<li><code>${pointer || '/'}</code> ${detail}</li>`,
          )}
        </ul>`;
  }

  #sheet(): Sheet | null {
    const type = this.types.find(({ name }) => name === this.chosen) ?? this.types[0];
    if (type === undefined) {
      return null;
    }
    const kept = this.#sheets.get(type.name);
    if (kept !== undefined) {
      return kept;
    }
    const form = formOf(type.schema);
    const sheet = { type, form, values: valuesOf(form, type.example) };
    this.#sheets.set(type.name, sheet);
    return sheet;
  }

  #choose(event: Event): void {
    this.chosen = (event.target as HTMLSelectElement).value;
    this.#forget();
  }

  #forget(): void {
    this.errors = noErrors;
    this.error = null;
    this.submitted = null;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const sheet = this.#sheet();
    if (sheet === null || this.busy) {
      return;
    }
    this.#forget();
    const { input, errors } = inputOf(sheet.form, sheet.values);
    if (errors.length > 0) {
      await this.#show(placeErrors(sheet.form, errors));
      return;
    }
    this.busy = true;
    try {
      this.submitted = await this.#send(sheet.type.name, input);
    } catch (error) {
      this.error = error;
      const told = error instanceof ProblemError ? error.errors : [];
      await this.#show(placeErrors(sheet.form, told));
    } finally {
      this.busy = false;
    }
  }

  /** The same content again after a lost answer goes under the same id: it is one request. */
  async #send(type: string, input: unknown): Promise<StatusDocument> {
    const content = JSON.stringify([type, input]);
    const again = this.#unanswered?.content === content ? this.#unanswered : null;
    const id = again?.id ?? this.client.newId();
    this.#unanswered = null;
    try {
      return await this.client.submit(type, input, { id });
    } catch (error) {
      this.#unanswered = error instanceof ConnectionError ? { id, content } : null;
      throw error;
    }
  }

  /** Shows errors at their fields and leads to the first. */
  async #show(errors: PlacedErrors): Promise<void> {
    this.errors = errors;
    await this.updateComplete;
    this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }
}

customElements.define('statuswire-form', StatuswireForm);
