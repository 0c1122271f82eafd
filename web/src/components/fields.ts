import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Field } from '../form/fields.ts';
import { checkbox, fieldset, type FormState, labelled } from './field.ts';
import { list } from './lines.ts';

/**
 * Renders fields. Each keeps its elements, and so the focus, if the type changes and other fields
 * are added or removed.
 */
export function fieldViews(fields: readonly Field[], form: FormState) {
  return repeat(
    fields,
    ({ pointer, kind }) => `${kind} ${pointer}`,
    (field) => fieldView(field, form),
  );
}

/** Renders a field of any kind. */
function fieldView(field: Field, form: FormState): TemplateResult {
  switch (field.kind) {
    case 'group': {
      const content = fieldViews(field.fields, form);
      return fieldset(field, form, html`<div class="group-fields">${content}</div>`);
    }
    case 'list':
      return list(field, form);
    case 'boolean':
      return checkbox(field, form);
    default:
      return labelled(field, form);
  }
}
