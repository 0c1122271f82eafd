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
 * `backend/api/src/test/resources/dev/statuswire/api/request/inputs.json` keep the two consistent.
 */
export function check(schema: Schema, input: Json, pointer = ''): FieldProblem[] {
  if (schema.$ref !== undefined) {
    return [];
  }
  return Object.entries(schema)
    .sort(([one], [other]) => Number(other === 'properties') - Number(one === 'properties'))
    .flatMap(([keyword, wanted]) => {
      const detail = fault(keyword, wanted as Json, input, schema);
      return detail
        ? [{ pointer, detail }]
        : within(keyword, wanted as Json, input, schema, pointer);
    });
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
      `does not have a value in the enumeration [${wanted.map((one) => stringifyJson(one)).join(', ')}]`
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

function faultOfType(wanted: Json, value: Json): Fault {
  const found = typeOf(value);
  const types = [wanted].flat();
  const fits = types.some((type) => type === found || (type === 'number' && found === 'integer'));
  return (
    !fits && `${found} found, ${Array.isArray(wanted) ? `[${types.join(', ')}]` : wanted} expected`
  );
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
        : compared < 0 && `must have a minimum value of ${digitsOf(wanted)}`;
    case 'maximum':
      return schema.exclusiveMaximum === true
        ? compared >= 0 && `must be less than ${digitsOf(wanted)}`
        : compared > 0 && `must have a maximum value of ${digitsOf(wanted)}`;
    case 'multipleOf':
      return !isMultiple(value, wanted) && `must be multiple of ${digitsOf(wanted)}`;
    default:
      return false;
  }
}

function faultOfList(keyword: string, wanted: Json, list: readonly Json[]): Fault {
  if (keyword === 'uniqueItems') {
    const different = new Set(list.map(canonical)).size;
    return wanted === true && different < list.length && 'must have only unique items in the array';
  }
  if (!isNumeric(wanted)) {
    return false;
  }
  const items = `${counted(wanted)} items but found ${counted(list.length)}`;
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
  pointer: string,
): FieldProblem[] {
  if (Array.isArray(value)) {
    return keyword === 'items' && isObject(wanted)
      ? value.flatMap((item, index) => check(wanted, item, `${pointer}/${index}`))
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
          ? check(part, member, memberAt(pointer, key))
          : [];
      });
    case 'required':
      return [wanted]
        .flat()
        .map(String)
        .filter((key) => memberOf(value, key) === undefined)
        .map((key) => ({
          pointer: memberAt(pointer, key),
          detail: `required property '${key}' not found`,
        }));
    case 'additionalProperties':
      return (wanted === false ? furtherIn(value, schema) : []).map((key) => ({
        pointer: memberAt(pointer, key),
        detail: `property '${key}' is not defined in the schema and the schema does not allow additional properties`,
      }));
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
