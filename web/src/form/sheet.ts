import type { FieldProblem } from '../client/problem.ts';
import type { Json, RequestType } from '../client/types.ts';
import { stringifyJson } from '../client/json.ts';
import { check } from './check.ts';
import { type Field, formOf, isObject, type Member, memberOf } from './fields.ts';
import {
  type Filled,
  inputOf,
  noErrors,
  type Original,
  type PlacedErrors,
  placeErrors,
  restored,
  type Value,
  type Values,
  valuesOf,
} from './values.ts';

/** The form of one type, or of an answer to one of its steps: its values and their errors. */
export class Sheet {
  readonly type: RequestType;
  readonly form: Field;
  /** Whether the user can enter the seconds of times. */
  readonly hasSeconds: boolean = true;
  readonly #member: Member;
  #values: ReadonlyMap<string, Value>;
  /**
   * The input that the form was filled with. Parts that the user has not edited are sent unchanged.
   */
  #original: Original;
  /** The fields that the user has left. The user may not have reached the others yet. */
  readonly #left = new Set<string>();
  #tried = false;
  #refused = noErrors;

  /**
   * @param draft - the {@link draft} from before a reload, or any other value
   * @param member - the member of the body at which the server's pointers start
   */
  constructor(type: RequestType, draft?: Json, member: Member = 'input') {
    this.type = type;
    this.form = formOf(type.schema, member);
    this.#member = member;
    this.#values = restored(valuesOf(this.form, type.example), draft);
    this.#original = {
      input: isObject(draft) ? memberOf(draft, 'original') : type.example,
      edited: new Set([memberOf(draft, 'edited') ?? []].flat().map(String)),
    };
  }

  /**
   * Returns the sheet of a newer version of the type. What the user has entered is kept in the
   * fields that still exist; all others show the newer example.
   */
  renewed(type: RequestType): Sheet {
    const { input, edited } = this.#original;
    const sheet = new Sheet(type, undefined, this.#member);
    if (!isSame(input, this.type.example)) {
      sheet.fill(input);
    }
    const entered = Object.fromEntries(
      [...this.#values].filter(([pointer]) => edited.has(pointer)),
    );
    const kept = restored(sheet.#values, entered as Json);
    for (const pointer of edited) {
      const value = kept.get(pointer);
      if (value !== undefined) {
        sheet.change(pointer, value);
      }
    }
    this.#left.forEach((pointer) => sheet.leave(pointer));
    sheet.#tried = this.#tried;
    return sheet;
  }

  /** Whether these or similar values were submitted and not accepted. */
  get tried(): boolean {
    return this.#tried;
  }

  /** Whether the user has changed a value. */
  get isEdited(): boolean {
    return this.#original.edited.size > 0;
  }

  get values(): Values {
    return this.#values;
  }

  /** A value from which this sheet can be restored after a reload. */
  get draft(): Json {
    const { input, edited } = this.#original;
    return {
      ...(Object.fromEntries(this.#values) as { [pointer: string]: Json }),
      ...(input !== undefined && { original: input }),
      edited: [...edited],
    };
  }

  /** The input that is filled in, and all its errors that the page can detect. */
  get filled(): Filled {
    const { input, errors } = inputOf(this.form, this.#values, this.#original);
    const unread = new Set(errors.map(({ pointer }) => pointer));
    const found = check(this.type.schema, input).filter(({ pointer }) => !unread.has(pointer));
    return { input, errors: [...errors, ...found] };
  }

  /** Replaces all values by this input, and resets everything else. */
  fill(input: Json | undefined): void {
    this.#values = valuesOf(this.form, input);
    this.#original = { input, edited: new Set() };
    this.settle();
  }

  /**
   * Sets the value of a field, and removes the server's errors for it, its parts and its parents.
   */
  change(pointer: string, value: Value): void {
    this.#values = new Map(this.#values).set(pointer, value);
    const { input, edited } = this.#original;
    this.#original = { input, edited: new Set([...edited, pointer]) };
    const { atFields, elsewhere } = this.#refused;
    const kept = [...atFields].filter(
      ([at]) => !`${pointer}/`.startsWith(`${at}/`) && !at.startsWith(`${pointer}/`),
    );
    this.#refused = { atFields: new Map(kept), elsewhere };
  }

  /** Records that the user has left this field: its errors are shown from now on. */
  leave(pointer: string): void {
    this.#left.add(pointer);
  }

  /** Records that a new field has this pointer: its errors are not shown yet. */
  enter(pointer: string): void {
    this.#left.delete(pointer);
  }

  /** Records that the user has submitted the form: all errors are shown from now on. */
  submit(): Filled {
    this.settle();
    this.#tried = true;
    return this.filled;
  }

  /** Records the server's errors. */
  refuse(errors: readonly FieldProblem[]): void {
    this.#refused = placeErrors(this.form, errors, this.#values, this.#original, this.#member);
  }

  /**
   * Hides all errors until the user leaves a field or submits the form, or the server refuses it.
   */
  settle(): void {
    this.#left.clear();
    this.#tried = false;
    this.#refused = noErrors;
  }

  /** The errors to show. */
  get errors(): PlacedErrors {
    const found = placeErrors(this.form, this.filled.errors, this.#values, this.#original);
    const atFields = new Map(this.#refused.atFields);
    for (const [pointer, details] of found.atFields) {
      if (this.#tried || this.#left.has(pointer)) {
        atFields.set(pointer, [...new Set([...details, ...(atFields.get(pointer) ?? [])])]);
      }
    }
    const elsewhere = this.#tried ? found.elsewhere : [];
    return { atFields, elsewhere: [...elsewhere, ...this.#refused.elsewhere] };
  }
}

/** Returns whether two inputs have the same content, with members in the same order. */
function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return one === other || stringifyJson(one ?? null) === stringifyJson(other ?? null);
}
