import type { FieldProblem } from '../client/problem.ts';
import { jsonNumber, parseJson, stringifyJson } from '../client/json.ts';
import type { Json } from '../client/types.ts';
import type { Numeric } from './decimal.ts';
import { canonical } from './equal.ts';
import {
  type ChoiceField,
  type Field,
  isObject,
  type ListField,
  type Member,
  memberOf,
} from './fields.ts';
import { momentOf } from './moment.ts';

/** The value of a field's elements. A list has a text for each line. */
export type Value = string | boolean | readonly string[];

/** The values of the form's elements, by the pointers of their fields. */
export type Values = ReadonlyMap<string, Value>;

/** The value of an element that hides its text because it cannot parse it, such as half a date. */
export const UNREADABLE = '\0';

/** An input that was read from the form, and the errors of values that could not be read. */
export interface Filled {
  readonly input: Json;
  readonly errors: readonly FieldProblem[];
}

/** The input that the form was filled with. */
export interface Original {
  readonly input: Json | undefined;
  /** The pointers of the fields that the user has edited since. */
  readonly edited: ReadonlySet<string>;
}

const nothingStored: Original = { input: undefined, edited: new Set() };

/**
 * Returns the values of the form's elements for an input. Members that are not in the schema are
 * left out.
 */
export function valuesOf(field: Field, input: Json | undefined): Map<string, Value> {
  return field.kind === 'group'
    ? new Map(field.fields.flatMap((one) => [...valuesOf(one, memberOf(input, one.key))]))
    : new Map([[field.pointer, shown(field, input)]]);
}

function shown(field: Exclude<Field, { kind: 'group' }>, value: Json | undefined): Value {
  switch (field.kind) {
    case 'boolean':
      return value === undefined ? field.otherwise : value === true;
    case 'choice':
      return value === undefined ? '' : choiceText(field, value);
    case 'json':
      return value === undefined ? '' : stringifyJson(value, 2);
    case 'list':
      return Array.isArray(value)
        ? value.map((item, index) => shown(field.line(index), item) as string)
        : Array<string>(field.required ? Math.min(field.minimum, 20) : 0).fill('');
    case 'text':
    case 'number':
      return value === undefined || value === null
        ? ''
        : typeof value === 'string'
          ? value
          : stringifyJson(value);
  }
}

function choiceText({ options, texts }: ChoiceField, value: Json): string {
  const wanted = canonical(value);
  const found = options.findIndex((option) => canonical(option) === wanted);
  return texts[found] ?? stringifyJson(value);
}

/**
 * Returns the values, replaced by the stored ones if the form still has a field of the same kind
 * for them.
 */
export function restored(values: Values, kept: Json | undefined): Map<string, Value> {
  return new Map(
    [...values].map(([pointer, value]) => {
      const other = memberOf(kept, pointer);
      return [pointer, isLike(value, other) ? other : value];
    }),
  );
}

function isLike(value: Value, other: Json | undefined): other is Extract<Json, Value> {
  return Array.isArray(value)
    ? Array.isArray(other) && other.every((line) => typeof line === 'string')
    : typeof value === typeof other;
}

/**
 * Returns the input for these values. Parts of the original input are unchanged unless the user
 * edited their field. Blank values are left out, and so are groups and lists without any value,
 * unless they are required. Reports only values of the wrong type, not other violations of the
 * schema.
 */
export function inputOf(field: Field, values: Values, original = nothingStored): Filled {
  const errors: FieldProblem[] = [];
  const input = read(field, values, original, errors);
  return { input: input === undefined ? {} : input, errors };
}

function read(
  field: Field,
  values: Values,
  original: Original,
  errors: FieldProblem[],
): Json | undefined {
  const value = values.get(field.pointer) ?? '';
  const stored = original.input;
  if (stored !== undefined && isAsFilled(field, stored, original.edited)) {
    return stored;
  }
  switch (field.kind) {
    case 'group': {
      const before = field.further && isObject(stored) ? stored : {};
      const members = new Map<string, Json | undefined>(Object.entries(before));
      for (const one of field.fields) {
        members.set(one.key, read(one, values, within(original, one.key), errors));
      }
      members.forEach((member, key) => member === undefined && members.delete(key));
      return members.size > 0 || field.required ? (Object.fromEntries(members) as Json) : undefined;
    }
    case 'list': {
      const lines = filledLines(field, value, stored).map(([line, at], index) => {
        const item = storedLine(field, line, at, stored);
        return item === undefined ? (readLine(field.line(index), line, errors) ?? null) : item;
      });
      return lines.length > 0 || field.required ? lines : undefined;
    }
    case 'boolean': {
      const checked = value === true;
      return checked === field.otherwise && !field.required ? undefined : checked;
    }
    default:
      return isBlank(field, value) ? undefined : readLine(field, String(value), errors);
  }
}

function within({ input, edited }: Original, key: string): Original {
  return { input: memberOf(input, key), edited };
}

/**
 * Returns whether a field still has its original value. The fields of a group with members are read
 * one by one.
 */
function isAsFilled(field: Field, stored: Json, edited: ReadonlySet<string>): boolean {
  return field.kind === 'group'
    ? !(isObject(stored) && Object.keys(stored).length > 0) &&
        field.fields.every((one) => isUntouched(one, edited))
    : isUntouched(field, edited);
}

