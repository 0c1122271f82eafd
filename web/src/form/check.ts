import type { FieldProblem } from '../client/problem.ts';
import { stringifyJson } from '../client/json.ts';
import type { Json } from '../client/types.ts';
import { compare, digitsOf, isMultiple, isNumeric, isWhole, type Numeric } from './decimal.ts';
import { canonical } from './equal.ts';
import { isObject, memberAt, memberOf, type Schema } from './fields.ts';
import { References } from './references.ts';
import { counted, faultOfText } from './text.ts';

/**
 * Validates an input as the server does. Returns the same errors in the same wording and order, so
 * that no message changes when the server responds. Ignores unknown keywords and everything that
 * JavaScript may evaluate differently; these are left to the server. The test cases in
 * `backend/schema/src/test/resources/dev/statuswire/schema/inputs.json` keep the two consistent.
 */
export function check(schema: Schema, input: Json): FieldProblem[] {
  const work = new Work(schema);
  const problems = checkAt(schema, input, { pointer: '', label: 'input', isItem: false, work });
  return work.isOver ? [] : problems;
}

/** Where a value is in the input, and what messages call it. */
interface Place {
  readonly pointer: string;
  readonly label: string;
  readonly isItem: boolean;
  readonly work: Work;
}

function checkAt(schema: Schema, input: Json, place: Place): FieldProblem[] {
  return place.work.apply(() => {
    if (schema.$ref !== undefined) {
      const part = place.work.references.find(schema.$ref);
      return part ? checkAt(part, input, place) : [];
    }
    return Object.entries(schema)
      .sort(([one], [other]) => Number(other === 'properties') - Number(one === 'properties'))
      .flatMap(([keyword, wanted]) => {
        const detail = fault(keyword, wanted as Json, input, schema);
        return detail
          ? [problemAt(place, detail)]
          : within(keyword, wanted as Json, input, schema, place);
      });
  });
}

/** Limits the work of one validation, because a schema can refer to itself without end. */
class Work {
  static readonly #MAX_DEPTH = 500;
  readonly references: References;
  #left = 100_000;
  #depth = 0;

  constructor(schema: Schema) {
    this.references = new References(schema);
  }

  /** Whether the limit was reached; then only the server can validate the input. */
  get isOver(): boolean {
    return this.#left <= 0;
  }

  /** Applies one schema, unless the limit is reached. */
  apply(schema: () => FieldProblem[]): FieldProblem[] {
    this.#left = this.#depth < Work.#MAX_DEPTH ? this.#left - 1 : 0;
    if (this.isOver) {
      return [];
    }
    this.#depth++;
    const found = schema();
    this.#depth--;
    return found;
  }
}

/** Longer names are truncated in messages. */
const MAX_NAME = 100;

function problemAt({ pointer, label }: Place, fault: string): FieldProblem {
  const characters = [...label];
  const name =
    characters.length > MAX_NAME ? `${characters.slice(0, MAX_NAME).join('')}…` : label || '""';
  return { pointer, detail: `${name} ${fault}` };
}

function memberIn({ pointer, work }: Place, key: string): Place {
  return { pointer: memberAt(pointer, key), label: key, isItem: false, work };
}

function itemIn({ pointer, label, isItem, work }: Place, index: number): Place {
  const item = isItem ? label : `an item of ${label}`;
  return { pointer: `${pointer}/${index}`, label: item, isItem: true, work };
}

type Fault = string | false;

/** Returns the error of the value itself. */
function fault(keyword: string, wanted: Json, value: Json, schema: Schema): Fault {
  if (keyword === 'type') {
    return faultOfType(wanted, value);
  }
  if (keyword === 'enum' && Array.isArray(wanted)) {
    const same = canonical(value);
    return (
      !wanted.some((option) => canonical(option) === same) &&
      `must be ${wanted.length > 1 ? 'one of ' : ''}${wanted.map(shown).join(', ')}`
    );
  }
  if (typeof value === 'string') {
    return faultOfText(keyword, wanted, value);
  }
  if (Array.isArray(value)) {
    return faultOfList(keyword, wanted, value);
  }
  if (isObject(value)) {
    return isNumeric(wanted) && faultOfObject(keyword, wanted, Object.keys(value).length);
  }
  return isNumeric(value) && isNumeric(wanted) && faultOfNumber(keyword, wanted, value, schema);
}

/** Strings that need no quotes in a message, because they cannot be mistaken for another value. */
const PLAIN = /^(?!(?:true|false|null)$)\p{L}(?:[\p{L}\p{M}\p{N} _./-]*[\p{L}\p{M}\p{N}])?$/u;

