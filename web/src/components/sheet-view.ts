import { keyed } from 'lit/directives/keyed.js';
import type { Field } from '../form/fields.ts';
import type { Sheet } from '../form/sheet.ts';
import type { PageElement } from './element.ts';
import type { FormState } from './field.ts';
import { fieldViews } from './fields.ts';

const FIRST_ERROR =
  '[aria-invalid="true"], [data-invalid] :is(input, select, textarea, button:enabled)';

/** Renders the fields of sheets in a form of its host, and follows the user through them. */
export class SheetView {
  /** A text for screen readers only. */
  announced = '';
  readonly #host: PageElement;
  readonly #changed: (sheet: Sheet) => void;

  /** @param changed - called after the user has changed a value; renders the host again */
  constructor(host: PageElement, changed: (sheet: Sheet) => void) {
    this.#host = host;
    this.#changed = changed;
  }

  /**
   * Renders the fields.
   *
   * @param ids - the prefix of the elements' ids; each form of the page has another one
   */
  fields(sheet: Sheet, ids: string, errors = sheet.errors): unknown {
    const fields = sheet.form.kind === 'group' ? sheet.form.fields : [sheet.form];
    const state: FormState = {
      ids,
      seconds: sheet.hasSeconds,
      values: sheet.values,
      errors: errors.atFields,
      change: (pointer, value) => {
        sheet.change(pointer, value);
        this.#change(sheet);
      },
      leave: (field, event) => this.#leave(sheet, field, event),
      lines: (pointer, lines, added, focus) => {
        sheet.change(pointer, lines);
        sheet.enter(added ?? '');
        this.#change(sheet);
        void this.focus(`#${CSS.escape(focus)}`);
      },
    };
    return keyed(sheet.type.name, fieldViews(fields, state));
  }

  /**
   * Shows the messages that were held back while a button was pressed. Ignores clicks on
   * checkboxes, whose change event comes later.
   */
  readonly pressed = ({ target }: Event): void => {
    if ((target as Element).closest('button') !== null) {
      this.#host.requestUpdate();
    }
  };

  /** Moves the focus to the first field with an error. */
  focusFirstError(): Promise<void> {
    return this.focus(FIRST_ERROR);
  }

  /** Renders the host, and moves the focus to the first element that matches. */
  async focus(selector: string): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.querySelector<HTMLElement>(selector)?.focus();
  }

  #change(sheet: Sheet): void {
    this.announced = '';
    this.#changed(sheet);
  }

  /**
   * Shows the errors of a field that the user has left. A message makes the form longer, so it is
   * held back while a button is pressed, because the button would move away.
   */
  #leave(sheet: Sheet, field: Field, event: FocusEvent): void {
    if ((event.currentTarget as Element).contains(event.relatedTarget as Node | null)) {
      return;
    }
    const element = event.target as HTMLInputElement;
    if (element.validity?.badInput) {
      element.dispatchEvent(new Event('input')); // The element sends no event for half a date.
    }
    sheet.leave(field.pointer);
    if (this.#host.querySelector('button:active') === null) {
      const errors = sheet.errors.atFields.get(field.pointer);
      this.announced = errors ? `${field.label}: ${errors.join('. ')}` : this.announced;
      this.#host.requestUpdate();
    }
  }
}
