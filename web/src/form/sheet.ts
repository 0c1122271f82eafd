import type { FieldProblem } from '../client/problem.ts';
import type { Json, RequestType } from '../client/types.ts';
import { check } from './check.ts';
import { type Field, formOf, isObject, memberOf } from './fields.ts';
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

/** The form of one type: what was typed into it, and what is wrong with that. */
export class Sheet {
  readonly type: RequestType;
  readonly form: Field;
  #values: ReadonlyMap<string, Value>;
  /** What it was filled with: what nobody has edited of that is sent as it was. */
  #original: Original;
  /** Where the person has been; what is wrong elsewhere may yet be typed. */
  readonly #left = new Set<string>();
  #tried = false;
  #told = noErrors;

  /** @param draft - what {@link draft} gave before a reload, or anything else */
  constructor(type: RequestType, draft?: Json) {
    this.type = type;
    this.form = formOf(type.schema);
    this.#values = restored(valuesOf(this.form, type.example), draft);
    this.#original = {
      input: isObject(draft) ? memberOf(draft, 'original') : type.example,
      edited: new Set([memberOf(draft, 'edited') ?? []].flat().map(String)),
    };
  }

  /** Whether it was submitted as it is, or nearly so, and not accepted. */
  get tried(): boolean {
    return this.#tried;
  }

  get values(): Values {
    return this.#values;
  }

  /** What makes this sheet again after a reload. */
  get draft(): Json {
    const { input, edited } = this.#original;
    return {
      ...(Object.fromEntries(this.#values) as { [pointer: string]: Json }),
      ...(input !== undefined && { original: input }),
      edited: [...edited],
    };
  }

  /** The input that is filled in, and all that is wrong with it as far as can be told here. */
  get filled(): Filled {
    const { input, errors } = inputOf(this.form, this.#values, this.#original);
    const unread = new Set(errors.map(({ pointer }) => pointer));
    const found = check(this.type.schema, input).filter(({ pointer }) => !unread.has(pointer));
    return { input, errors: [...errors, ...found] };
  }

  /** Starts with this input, and as if nobody had typed anything. */
  fill(input: Json | undefined): void {
    this.#values = valuesOf(this.form, input);
    this.#original = { input, edited: new Set() };
    this.settle();
  }

  /** What the server said of this field, and of what it is part of, is no more of any worth. */
  change(pointer: string, value: Value): void {
    this.#values = new Map(this.#values).set(pointer, value);
    const { input, edited } = this.#original;
    this.#original = { input, edited: new Set([...edited, pointer]) };
    const { atFields, elsewhere } = this.#told;
    const kept = [...atFields].filter(
      ([at]) => !`${pointer}/`.startsWith(`${at}/`) && !at.startsWith(`${pointer}/`),
    );
    this.#told = { atFields: new Map(kept), elsewhere };
  }

  /** The person has been at this field: what is wrong with it may be said. */
  leave(pointer: string): void {
    this.#left.add(pointer);
  }

  /** A new field stands here, where nobody has been. */
  enter(pointer: string): void {
    this.#left.delete(pointer);
  }

  /** The person has submitted it: all that is wrong may be said. */
  submit(): Filled {
    this.settle();
    this.#tried = true;
    return this.filled;
  }

  /** Takes what the server says is wrong. */
  refuse(errors: readonly FieldProblem[]): void {
    this.#told = placeErrors(this.form, errors, this.#values, this.#original);
  }

  /** Nothing is wrong until something is left, submitted or refused. */
  settle(): void {
    this.#left.clear();
    this.#tried = false;
    this.#told = noErrors;
  }

  /** What may be said, and is still so. */
  get errors(): PlacedErrors {
    const found = placeErrors(this.form, this.filled.errors, this.#values, this.#original);
    const atFields = new Map(this.#told.atFields);
    for (const [pointer, details] of found.atFields) {
      if (this.#tried || this.#left.has(pointer)) {
        atFields.set(pointer, [...new Set([...details, ...(atFields.get(pointer) ?? [])])]);
      }
    }
    const elsewhere = this.#tried ? found.elsewhere : [];
    return { atFields, elsewhere: [...elsewhere, ...this.#told.elsewhere] };
  }
}
