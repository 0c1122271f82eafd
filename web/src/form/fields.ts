import { stringifyJson } from '../client/json.ts';
import { JsonNumber } from '../client/json-number.ts';
import type { Json } from '../client/types.ts';
import { isNumeric, type Numeric } from './decimal.ts';
import { canonical } from './equal.ts';

/** A field of the form, created from a part of the schema. */
export type Field = Line | BooleanField | GroupField | ListField | JsonField;

/** A field with one element that contains text. A list has several of them. */
export type Line = TextField | NumberField | ChoiceField;

interface Base {
  /** The member's name in its object. */
  readonly key: string;
  /** The JSON Pointer (RFC 6901) of the value in the input, which the server's errors refer to. */
  readonly pointer: string;
  /** The `name` of the element: the path with dots. */
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
}

export interface TextField extends Base {
  readonly kind: 'text';
  readonly type: 'text' | 'email' | 'url' | 'date' | 'datetime-local';
  /** Whether the text may have several lines. */
  readonly long: boolean;
}

export interface NumberField extends Base {
  readonly kind: 'number';
  /**
   * Whether the value is limited on both sides to numbers that JavaScript represents exactly.
   * Otherwise a number input would round the values that it steps to, and hide values that are too
   * large for it.
   */
  readonly bounded: boolean;
  readonly minimum: Numeric | undefined;
  readonly maximum: Numeric | undefined;
  /** The step of the number input. */
  readonly step: Numeric | 'any';
}

export interface ChoiceField extends Base {
  readonly kind: 'choice';
  /** The options, without duplicates. */
  readonly options: readonly Json[];
  /** The text of each option in the element. All texts are different, and none is empty. */
  readonly texts: readonly string[];
}

export interface BooleanField extends Base {
  readonly kind: 'boolean';
  /** The value that the server uses if the member is left out. */
  readonly otherwise: boolean;
}

export interface GroupField extends Base {
  readonly kind: 'group';
  readonly fields: readonly Field[];
  /** Whether the schema allows members for which there is no field. */
  readonly further: boolean;
}

/** A list of texts, numbers or choices. */
export interface ListField extends Base {
  readonly kind: 'list';
  readonly minimum: number;
  readonly maximum: number;
  /** Returns the field of one item; the first has index 0. */
  line(index: number): Line;
}

/** A field for values that no other kind supports; the user writes JSON. */
export interface JsonField extends Base {
  readonly kind: 'json';
}

/** A JSON Schema, or part of one, of draft 4. */
export type Schema = { readonly [keyword: string]: Json | undefined };

/** A text that may be longer than this gets an element with several lines. */
const LONG = 200;

/** The member of a body for which a form is. */
export type Member = 'input' | 'answer';

/**
 * Returns the form of a complete input or answer: a group, or one JSON field if the schema has no
 * properties.
 */
export function formOf(schema: Schema, member: Member = 'input'): GroupField | JsonField {
  const root = {
    key: '',
    pointer: '',
    name: '',
    label: humanized(member),
    help: '',
    required: true,
  };
  if (!isObject(schema.properties)) {
    return { ...root, kind: 'json', name: member };
  }
  const fields = fieldsIn(schema, root);
  return {
    ...root,
    kind: 'group',
    fields: member === 'answer' ? fields.map(decided) : fields,
    further: mayHaveFurther(schema),
  };
}

/**
 * Replaces a required checkbox by a choice, because an answer is final, so an untouched checkbox
 * must not decide.
 */
function decided(field: Field): Field {
  switch (field.kind) {
    case 'group':
      return { ...field, fields: field.fields.map(decided) };
    case 'boolean': {
      const { otherwise: _, ...base } = field;
      return field.required
        ? { ...base, kind: 'choice', options: [true, false], texts: ['Yes', 'No'] }
        : field;
    }
    default:
      return field;
  }
}

function fieldsIn(schema: Schema, parent: { pointer: string; name: string }): Field[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([key, value]) => {
    const property = isObject(value) ? value : {};
    return fieldOf(property, {
      key,
      pointer: memberAt(parent.pointer, key),
      name: parent.name === '' ? key : `${parent.name}.${key}`,
      label: text(property.title) || humanized(key),
      help: helpOf(property),
      required: required.includes(key),
    });
  });
}

function mayHaveFurther({ additionalProperties, patternProperties }: Schema): boolean {
  return additionalProperties !== false || patternProperties !== undefined;
}

