import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type {
  BooleanField,
  Field,
  JsonField,
  Line,
  NumberField,
  TextField,
} from '../form/fields.ts';
import { localOf, momentOf, otherOf, retyped } from '../form/moment.ts';
import { UNREADABLE, type Value, type Values } from '../form/values.ts';

/** The values and errors that a form's elements show, and the callbacks for the user's actions. */
export interface FormState {
  /** The prefix of the elements' ids; each form of the page has another one. */
  readonly ids: string;
  /** Whether the user can enter the seconds of a time. */
  readonly seconds: boolean;
  readonly values: Values;
  /** The errors of each field, by its pointer. */
  readonly errors: ReadonlyMap<string, readonly string[]>;
  change(pointer: string, value: Value): void;
  /** Called when an element of this field loses the focus. */
  leave(field: Field, event: FocusEvent): void;
  /**
   * Adds a line to a list, or removes one; then moves the focus to the element with the id `focus`.
   */
  lines(pointer: string, lines: readonly string[], added: string | null, focus: string): void;
}

/** Renders several elements under one legend. */
export function fieldset(field: Field, form: FormState, content: unknown): TemplateResult {
  return html`
    <fieldset
      class="group"
      data-field=${field.name}
      ?data-invalid=${form.errors.has(field.pointer)}
      aria-describedby=${describedBy(field, form)}
      @focusout=${(event: FocusEvent) => form.leave(field, event)}
    >
      <legend>${field.label}${optional(field)}</legend>
      ${notes(field, form)} ${content}
    </fieldset>
  `;
}

/** Renders one element below its label. */
export function labelled(field: Line | JsonField, form: FormState): TemplateResult {
  const value = String(form.values.get(field.pointer) ?? '');
  const change = (text: string) => form.change(field.pointer, text);
  return html`
    <div
      class="field"
      data-field=${field.name}
      @focusout=${(event: FocusEvent) => form.leave(field, event)}
    >
      <label for=${elementId(field, form)}>${field.label}${optional(field)}</label>
      ${control(field, value, form, change)} ${notes(field, form)}
    </div>
  `;
}

/** Renders a checkbox before its label. */
export function checkbox(field: BooleanField, form: FormState): TemplateResult {
  return html`
    <div class="field" data-field=${field.name}>
      <label for=${elementId(field, form)}>
        <input
          type="checkbox"
          id=${elementId(field, form)}
          name=${field.name}
          .checked=${live(form.values.get(field.pointer) === true)}
          aria-invalid=${invalid(field, form)}
          aria-describedby=${describedBy(field, form)}
          @change=${(event: Event) =>
            form.change(field.pointer, (event.target as HTMLInputElement).checked)}
        />
        ${field.label}
      </label>
      ${notes(field, form)}
    </div>
  `;
}

