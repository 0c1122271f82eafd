import { html, type TemplateResult } from 'lit';
import type { ListField } from '../form/fields.ts';
import { control, elementId, fieldset, type FormState, notes } from './field.ts';

/**
 * Renders a list: a line for each item with a button that removes it, and a button that adds an
 * item.
 */
export function list(field: ListField, form: FormState): TemplateResult {
  const value = form.values.get(field.pointer);
  const lines = Array.isArray(value) ? (value as readonly string[]) : [];
  const name = inSentence(field.label);
  const change = (changed: readonly string[]) => form.change(field.pointer, changed);
  const add = () => {
    const added = field.line(lines.length);
    form.lines(field.pointer, [...lines, ''], added.pointer, elementId(added, form));
  };
  const remove = (index: number) => {
    const rest = lines.filter((_, other) => other !== index);
    const next = Math.min(index, rest.length - 1);
    const focus = rest.length > 0 ? elementId(field.line(next), form) : addId(field, form);
    form.lines(field.pointer, rest, null, focus);
  };
  return fieldset(
    field,
    form,
    html`
      ${lines.map((text, index) => {
        const line = field.line(index);
        return html`
          <div
            class="field"
            data-field=${line.name}
            @focusout=${(event: FocusEvent) => form.leave(line, event)}
          >
            <label for=${elementId(line, form)}>${line.label}</label>
            <div class="line">
              ${control(line, text, form, (typed) =>
                change(lines.map((other, at) => (at === index ? typed : other))),
              )}
              <button
                type="button"
                class="secondary outline"
                aria-label="Remove ${name} ${index + 1}"
                @click=${() => remove(index)}
              >
                ×
              </button>
            </div>
            ${notes(line, form)}
          </div>
        `;
      })}
      <button
        type="button"
        class="secondary outline add"
        id=${addId(field, form)}
        ?disabled=${lines.length >= field.maximum}
        @click=${add}
      >
        Add ${name}
      </button>
    `,
  );
}

function addId(field: ListField, form: FormState): string {
  return `add-${elementId(field, form)}`;
}

/** Returns a title as written within a sentence: in lower case, except words such as `URL`. */
function inSentence(label: string): string {
  return label.replace(/^\p{Lu}(?!\p{Lu})/u, (letter) => letter.toLowerCase());
}
