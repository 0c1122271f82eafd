import { html, nothing, type PropertyValues } from 'lit';
import {
  type Client,
  type Json,
  ProblemError,
  type RequestType,
  type StatusDocument,
  stringifyJson,
} from '../client/index.ts';
import { Memory } from '../form/memory.ts';
import { ScheduleSheet } from '../form/schedule.ts';
import { Sheet } from '../form/sheet.ts';
import { Unconfirmed } from '../form/unconfirmed.ts';
import { PageElement } from './element.ts';
import { problems, unconfirmedNote } from './outcome.ts';
import { scheduleSection } from './schedule.ts';
import { SheetView } from './sheet-view.ts';

/** The keys of the chosen type and of the schedule in the memory. */
const TYPE = 'type';
const SCHEDULE = 'schedule';

/**
 * The form that submits a request. Its fields come from the schema of the chosen type. The event
 * `submitted` contains the id of a request that the server accepted.
 */
export class StatuswireForm extends PageElement {
  static override properties = {
    client: { attribute: false },
    types: { attribute: false },
    memory: { attribute: false },
    chosen: { state: true },
    busy: { state: true },
    error: { state: true },
    submitted: { state: true },
  };
  declare client: Client;
  declare types: readonly RequestType[];
  /** The data that survives a reload. */
  declare memory: Memory;
  declare chosen: string | null;
  declare busy: boolean;
  /** Why the last submission was not accepted. */
  declare error: unknown;
  declare submitted: StatusDocument | null;
  readonly #sheets = new Map<string, Sheet>();
  #kept: ScheduleSheet | undefined;
  readonly #view = new SheetView(this, (sheet) => this.#changed(sheet));
  /** The type and the input to show when the types have been loaded. */
  #waiting: { readonly type: string; readonly input: Json } | null = null;

  constructor() {
    super();
    this.types = [];
    this.memory = new Memory();
    this.chosen = null;
    this.busy = false;
    this.#forget();
  }

  /**
   * Shows this type with this input, ready to be submitted, as soon as the types have been loaded.
   * An unknown type is ignored.
   */
  prefill(type: string, input: Json): void {
    if (this.types.length === 0) {
      this.#waiting = { type, input };
      return;
    }
    if (!this.types.some(({ name }) => name === type)) {
      console.debug(`statuswire: unknown type ${type}; not filling in the form`);
      return;
    }
    this.#choose(type);
    this.#fill(input);
    void this.#view.focus('[name]');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('types')) {
      this.types.forEach((type) => this.#renew(type));
    }
  }