/** Renders the element into which the user types, or in which the user chooses. */
export function control(
  field: Line | JsonField,
  value: string,
  form: FormState,
  change: (text: string) => void,
): TemplateResult {
  const isMoment = field.kind === 'text' && field.type === 'datetime-local';
  const changed = (event: Event) => {
    const typed = typedIn(event.target as HTMLInputElement);
    change(isMoment ? retyped(typed, value) : typed);
  };
  const shown = value === UNREADABLE ? '' : value;
  const input = (type: string, text: string, bounds?: NumberField, mode?: 'decimal') => html`
    <input
      type=${type}
      inputmode=${mode ?? nothing}
      min=${bounds?.minimum ?? nothing}
      max=${bounds?.maximum ?? nothing}
      step=${bounds?.step ?? (form.seconds ? 1 : 'any')}
      autocomplete="off"
      dir="auto"
      id=${elementId(field, form)}
      name=${field.name}
      ?required=${field.required}
      .value=${live(text)}
      aria-invalid=${invalid(field, form)}
      aria-describedby=${describedBy(field, form)}
      @input=${changed}
    />
  `;
  switch (field.kind) {
    case 'choice':
      return html`
        <select
          id=${elementId(field, form)}
          name=${field.name}
          ?required=${field.required}
          aria-invalid=${invalid(field, form)}
          aria-describedby=${describedBy(field, form)}
          @change=${changed}
        >
          <option value="" ?selected=${value === ''}>${field.required ? 'Choose' : '–'}</option>
          ${field.texts.map(
            (option) =>
              html`<option value=${option} .selected=${option === value}>${option}</option>`,
          )}
        </select>
      `;
    case 'number':
      return field.bounded
        ? input('number', shown, field)
        : // The numeric keyboards of phones have no minus sign.
          input('text', shown, undefined, Number(field.minimum) >= 0 ? 'decimal' : undefined);
    case 'text':
      if (!field.long) {
        const element = input(...typeAndValue(field, shown));
        return isMoment ? html`${element} ${clockChangeNote(shown, change)}` : element;
      }
  }
  return html`
    <textarea
      id=${elementId(field, form)}
      name=${field.name}
      class=${field.kind === 'json' ? 'code' : nothing}
      rows="4"
      dir="auto"
      spellcheck=${field.kind === 'json' ? 'false' : nothing}
      ?required=${field.required}
      .value=${live(shown)}
      aria-invalid=${invalid(field, form)}
      aria-describedby=${describedBy(field, form)}
      @input=${changed}
    ></textarea>
  `;
}

/**
 * Returns the type and the text of an element. A text that is not a date and time is shown
 * unchanged.
 */
function typeAndValue({ type }: TextField, value: string): [string, string] {
  const local = type === 'datetime-local' ? localOf(value) : value;
  return local === '' && value !== '' ? ['text', value] : [type, local];
}

/**
 * Renders which time is sent, if the clocks change at the local time so that it occurs twice or
 * never.
 */
function clockChangeNote(value: string, change: (text: string) => void) {
  const sent = momentOf(value);
  const other = otherOf(value);
  if (other !== null) {
    return html`<small>
      This local time occurs twice. Selected: ${sent}
      <button type="button" class="secondary outline" @click=${() => change(other)}>
        Use the other
      </button>
    </small>`;
  }
  return localOf(sent).slice(0, 16) === localOf(value).slice(0, 16)
    ? nothing
    : html`<small>This local time does not exist. Selected: ${sent}</small>`;
}

/** Returns the typed text. Some elements hide their text while they cannot parse it. */
function typedIn({ validity, value }: HTMLInputElement): string {
  return validity.badInput ? UNREADABLE : value;
}

/** Renders the errors of a field, and its help. */
export function notes(field: Field, form: FormState): TemplateResult | typeof nothing {
  const errors = form.errors.get(field.pointer) ?? [];
  if (field.help === '' && errors.length === 0) {
    return nothing;
  }
  return html`
    <small id=${notesId(field, form)}>
      ${errors.map((error) => html`<span class="field-error">${error}</span>`)}
      ${field.help === '' ? nothing : html`<span class="field-help">${field.help}</span>`}
    </small>
  `;
}

function optional(field: Field): TemplateResult | typeof nothing {
  return field.required ? nothing : html` <span class="optional">optional</span>`;
}

function invalid(field: Field, form: FormState) {
  return form.errors.has(field.pointer) ? 'true' : nothing;
}

function describedBy(field: Field, form: FormState) {
  return field.help !== '' || form.errors.has(field.pointer) ? notesId(field, form) : nothing;
}

/** Returns the id of a field's element. */
export function elementId(field: Field, { ids }: FormState): string {
  return idOf(`${ids}field`, field);
}

function notesId(field: Field, { ids }: FormState): string {
  return idOf(`${ids}notes`, field);
}

/** Returns an id without white space, because white space separates ids in attributes. */
function idOf(part: string, { name }: Field): string {
  return `${part}-${name.replace(/\s/g, (space) => `%${space.charCodeAt(0)}`)}`;
}