function fieldOf(schema: Schema, base: Base): Field {
  if (Array.isArray(schema.enum)) {
    return { ...base, kind: 'choice', ...choicesOf(schema.enum) };
  }
  switch (typeOf(schema)) {
    case 'string':
      return {
        ...base,
        kind: 'text',
        type: TYPES.get(text(schema.format)) ?? 'text',
        long: schema.format === undefined && Number(number(schema.maxLength) ?? 0) > LONG,
      };
    case 'integer':
    case 'number':
      return {
        ...base,
        kind: 'number',
        ...bounds(schema),
        bounded: Object.values(bounds(schema)).every(isCounted),
        step: number(schema.multipleOf) || (typeOf(schema) === 'integer' ? 1 : 'any'),
      };
    case 'boolean':
      return { ...base, kind: 'boolean', otherwise: schema.default === true };
    case 'object':
      return isObject(schema.properties)
        ? {
            ...base,
            kind: 'group',
            fields: fieldsIn(schema, base),
            further: mayHaveFurther(schema),
          }
        : { ...base, kind: 'json' };
    case 'array':
      return listOf(schema, base);
    default:
      return { ...base, kind: 'json' };
  }
}

/**
 * Returns the options and their texts. A text that is blank or could be another option's is quoted.
 */
function choicesOf(all: readonly Json[]): Pick<ChoiceField, 'options' | 'texts'> {
  const options = [...new Map(all.map((one) => [canonical(one), one])).values()];
  const others = new Set(
    options.filter((one) => typeof one !== 'string').map((one) => stringifyJson(one)),
  );
  const isPlain = (one: string) => one.trim() !== '' && !one.startsWith('"') && !others.has(one);
  const texts = options.map((one) =>
    typeof one === 'string' && isPlain(one) ? one : stringifyJson(one),
  );
  return { options, texts };
}

function listOf(schema: Schema, base: Base): ListField | JsonField {
  const items = isObject(schema.items) ? schema.items : {};
  const line = (index: number) =>
    fieldOf(items, {
      key: String(index),
      pointer: `${base.pointer}/${index}`,
      name: `${base.name}.${index}`,
      label: `${base.label} ${index + 1}`,
      help: '',
      required: true,
    });
  return ['text', 'number', 'choice'].includes(line(0).kind)
    ? {
        ...base,
        kind: 'list',
        help: sentences(base.help, helpOf(items)),
        minimum: Number(number(schema.minItems) ?? 0),
        maximum: Number(number(schema.maxItems) ?? Infinity),
        line: line as (index: number) => Line,
      }
    : { ...base, kind: 'json' };
}

/**
 * Returns the type, ignoring `null` if there is another one. A schema with a `$ref` has no type of
 * its own.
 */
function typeOf({ type, $ref }: Schema): Json | undefined {
  const types = Array.isArray(type) ? type.filter((one) => one !== 'null') : [type];
  return types.length === 1 && $ref === undefined ? types[0] : undefined;
}

const TYPES = new Map<string, TextField['type']>([
  ['email', 'email'],
  ['uri', 'url'],
  ['date', 'date'],
  ['date-time', 'datetime-local'],
]);

function bounds(schema: Schema): Pick<NumberField, 'minimum' | 'maximum'> {
  return { minimum: number(schema.minimum), maximum: number(schema.maximum) };
}

/** Returns the description, followed by the limits and the default. */
function helpOf(schema: Schema): string {
  const { minimum, maximum } = bounds(schema);
  const { multipleOf, default: left } = schema;
  const over = schema.exclusiveMinimum === true;
  const under = schema.exclusiveMaximum === true;
  return sentences(
    text(schema.description),
    range(minimum, maximum, over, under),
    range(number(schema.minItems), number(schema.maxItems), false, false, ' items'),
    isNumeric(multipleOf) ? `A multiple of ${format(multipleOf)}.` : '',
    left === undefined || typeof left === 'boolean'
      ? ''
      : `Default: ${typeof left === 'string' && left.trim() ? left : stringifyJson(left)}.`,
  );
}

function range(
  minimum: Numeric | undefined,
  maximum: Numeric | undefined,
  over: boolean,
  under: boolean,
  unit = '',
): string {
  if (minimum !== undefined && maximum !== undefined && !over && !under) {
    return `${format(minimum)} to ${format(maximum)}${unit}.`;
  }
  return sentences(
    minimum === undefined ? '' : `${over ? 'More than' : 'At least'} ${format(minimum)}${unit}.`,
    maximum === undefined ? '' : `${under ? 'Less than' : 'At most'} ${format(maximum)}${unit}.`,
  );
}

function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function format(value: Numeric): string {
  const digits = new Intl.NumberFormat('en', { maximumFractionDigits: 20 });
  return digits.format(String(value) as Intl.StringNumericLiteral);
}

function isCounted(bound: Numeric | undefined): boolean {
  return bound !== undefined && Math.abs(Number(bound)) <= Number.MAX_SAFE_INTEGER;
}

/** Converts `cookMillis` and `cook-millis` to `Cook millis`. */
function humanized(key: string): string {
  const words = key.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function number(value: Json | undefined): Numeric | undefined {
  return isNumeric(value) ? value : undefined;
}

/** Returns whether a value is a JSON object, not an array, null or a {@link JsonNumber}. */
export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof JsonNumber)
  );
}

/** Returns the value's own member with this name, if it has one. */
export function memberOf(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Returns the JSON Pointer of a member (RFC 6901). */
export function memberAt(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