  /** Shows a newer version of a type, and keeps what the user has entered. */
  #renew(type: RequestType): void {
    const { name } = type;
    const sheet = this.#sheets.get(name);
    if (sheet === undefined || stringifyJson(sheet.type) === stringifyJson(type)) {
      return;
    }
    const isShown = sheet === this.#sheet();
    const renewed = sheet.renewed(type);
    this.#sheets.set(name, renewed);
    if (this.memory.read(draftOf(name)) !== undefined) {
      this.memory.write(draftOf(name), renewed.draft);
    }
    if (isShown) {
      this.error = null;
      this.#view.announced = 'The form has changed, because its type was updated.';
    }
  }

  protected override updated(): void {
    if (this.#waiting !== null && this.types.length > 0) {
      const { type, input } = this.#waiting;
      this.#waiting = null;
      this.prefill(type, input);
    }
  }

  protected override render() {
    const sheet = this.#sheet();
    return html`
      <header class="section-header">
        <h2 id="form-title">New request</h2>
        ${
          sheet?.type.example === undefined
            ? nothing
            : html`<button class="reset" @click=${() => this.#fill(sheet.type.example)}>
                Start from the example
              </button>`
        }
      </header>
      ${
        sheet
          ? this.#form(sheet)
          : html`<p class="empty" aria-busy="true">Loading request types…</p>`
      }
    `;
  }

  #form(sheet: Sheet) {
    const { type, errors } = sheet;
    const schedule = this.#schedule;
    const times = schedule.errors;
    return html`
      <form
        novalidate
        aria-labelledby="form-title"
        @submit=${this.#submit}
        @click=${this.#view.pressed}
      >
        <div class="field">
          <label for="request-type">Type</label>
          <select
            id="request-type"
            data-request-type
            aria-describedby=${type.description ? 'request-type-help' : nothing}
            @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}
          >
            ${this.types.map(
              ({ name, title }) =>
                html`<option value=${name} .selected=${name === type.name}>${title}</option>`,
            )}
          </select>
          ${
            type.description
              ? html`<small id="request-type-help">${type.description}</small>`
              : nothing
          }
        </div>
        ${this.#view.fields(sheet, '', errors)}
        ${scheduleSection(schedule, this.#view.fields(schedule, 'schedule-', times))}

        <div class="form-end">
          ${problems(this.error, sheet.tried, {
            atFields: new Map([...errors.atFields, ...times.atFields]),
            elsewhere: errors.elsewhere,
          })}
          ${this.#isUnconfirmed(sheet) ? unconfirmedNote() : nothing}
          <button
            type="submit"
            aria-disabled=${this.busy ? 'true' : nothing}
            aria-busy=${this.busy ? 'true' : nothing}
          >
            Submit
          </button>
          <p class="submitted" role="status">
            ${this.submitted ? this.#accepted(this.submitted) : nothing}
          </p>
          <p class="visually-hidden" role="status">${this.#view.announced}</p>
        </div>
      </form>
    `;
  }

  #accepted({ id, status }: StatusDocument) {
    return html`${status === 'SCHEDULED' ? 'Scheduled' : 'Accepted'}.
      <a href="#/requests/${id}">Show the request</a>`;
  }

  get #schedule(): ScheduleSheet {
    this.#kept ??= new ScheduleSheet(this.memory.read(SCHEDULE));
    return this.#kept;
  }

  #sheet(): Sheet | null {
    const wanted = this.chosen ?? this.memory.read(TYPE);
    const type = this.types.find(({ name }) => name === wanted) ?? this.types[0];
    if (type === undefined) {
      return null;
    }
    const kept = this.#sheets.get(type.name);
    if (kept !== undefined) {
      return kept;
    }
    const sheet = new Sheet(type, this.memory.read(draftOf(type.name)));
    this.#sheets.set(type.name, sheet);
    return sheet;
  }

  #isUnconfirmed({ type, filled }: Sheet): boolean {
    return !this.busy && this.#unconfirmed.has(type.name, filled.input, this.#schedule.schedule);
  }

  get #unconfirmed(): Unconfirmed {
    return new Unconfirmed(this.memory);
  }

  #choose(type: string): void {
    this.chosen = type;
    this.memory.write(TYPE, type);
    this.#forget();
  }

  #forget(): void {
    this.error = null;
    this.submitted = null;
    this.#view.announced = '';
  }

  #fill(input: Json | undefined): void {
    const sheet = this.#sheet();
    if (sheet !== null) {
      sheet.fill(input);
      this.#forget();
      this.#changed(sheet);
    }
  }

  #changed(sheet: Sheet): void {
    const key = sheet === this.#kept ? SCHEDULE : draftOf(sheet.type.name);
    this.memory.write(key, sheet.draft);
    this.requestUpdate();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const sheet = this.#sheet();
    if (sheet === null || this.busy) {
      return;
    }
    this.#forget();
    const schedule = this.#schedule;
    const isFilled = sheet.submit().errors.length === 0;
    if (!schedule.isValid(Date.now()) || !isFilled) {
      await this.#showErrors();
      return;
    }
    this.busy = true;
    try {
      await this.#send(sheet, schedule);
    } catch (error) {
      this.error = error;
      sheet.refuse(schedule.take(error instanceof ProblemError ? error.errors : []));
      await this.#showErrors();
    } finally {
      this.busy = false;
    }
  }

  /** Submits the form. The schedule is for one request only, so it is empty afterwards. */
  async #send(sheet: Sheet, schedule: ScheduleSheet): Promise<void> {
    const { type, filled } = sheet;
    this.submitted = await this.#unconfirmed.submit(
      this.client,
      type.name,
      filled.input,
      schedule.schedule,
    );
    this.dispatchEvent(new CustomEvent('submitted', { detail: this.submitted.id }));
    sheet.settle();
    schedule.fill({});
    this.#changed(schedule);
  }

  /** Opens the schedule if it has errors, and moves the focus to the first error of the form. */
  async #showErrors(): Promise<void> {
    const section = this.querySelector<HTMLDetailsElement>('.schedule');
    if (section !== null && this.#schedule.errors.atFields.size > 0) {
      section.open = true;
    }
    await this.#view.focusFirstError();
  }
}

function draftOf(type: string): string {
  return `draft.${type}`;
}

customElements.define('statuswire-form', StatuswireForm);