function isUntouched(field: Field, edited: ReadonlySet<string>): boolean {
  return field.kind === 'group'
    ? field.fields.every((one) => isUntouched(one, edited))
    : !edited.has(field.pointer);
}

/** Returns the original item of a line, if the line still shows it. */
function storedLine(
  field: ListField,
  line: string,
  index: number,
  stored: Json | undefined,
): Json | undefined {
  const items = Array.isArray(stored) ? stored : [];
  const isShown = (item: Json | undefined) =>
    item !== undefined && shown(field.line(index), item) === line;
  const wherever = field.line(index).kind === 'choice' ? items.find(isShown) : undefined;
  return isShown(items[index]) ? items[index] : wherever;
}

function readLine(
  field: Exclude<Field, { kind: 'group' | 'list' | 'boolean' }>,
  value: string,
  errors: FieldProblem[],
): Json | undefined {
  const wrong = (detail: string) => {
    errors.push({ pointer: field.pointer, detail });
    return undefined;
  };
  switch (field.kind) {
    case 'text':
      if (value === UNREADABLE) {
        return wrong('Enter a complete value.');
      }
      return field.type === 'datetime-local' ? momentOf(value) : value;
    case 'choice':
      return field.texts.includes(value)
        ? field.options[field.texts.indexOf(value)]
        : wrong(`${value} is not an option.`);
    case 'number':
      return numberTyped(value) ?? wrong('Enter a number.');
    case 'json':
      try {
        return parseJson(value);
      } catch {
        return wrong('Enter valid JSON.');
      }
  }
}

/** Parses a number and keeps its digits. Also accepts `+5`, `.5` and `007`. */
function numberTyped(text: string): Numeric | undefined {
  const [found, sign = '', whole = '', part = '', power = ''] =
    /^([+-]?)(?=\.?\d)0*(\d*)\.?(\d*)(e[+-]?\d+)?$/i.exec(text.trim()) ?? [];
  return found === undefined
    ? undefined
    : jsonNumber(`${sign.replace('+', '')}${whole || '0'}${part && `.${part}`}${power}`);
}

/**
 * Returns the lines of a list that are filled in or have an original item, each with its index in
 * the form.
 */
function filledLines(field: ListField, value: Value, stored: Json | undefined): [string, number][] {
  return (Array.isArray(value) ? (value as string[]) : [])
    .map((line, index): [string, number] => [line, index])
    .filter(
      ([line, index]) =>
        !isBlank(field.line(0), line) || storedLine(field, line, index, stored) !== undefined,
    );
}

/** Returns whether a value is blank. An option may be blank, but its text is never empty. */
function isBlank({ kind }: Field, value: Value): boolean {
  return (kind === 'choice' ? value : String(value).trim()) === '';
}

/** The errors of each field, by its pointer, and the errors that belong to no field. */
export interface PlacedErrors {
  readonly atFields: ReadonlyMap<string, readonly string[]>;
  readonly elsewhere: readonly FieldProblem[];
}

/** No errors. */
export const noErrors: PlacedErrors = { atFields: new Map(), elsewhere: [] };

/**
 * Finds the field of each error. A pointer starts at the input (`/dish`) or at the body, with the
 * name of the member (`/input/dish`). A pointer into the value of a JSON field belongs to that field. The index of a
 * list item may differ from the index of its line, because blank lines are not in the input.
 */
export function placeErrors(
  form: Field,
  errors: readonly FieldProblem[],
  values: Values = new Map(),
  original = nothingStored,
  member: Member = 'input',
): PlacedErrors {
  const places = placesIn(form, values, original);
  const atFields = new Map<string, string[]>();
  const elsewhere: FieldProblem[] = [];
  for (const error of errors) {
    const pointer = placeOf(error.pointer, places, member);
    if (pointer === undefined) {
      elsewhere.push(error);
    } else {
      atFields.set(pointer, [...(atFields.get(pointer) ?? []), error.detail]);
    }
  }
  return { atFields, elsewhere };
}

/** Returns the pointers of the fields, by the pointers of their values in the input. */
function placesIn(field: Field, values: Values, original: Original): Map<string, string> {
  const own: [string, string][] = [[field.pointer, field.pointer]];
  switch (field.kind) {
    case 'group':
      return new Map([
        ...(field.pointer === '' ? [] : own),
        ...field.fields.flatMap((one) => [...placesIn(one, values, within(original, one.key))]),
      ]);
    case 'list':
      return new Map([
        ...own,
        ...filledLines(field, values.get(field.pointer) ?? [], original.input).map(
          ([, line], index): [string, string] => [
            field.line(index).pointer,
            field.line(line).pointer,
          ],
        ),
      ]);
    default:
      return new Map(own);
  }
}

function placeOf(
  pointer: string,
  places: ReadonlyMap<string, string>,
  member: Member,
): string | undefined {
  const root = `/${member}`;
  const withinBody = `${pointer}/`.startsWith(`${root}/`) ? [pointer.slice(root.length)] : [];
  return [...withinBody, pointer]
    .flatMap(ancestors)
    .map((candidate) => places.get(candidate))
    .find((place) => place !== undefined);
}

/** Returns the pointer, its parent, and so on up to the root, which is empty. */
function ancestors(pointer: string): string[] {
  const parts = pointer.split('/');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'));
}