function shown(option: Json): string {
  return typeof option === 'string' && PLAIN.test(option) ? option : stringifyJson(option);
}

/** What messages call the types. */
const TYPES: { readonly [type: string]: string } = {
  object: 'an object',
  array: 'an array',
  string: 'a string',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  null: 'null',
};

function faultOfType(wanted: Json, value: Json): Fault {
  const found = typeOf(value);
  const types = [wanted].flat().map(String);
  const fits = types.some((type) => type === found || (type === 'number' && found === 'integer'));
  const names = types.map((type) => TYPES[type] ?? type);
  const last = names.pop();
  return !fits && `must be ${names.length > 0 ? `${names.join(', ')} or ` : ''}${last}`;
}

/**
 * Returns the type by the server's rules: an integer is written without digits after the decimal
 * point.
 */
function typeOf(value: Json): string {
  if (isNumeric(value)) {
    return isWhole(value) ? 'integer' : 'number';
  }
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function faultOfNumber(keyword: string, wanted: Numeric, value: Numeric, schema: Schema): Fault {
  const compared = compare(value, wanted);
  switch (keyword) {
    case 'minimum':
      return schema.exclusiveMinimum === true
        ? compared <= 0 && `must be greater than ${digitsOf(wanted)}`
        : compared < 0 && `must be at least ${digitsOf(wanted)}`;
    case 'maximum':
      return schema.exclusiveMaximum === true
        ? compared >= 0 && `must be less than ${digitsOf(wanted)}`
        : compared > 0 && `must be at most ${digitsOf(wanted)}`;
    case 'multipleOf':
      return !isMultiple(value, wanted) && `must be a multiple of ${digitsOf(wanted)}`;
    default:
      return false;
  }
}

function faultOfList(keyword: string, wanted: Json, list: readonly Json[]): Fault {
  if (keyword === 'uniqueItems') {
    const different = new Set(list.map(canonical)).size;
    return wanted === true && different < list.length && 'must not contain duplicates';
  }
  if (!isNumeric(wanted)) {
    return false;
  }
  const items = counted(wanted, 'item');
  return keyword === 'minItems'
    ? list.length < Number(wanted) && `must have at least ${items}`
    : keyword === 'maxItems' && list.length > Number(wanted) && `must have at most ${items}`;
}

function faultOfObject(keyword: string, wanted: Numeric, members: number): Fault {
  const properties = counted(wanted, 'property', 'properties');
  return keyword === 'minProperties'
    ? members < Number(wanted) && `must have at least ${properties}`
    : keyword === 'maxProperties' && members > Number(wanted) && `must have at most ${properties}`;
}

/** Returns the errors of the value's members or items, and of further schemas for the value. */
function within(
  keyword: string,
  wanted: Json,
  value: Json,
  schema: Schema,
  place: Place,
): FieldProblem[] {
  if (keyword === 'allOf' && Array.isArray(wanted)) {
    return wanted.flatMap((part) => (isObject(part) ? checkAt(part, value, place) : []));
  }
  if (Array.isArray(value)) {
    return keyword === 'items' && isObject(wanted)
      ? value.flatMap((item, index) => checkAt(wanted, item, itemIn(place, index)))
      : [];
  }
  if (!isObject(value)) {
    return [];
  }
  switch (keyword) {
    case 'properties':
      return Object.entries(isObject(wanted) ? wanted : {}).flatMap(([key, part]) => {
        const member = memberOf(value, key);
        return isObject(part) && member !== undefined
          ? checkAt(part, member, memberIn(place, key))
          : [];
      });
    case 'required':
      return [wanted]
        .flat()
        .map(String)
        .filter((key) => memberOf(value, key) === undefined)
        .map((key) => problemAt(memberIn(place, key), 'is required'));
    case 'additionalProperties':
      return furtherIn(value, schema).flatMap((key) =>
        isObject(wanted)
          ? checkAt(wanted, value[key] as Json, memberIn(place, key))
          : wanted === false
            ? [problemAt(memberIn(place, key), 'is not an allowed property')]
            : [],
      );
    default:
      return [];
  }
}

/** Returns the names of members that are not properties of the schema. */
function furtherIn(value: { [key: string]: Json }, schema: Schema): string[] {
  return schema.patternProperties !== undefined
    ? []
    : Object.keys(value).filter((key) => memberOf(schema.properties, key) === undefined);
}
