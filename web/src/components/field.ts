import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { BooleanField, Field, GroupField } from '../form/fields.ts';
import { optionValue, type PlacedErrors, type Values } from '../form/values.ts';

/** What the elements of a form show, and whom they tell of changes. */
export interface FormState {
  readonly values: Values;
  readonly errors: PlacedErrors;
  change(pointer: string, value: string | boolean): void;
}

type Single = Exclude<Field, GroupField>;

/** The elements of one field. */
export function fieldView(field: Field, form: FormState): TemplateResult {
  switch (field.kind) {
    case 'group':
      return group(field, form);
    case 'boolean':
      return checkbox(field, form);
    default:
      return labelled(field, form);
  }
}

function group(field: GroupField, form: FormState): TemplateResult {
  return html`
    <fieldset class="group" data-field=${field.name}>
      <legend>${field.label}${optional(field)}</legend>
      ${notes(field, form)}
      <div class="group-fields">${field.fields.map((one) => fieldView(one, form))}</div>
    </fieldset>
  `;
}

function labelled(field: Exclude<Single, BooleanField>, form: FormState): TemplateResult {
  return html`
    <div class="field" data-field=${field.name}>
      <label for=${elementId(field)}>${field.label}${optional(field)}</label>
      ${control(field, form)} ${notes(field, form)}
    </div>
  `;
}

function checkbox(field: Single, form: FormState): TemplateResult {
  return html`
    <div class="field" data-field=${field.name}>
      <label for=${elementId(field)}>
        <input
          type="checkbox"
          id=${elementId(field)}
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

function control(field: Exclude<Single, BooleanField>, form: FormState): TemplateResult {
  const value = String(form.values.get(field.pointer) ?? '');
  const changed = (event: Event) =>
    form.change(field.pointer, (event.target as HTMLInputElement).value);
  switch (field.kind) {
    case 'choice':
      return html`
        <select
          id=${elementId(field)}
          name=${field.name}
          ?required=${field.required}
          aria-invalid=${invalid(field, form)}
          aria-describedby=${describedBy(field, form)}
          @change=${changed}
        >
          <option value="" ?selected=${value === ''}>${field.required ? 'Choose' : '–'}</option>
          ${field.options
            .map(optionValue)
            .map(
              (option) =>
                html`<option value=${option} ?selected=${option === value}>${option}</option>`,
            )}
        </select>
      `;
    case 'json':
      return html`
        <textarea
          id=${elementId(field)}
          name=${field.name}
          rows="4"
          spellcheck="false"
          .value=${live(value)}
          aria-invalid=${invalid(field, form)}
          aria-describedby=${describedBy(field, form)}
          @input=${changed}
        ></textarea>
      `;
    case 'number':
      return html`
        <input
          type="number"
          min=${field.minimum ?? nothing}
          max=${field.maximum ?? nothing}
          step=${field.whole ? '1' : 'any'}
          id=${elementId(field)}
          name=${field.name}
          ?required=${field.required}
          .value=${live(value)}
          aria-invalid=${invalid(field, form)}
          aria-describedby=${describedBy(field, form)}
          @input=${(event: Event) => form.change(field.pointer, numberIn(event))}
        />
      `;
    default:
      return html`
        <input
          type=${field.type}
          maxlength=${field.maxLength ?? nothing}
          autocomplete="off"
          id=${elementId(field)}
          name=${field.name}
          ?required=${field.required}
          .value=${live(value)}
          aria-invalid=${invalid(field, form)}
          aria-describedby=${describedBy(field, form)}
          @input=${changed}
        />
      `;
  }
}

/** A number element hides what is typed into it while that is no number. */
function numberIn(event: Event): string {
  const { validity, value } = event.target as HTMLInputElement;
  return validity.badInput ? 'no number' : value;
}

function notes(field: Field, form: FormState): TemplateResult | typeof nothing {
  const errors = form.errors.atFields.get(field.pointer) ?? [];
  if (field.help === '' && errors.length === 0) {
    return nothing;
  }
  return html`
    <small id=${notesId(field)}>
      ${errors.map((error) => html`<span class="field-error">${error}</span>`)}
      ${field.help === '' ? nothing : html`<span class="field-help">${field.help}</span>`}
    </small>
  `;
}

function optional(field: Field): TemplateResult | typeof nothing {
  return field.required ? nothing : html` <span class="optional">optional</span>`;
}

function invalid(field: Field, form: FormState) {
  return form.errors.atFields.has(field.pointer) ? 'true' : nothing;
}

function describedBy(field: Field, form: FormState) {
  const has = field.help !== '' || form.errors.atFields.has(field.pointer);
  return has ? notesId(field) : nothing;
}

function elementId(field: Field): string {
  return `field-${field.name}`;
}

function notesId(field: Field): string {
  return `notes-${field.name}`;
}
