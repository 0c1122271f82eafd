import { describe, expect, test } from 'vitest';
import { parseJson, stringifyJson } from '../../src/client/json.ts';
import { JsonNumber } from '../../src/client/json-number.ts';
import type { Json } from '../../src/client/types.ts';
import { check } from '../../src/form/check.ts';
import { compare, isMultiple, type Numeric } from '../../src/form/decimal.ts';
import {
  type Field,
  formOf,
  type GroupField,
  type NumberField,
  type Schema,
} from '../../src/form/fields.ts';
import { inputOf, valuesOf } from '../../src/form/values.ts';
import { matches, noFilter } from '../../src/list/filter.ts';
import { document } from '../client/world.ts';

const schema = (it: string): Schema => parseJson(`{"properties":{"it":${it}}}`) as Schema;

/** Returns what is sent if this text is typed into a number field. */
function typed(text: string, type = 'number'): string | undefined {
  const { input, errors } = inputOf(formOf(schema(`{"type":"${type}"}`)), new Map([['/it', text]]));
  return errors[0]?.detail ?? stringifyJson(input).slice('{"it":'.length, -1);
}

/** Returns what is sent if the form is filled with this input. */
function again(form: Field, input: Json): string {
  return stringifyJson(inputOf(form, valuesOf(form, input)).input);
}

describe('a number is sent as typed', () => {
  test.each([
    '3544790567247868102',
    '-1970670598291982290',
    '0.1000',
    '1.0',
    '1e400',
    '1E5',
    '1e-7',
    '-0',
    '123456789012345678901234567890.5',
  ])('%s', (text) => expect(typed(text)).toBe(text));

  test.each([
    ['+5', '5'],
    ['.5', '0.5'],
    ['-.50', '-0.50'],
    ['5.', '5'],
    ['007', '7'],
    ['-00.10', '-0.10'],
    [' 12 ', '12'],
    ['00', '0'],
    ['+1e+2', '1e+2'],
  ])('%s in the notation of JSON', (text, sent) => expect(typed(text)).toBe(sent));

  test.each(['many', '1,5', '0x10', '1e', 'e5', '.', '-', '--1', '1 2', 'Infinity', 'NaN', '１'])(
    '"%s" is not a number',
    (text) => expect(typed(text)).toBe('Enter a number.'),
  );
});

describe('an input that is submitted again keeps its digits', () => {
  const numbers = ['1970670598291982290', '0.1000', '1e400', '1E5', '-0'];

  test.each(numbers)('%s in a number field', (text) => {
    const input = `{"it":${text}}`;
    expect(again(formOf(schema('{"type":"number"}')), parseJson(input))).toBe(input);
  });

  test.each(numbers)('%s in a list', (text) => {
    const input = `{"it":[1,${text}]}`;
    const list = schema('{"type":"array","items":{"type":"number"}}');
    expect(again(formOf(list), parseJson(input))).toBe(input);
  });

  test.each(numbers)('%s in a JSON field', (text) => {
    const input = `{"it":{"deep":[${text}]}}`;
    expect(again(formOf(schema('{"type":"object"}')), parseJson(input))).toBe(input);
    expect(again(formOf({}), parseJson(input))).toBe(input);
  });

  test('as a choice', () => {
    const form = formOf(schema('{"enum":[9007199254740992,9007199254740993,0.10]}'));
    for (const text of ['9007199254740992', '9007199254740993', '0.10']) {
      expect(again(form, parseJson(`{"it":${text}}`))).toBe(`{"it":${text}}`);
    }
  });
});

