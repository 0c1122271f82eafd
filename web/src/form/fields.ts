import type { Json } from '../client/types.ts';

/** A part of the form, made from a part of the schema. */
export type Field = TextField | NumberField | ChoiceField | BooleanField | GroupField | JsonField;

interface Base {
  /** The member's name in its object. */
  readonly key: string;
  /** JSON Pointer (RFC 6901) within the input: what a server's errors name it by. */
  readonly pointer: string;
  /** The path with dots: the `name` of the element. */
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly required: boolean;
}

export interface TextField extends Base {
  readonly kind: 'text';
  readonly type: 'text' | 'email' | 'url';
  readonly maxLength: number | undefined;
}

export interface NumberField extends Base {
  readonly kind: 'number';
  readonly whole: boolean;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
}

export interface ChoiceField extends Base {
  readonly kind: 'choice';
  readonly options: readonly Json[];
}

export interface BooleanField extends Base {
  readonly kind: 'boolean';
  /** What the server takes where it is left out. */
  readonly otherwise: boolean;
}

export interface GroupField extends Base {
  readonly kind: 'group';
  readonly fields: readonly Field[];
}

/** What no other kind fits is written as JSON. */
export interface JsonField extends Base {
  readonly kind: 'json';
}

/** A JSON Schema, or part of one, of draft 4. */
export type Schema = { readonly [keyword: string]: Json | undefined };

/** The form of a whole input: a group, or one JSON field where the schema names no properties. */
export function formOf(schema: Schema): GroupField | JsonField {
  const root = {
    key: '',
    pointer: '',
    name: '',
    label: 'Input',
    help: '',
    required: true,
  };
  return isObject(schema.properties)
    ? { ...root, kind: 'group', fields: fieldsIn(schema, root) }
    : { ...root, kind: 'json', name: 'input' };
}

function fieldsIn(schema: Schema, parent: { pointer: string; name: string }): Field[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).map(([key, value]) => {
    const property = isObject(value) ? value : {};
    return fieldOf(property, {
      key,
      pointer: `${parent.pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      name: parent.name === '' ? key : `${parent.name}.${key}`,
      label: text(property.title) || humanized(key),
      help: helpOf(property),
      required: required.includes(key),
    });
  });
}

function fieldOf(schema: Schema, base: Base): Field {
  if (Array.isArray(schema.enum)) {
    return { ...base, kind: 'choice', options: schema.enum };
  }
  switch (typeOf(schema)) {
    case 'string':
      return { ...base, kind: 'text', type: textType(schema), maxLength: number(schema.maxLength) };
    case 'integer':
      return { ...base, kind: 'number', whole: true, ...bounds(schema) };
    case 'number':
      return { ...base, kind: 'number', whole: false, ...bounds(schema) };
    case 'boolean':
      return { ...base, kind: 'boolean', otherwise: schema.default === true };
    case 'object':
      return isObject(schema.properties)
        ? { ...base, kind: 'group', fields: fieldsIn(schema, base) }
        : { ...base, kind: 'json' };
    default:
      return { ...base, kind: 'json' };
  }
}

/** The type, also of one that may be null besides. */
function typeOf(schema: Schema): Json | undefined {
  const { type } = schema;
  const types = Array.isArray(type) ? type.filter((one) => one !== 'null') : [type];
  return types.length === 1 ? types[0] : undefined;
}

function textType(schema: Schema): TextField['type'] {
  return schema.format === 'email' ? 'email' : schema.format === 'uri' ? 'url' : 'text';
}

function bounds(schema: Schema): Pick<NumberField, 'minimum' | 'maximum'> {
  return { minimum: number(schema.minimum), maximum: number(schema.maximum) };
}

/** The description, and the bounds of a number. */
function helpOf(schema: Schema): string {
  const { minimum, maximum } = bounds(schema);
  const range =
    minimum !== undefined && maximum !== undefined
      ? `${format(minimum)} to ${format(maximum)}.`
      : minimum !== undefined
        ? `At least ${format(minimum)}.`
        : maximum !== undefined
          ? `At most ${format(maximum)}.`
          : '';
  return [text(schema.description), range].filter((part) => part !== '').join(' ');
}

function format(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 10 });
}

/** `cookMillis` and `cook-millis` to `Cook millis`. */
function humanized(key: string): string {
  const words = key.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Whether a value is a JSON object: no array, not null. */
export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
