import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { FieldProblem } from '../../src/client/problem.ts';
import { parseJson } from '../../src/client/json.ts';
import type { Json } from '../../src/client/types.ts';
import { check } from '../../src/form/check.ts';
import type { Schema } from '../../src/form/fields.ts';

/** The server's errors for inputs; a test of the server reads the same file (InputErrorsTest). */
const groups = parseJson(
  readFileSync(
    new URL(
      '../../../backend/schema/src/test/resources/dev/statuswire/schema/inputs.json',
      import.meta.url,
    ),
    'utf8',
  ),
) as unknown as {
  about: string;
  schema: Schema;
  inputs: { input: Json; errors: FieldProblem[]; browser?: 'silent' }[];
}[];

describe('the page reports the same errors as the server, or none', () => {
  test.each(groups)('$about', ({ schema, inputs }) => {
    for (const { input, errors, browser } of inputs) {
      const said = browser === 'silent' ? [] : errors;
      expect(check(schema, input), JSON.stringify(input)).toEqual(said);
    }
  });
});

test('a pattern that can take exponential time does not block the page', () => {
  const started = performance.now();
  const patterns = [
    ...['^(a+)+$', '^((a+))+$', '^(a|aa)+$', '^(a*)*b$', '^([a-z]+)*#$', '^(a?){40}a{40}$'],
    ...['a*a*a*a*a*a*#', '^.*a.*a.*a.*a.*#$', 'a?'.repeat(30) + 'a{30}', '(a{1,}){1,}#'],
  ];
  for (const pattern of patterns) {
    check({ pattern }, 'a'.repeat(400) + '!');
    check({ pattern }, 'a'.repeat(50) + '!');
    check({ pattern }, 'a'.repeat(30));
    check({ pattern }, 'a'.repeat(10_000) + '!');
    check({ pattern }, 'a'.repeat(16));
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('a long text is checked quickly, whatever its format', () => {
  const started = performance.now();
  const formats = ['email', 'uri', 'date', 'date-time', 'time', 'uuid', 'ipv4', 'ipv6', 'hostname'];
  for (const format of formats) {
    for (const part of [
      'a',
      '.',
      '"',
      '@',
      'a.',
      ' ',
      '-',
      ':',
      '/',
      'http://a',
      '%20',
      '1.',
      '[',
    ]) {
      check({ format }, part.repeat(60_000));
    }
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});

test('a text with characters that this browser does not know is left to the server', () => {
  expect(check({ pattern: '^\\p{L}+$' }, '\u{2FFFF}')).toEqual([]);
  expect(check({ pattern: '^\\p{L}+$' }, '1')).toHaveLength(1);
});

test('a schema that refers to itself without end is left to the server, quickly', () => {
  const self = { $ref: '#' };
  expect(check(self, 1)).toEqual([]);
  expect(check({ type: 'string', allOf: [self, self] }, 1)).toEqual([]);
  expect(check({ properties: { a: { allOf: [self, self] } } }, nested(90))).toEqual([]);
});

test('a reference of a schema with ids is left to the server', () => {
  const part = { id: 'http://example.org/a', properties: { a: { $ref: '#/definitions/b' } } };
  const schema = { definitions: { b: { type: 'string' } }, ...part };
  expect(check(schema, { a: 1 })).toEqual([]);
  expect(check({ ...schema, id: undefined }, { a: 1 })).toHaveLength(1);
});

function nested(depth: number): Json {
  return depth === 0 ? 1 : { a: nested(depth - 1) };
}