describe('bounds are checked exactly', () => {
  const errorsOf = (constraints: string, value: string) =>
    check(schema(constraints), parseJson(`{"it":${value}}`)).map(({ detail }) => detail);

  test.each([
    ['{"minimum":9007199254740993}', '9007199254740993', []],
    ['{"minimum":9007199254740993}', '9007199254740992', ['it must be at least 9007199254740993']],
    ['{"maximum":9007199254740992}', '9007199254740993', ['it must be at most 9007199254740992']],
    ['{"maximum":0.3}', '0.30000000000000000001', ['it must be at most 0.3']],
    ['{"maximum":0.3}', '0.3000', []],
    ['{"maximum":1,"exclusiveMaximum":true}', '1.00', ['it must be less than 1']],
    ['{"maximum":1e400}', '9e399', []],
    ['{"maximum":1e400}', '1.1e400', ['it must be at most 1e400']],
    ['{"minimum":0}', '-0', []],
    ['{"minimum":0}', '-1e-400', ['it must be at least 0']],
    ['{"multipleOf":0.01}', '0.29', []],
    ['{"multipleOf":0.01}', '123456789012345678901234567890.29', []],
    ['{"multipleOf":0.01}', '1e-7', ['it must be a multiple of 0.01']],
    ['{"multipleOf":2}', '9007199254740993', ['it must be a multiple of 2']],
    ['{"multipleOf":9007199254740993}', '18014398509481986', []],
    ['{"multipleOf":9007199254740993}', '1', ['it must be a multiple of 9007199254740993']],
    ['{"type":"integer"}', '3544790567247868102', []],
    ['{"type":"integer"}', '1e5', []],
    ['{"type":"integer"}', '1.0', ['it must be an integer']],
    ['{"type":"number"}', '1e400', []],
    ['{"type":"string"}', '1e400', ['it must be a string']],
    ['{"type":"object"}', '0.10', ['it must be an object']],
    ['{"enum":[9007199254740993]}', '9007199254740992', ['it must be 9007199254740993']],
    ['{"enum":[0.1]}', '0.10', []],
    ['{"uniqueItems":true}', '[1,1.0]', ['it must not contain duplicates']],
    ['{"uniqueItems":true}', '[9007199254740992,9007199254740993]', []],
    ['{"properties":{}}', '1e400', []],
  ])('%s and %s', (constraints, value, details) => {
    expect(errorsOf(constraints, value)).toEqual(details);
  });

  test('numbers of any size are compared quickly', () => {
    const started = performance.now();
    const huge = ['1e999999999', '-1e999999999', '1e-999999999', `1e${'9'.repeat(400)}`];
    for (const one of [...huge, '9'.repeat(10_000)]) {
      for (const other of [...huge, '7', '0.01']) {
        const [left, right] = [new JsonNumber(one), new JsonNumber(other)];
        expect(compare(left, right)).not.toBeUndefined();
        isMultiple(left, right);
      }
    }
    expect(compare(new JsonNumber('1e999999999'), 7)).toBeGreaterThan(0);
    expect(compare(new JsonNumber('-1e999999999'), 7)).toBeLessThan(0);
    expect(compare(new JsonNumber('1e-999999999'), 7)).toBeLessThan(0);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test.each<[Numeric, Numeric, number]>([
    [1, 2, -1],
    [-1, 1, -1],
    [0, -0, 0],
    [10, 9.5, 1],
    [-10, -9.5, -1],
    [0.1, 0.01, 1],
    [-0.001, 0, -1],
  ])('%d compared with %d', (one, other, sign) => {
    expect(Math.sign(compare(one, other)) + 0).toBe(sign);
  });
});

describe('the field of a number', () => {
  const fieldOf = (it: string) => (formOf(schema(it)) as GroupField).fields[0] as NumberField;

  test('shows its limits with all their digits', () => {
    expect(fieldOf('{"type":"integer","minimum":9007199254740993}').help).toBe(
      'At least 9,007,199,254,740,993.',
    );
    expect(fieldOf('{"type":"number","multipleOf":0.10}').help).toBe('A multiple of 0.1.');
    expect(fieldOf('{"type":"number","default":1e400}').help).toBe('Default: 1e400.');
  });

  test.each([
    ['{"type":"integer","minimum":1,"maximum":20}', true],
    ['{"type":"number","minimum":0,"maximum":1.0}', true],
    ['{"type":"integer"}', false],
    ['{"type":"integer","minimum":1}', false],
    ['{"type":"integer","minimum":0,"maximum":9223372036854775807}', false],
  ])('%s has a number input only if no digit can be lost: %s', (it, bounded) => {
    expect(fieldOf(it).bounded).toBe(bounded);
  });
});

test('a number is found in the list by any of its digits', () => {
  const request = document('request-1', 1, {
    input: parseJson('{"a":[1970670598291982290,0.1000]}'),
  });
  for (const text of ['982290', '0.1000', '19706']) {
    expect(matches({ ...noFilter, text }, request)).toBe(true);
  }
  expect(matches({ ...noFilter, text: '982300' }, request)).toBe(false);
});
