import { html, type TemplateResult } from 'lit';
import type { Field } from '../form/fields.ts';
import { checkbox, fieldset, type FormState, labelled } from './field.ts';
import { list } from './lines.ts';

/** Renders a field of any kind. */
export function fieldView(field: Field, form: FormState): TemplateResult {
  switch (field.kind) {
    case 'group': {
      const content = field.fields.map((one) => fieldView(one, form));
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
