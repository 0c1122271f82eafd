import type { FieldProblem } from '../client/problem.ts';
import type { Json } from '../client/types.ts';
import { type ChoiceField, type Field, isObject } from './fields.ts';

/** What stands in the form's elements, by the pointer of their fields. */
export type Values = ReadonlyMap<string, string | boolean>;

/** An input made from the form, or what keeps it from being one. */
export interface Filled {
  readonly input: Json;
  readonly errors: readonly FieldProblem[];
}

/** What the elements show for an input. Members that the schema does not know are left out. */
export function valuesOf(field: Field, input: Json | undefined): Map<string, string | boolean> {
  if (field.kind === 'group') {
    const members = isObject(input) ? input : {};
    return new Map(field.fields.flatMap((one) => [...valuesOf(one, members[one.key])]));
  }
  return new Map([[field.pointer, shown(field, input)]]);
}

function shown(field: Exclude<Field, { kind: 'group' }>, value: Json | undefined) {
  switch (field.kind) {
    case 'boolean':
      return value === undefined ? field.otherwise : value === true;
    case 'choice':
      return value === undefined ? '' : optionValue(value);
    case 'json':
      return value === undefined ? '' : JSON.stringify(value, null, 2);
    case 'text':
    case 'number':
      return value === undefined || value === null ? '' : String(value);
  }
}

/**
 * The input that the values stand for. What is blank is left out; so is a group of which nothing
 * is filled in, unless it is required. What the schema says beyond types is the server's to judge.
 */
export function inputOf(field: Field, values: Values): Filled {
  const errors: FieldProblem[] = [];
  const input = read(field, values, errors);
  return { input: input ?? {}, errors };
}

function read(field: Field, values: Values, errors: FieldProblem[]): Json | undefined {
  if (field.kind === 'group') {
    const members = field.fields
      .map((one) => [one.key, read(one, values, errors)] as const)
      .filter((member): member is [string, Json] => member[1] !== undefined);
    return members.length > 0 || field.required ? Object.fromEntries(members) : undefined;
  }
  const value = values.get(field.pointer) ?? '';
  if (field.kind === 'boolean') {
    const checked = value === true;
    return checked === field.otherwise && !field.required ? undefined : checked;
  }
  if (String(value).trim() === '') {
    return undefined;
  }
  const wrong = (detail: string) => {
    errors.push({ pointer: field.pointer, detail });
    return undefined;
  };
  switch (field.kind) {
    case 'text':
      return String(value);
    case 'choice':
      return field.options.find((option) => optionValue(option) === value);
    case 'number':
      return Number.isFinite(Number(value)) ? Number(value) : wrong('This is not a number.');
    case 'json':
      return jsonOr(String(value), () => wrong('This is not JSON.'));
  }
}

function jsonOr(text: string, otherwise: () => undefined): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return otherwise();
  }
}

/** The `value` of an option's element. */
export function optionValue(option: ChoiceField['options'][number]): string {
  return typeof option === 'string' ? option : JSON.stringify(option);
}

/** The errors that belong to a field each, by its pointer, and the others. */
export interface PlacedErrors {
  readonly atFields: ReadonlyMap<string, readonly string[]>;
  readonly elsewhere: readonly FieldProblem[];
}

/** No errors. */
export const noErrors: PlacedErrors = { atFields: new Map(), elsewhere: [] };

/**
 * Finds the field of each error. A pointer starts at the input (`/dish`) or at the body
 * (`/input/dish`); one into a JSON field belongs to that field.
 */
export function placeErrors(form: Field, errors: readonly FieldProblem[]): PlacedErrors {
  const pointers = new Set(pointersOf(form));
  const atFields = new Map<string, string[]>();
  const elsewhere: FieldProblem[] = [];
  for (const error of errors) {
    const pointer = fieldAt(error.pointer, pointers);
    if (pointer === undefined) {
      elsewhere.push(error);
    } else {
      atFields.set(pointer, [...(atFields.get(pointer) ?? []), error.detail]);
    }
  }
  return { atFields, elsewhere };
}

function pointersOf(field: Field): string[] {
  const inside = field.kind === 'group' ? field.fields.flatMap(pointersOf) : [];
  return field.pointer === '' && field.kind === 'group' ? inside : [field.pointer, ...inside];
}

function fieldAt(pointer: string, known: ReadonlySet<string>): string | undefined {
  const withinBody = /^\/input(?=\/|$)/.exec(pointer) ? pointer.slice('/input'.length) : null;
  return [withinBody, pointer]
    .filter((start) => start !== null)
    .flatMap(ancestors)
    .find((candidate) => known.has(candidate));
}

/** The pointer itself, its parent's, and so on up to the root's, which is empty. */
function ancestors(pointer: string): string[] {
  const parts = pointer.split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}
