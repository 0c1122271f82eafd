import type { FieldProblem } from '../client/problem.ts';
import { stringifyJson } from '../client/json.ts';
import type { Json } from '../client/types.ts';
import { compare, digitsOf, isMultiple, isNumeric, isWhole, type Numeric } from './decimal.ts';
import { canonical } from './equal.ts';
import { isObject, memberAt, memberOf, type Schema } from './fields.ts';
import { counted, faultOfText } from './text.ts';

/**
 * Validates an input as the server does. Returns the same errors in the same wording and order, so
 * that no message changes when the server responds. Ignores unknown keywords and everything that
 * JavaScript may evaluate differently; these are left to the server. The test cases in
 * `backend/schema/src/test/resources/dev/statuswire/schema/inputs.json` keep the two consistent.
 */
export function check(schema: Schema, input: Json): FieldProblem[] {
  return checkAt(schema, input, { pointer: '', label: 'input', isItem: false });
}

/** Where a value is in the input, and what messages call it. */
interface Place {
  readonly pointer: string;
  readonly label: string;
  readonly isItem: boolean;
}

function checkAt(schema: Schema, input: Json, place: Place): FieldProblem[] {
  if (schema.$ref !== undefined) {
    return [];
  }
  return Object.entries(schema)
    .sort(([one], [other]) => Number(other === 'properties') - Number(one === 'properties'))
    .flatMap(([keyword, wanted]) => {
      const detail = fault(keyword, wanted as Json, input, schema);
      return detail
        ? [problemAt(place, detail)]
        : within(keyword, wanted as Json, input, schema, place);
    });
}

/** Longer names are truncated in messages. */
const MAX_NAME = 100;

function problemAt({ pointer, label }: Place, fault: string): FieldProblem {
  const characters = [...label];
  const name =
    characters.length > MAX_NAME ? `${characters.slice(0, MAX_NAME).join('')}…` : label || '""';
  return { pointer, detail: `${name} ${fault}` };
}

function memberIn(place: Place, key: string): Place {
  return { pointer: memberAt(place.pointer, key), label: key, isItem: false };
}

function itemIn({ pointer, label, isItem }: Place, index: number): Place {
  const item = isItem ? label : `an item of ${label}`;
  return { pointer: `${pointer}/${index}`, label: item, isItem: true };
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

/** Returns the errors of the value's members or items. */
function within(
  keyword: string,
  wanted: Json,
  value: Json,
  schema: Schema,
  place: Place,
): FieldProblem[] {
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
      return (wanted === false ? furtherIn(value, schema) : []).map((key) =>
        problemAt(memberIn(place, key), 'is not an allowed property'),
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
