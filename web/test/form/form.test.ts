import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/client/types.ts';
import { type Field, formOf, type Schema } from '../../src/form/fields.ts';
import { inputOf, placeErrors, valuesOf } from '../../src/form/values.ts';

const order: Schema = {
  type: 'object',
  required: ['dish', 'quantity'],
  properties: {
    dish: { type: 'string', enum: ['soup', 'pasta'], description: 'What is to be cooked.' },
    quantity: { type: 'integer', minimum: 1, maximum: 20 },
    simulate: {
      type: 'object',
      title: 'Simulation',
      properties: {
        cookMillis: { type: 'integer', minimum: 0, maximum: 600000, description: 'How long.' },
        reject: { type: 'boolean' },
      },
    },
  },
};

const property = (schema: Schema, required = false): Field => {
  const form = formOf({
    properties: { it: schema as Json },
    ...(required && { required: ['it'] }),
  });
  return (form as { fields: readonly Field[] }).fields[0] as Field;
};

/** What the input becomes when the form shows it and is submitted as it is. */
const around = (schema: Schema, input: Json) => {
  const form = formOf(schema);
  return inputOf(form, valuesOf(form, input));
};

describe('fields from a schema', () => {
  test('names are paths with dots, pointers are JSON Pointers', () => {
    const all = (field: Field): [string, string][] => [
      [field.name, field.pointer],
      ...(field.kind === 'group' ? field.fields.flatMap(all) : []),
    ];
    expect(all(formOf(order))).toEqual([
      ['', ''],
      ['dish', '/dish'],
      ['quantity', '/quantity'],
      ['simulate', '/simulate'],
      ['simulate.cookMillis', '/simulate/cookMillis'],
      ['simulate.reject', '/simulate/reject'],
    ]);
  });

  test('a member whose name has a slash or a tilde is escaped in its pointer', () => {
    const form = formOf({ properties: { 'a/b~c': { type: 'string' } } });
    expect(form).toMatchObject({ fields: [{ pointer: '/a~1b~0c', key: 'a/b~c' }] });
  });

  test('labels are titles, or names made readable', () => {
    expect(formOf(order)).toMatchObject({
      fields: [
        { label: 'Dish', required: true },
        { label: 'Quantity', required: true },
        { label: 'Simulation', required: false, fields: [{ label: 'Cook millis' }, {}] },
      ],
    });
  });

  test('descriptions and bounds are the help', () => {
    expect(property({ type: 'string', description: 'Who.' }).help).toBe('Who.');
    expect(property({ type: 'integer', minimum: 0, maximum: 600000 }).help).toBe('0 to 600,000.');
    expect(property({ type: 'number', minimum: 0.5 }).help).toBe('At least 0.5.');
    expect(property({ type: 'number', maximum: 2 }).help).toBe('At most 2.');
  });

  test.each<[Schema, object]>([
    [{ type: 'string' }, { kind: 'text', type: 'text' }],
    [
      { type: 'string', format: 'email' },
      { kind: 'text', type: 'email' },
    ],
    [
      { type: 'string', enum: ['a'] },
      { kind: 'choice', options: ['a'] },
    ],
    [
      { type: 'integer', maximum: 9 },
      { kind: 'number', whole: true, maximum: 9 },
    ],
    [{ type: 'number' }, { kind: 'number', whole: false }],
    [{ type: ['null', 'number'] }, { kind: 'number' }],
    [{ type: 'boolean' }, { kind: 'boolean' }],
    [
      { type: 'object', properties: {} },
      { kind: 'group', fields: [] },
    ],
    [{ type: 'object' }, { kind: 'json' }],
    [{ type: 'array' }, { kind: 'json' }],
    [{ anyOf: [] }, { kind: 'json' }],
  ])('%j', (schema, field) => {
    expect(property(schema)).toMatchObject(field);
  });

  test('a schema without properties is one JSON field', () => {
    expect(formOf({ type: 'array' })).toMatchObject({ kind: 'json', pointer: '', name: 'input' });
  });
});

describe('values from an input and back', () => {
  test.each<[string, Schema, Json]>([
    ['the least', order, { dish: 'soup', quantity: 2 }],
    [
      'everything',
      order,
      { dish: 'pasta', quantity: 20, simulate: { cookMillis: 0, reject: true } },
    ],
    ['nothing', order, {}],
    ['numbers of all sorts', { properties: { n: { type: 'number' } } }, { n: -1.5e-7 }],
    ['options that are no text', { properties: { n: { enum: [1, '1', null, true] } } }, { n: 1 }],
    ['the option null', { properties: { n: { enum: [1, null] } } }, { n: null }],
    ['text that looks like a number', { properties: { n: { type: 'string' } } }, { n: '007' }],
    ['what is written as JSON', { properties: { n: { type: 'array' } } }, { n: [1, { a: null }] }],
    ['an input that is no object', { type: 'array' }, [1, 2]],
    [
      'a required false',
      { properties: { on: { type: 'boolean' } }, required: ['on'] },
      { on: false },
    ],
    [
      'false where true is the default',
      { properties: { on: { type: 'boolean', default: true } } },
      { on: false },
    ],
    [
      'a required group without contents',
      {
        properties: { g: { type: 'object', properties: { a: { type: 'string' } } } },
        required: ['g'],
      },
      { g: {} },
    ],
  ])('%s', (_, schema, input) => {
    expect(around(schema, input)).toEqual({ input, errors: [] });
  });

  test('an optional group of which nothing is filled in is left out', () => {
    expect(around(order, { dish: 'soup', simulate: {} }).input).toEqual({ dish: 'soup' });
  });

  test('an optional box that is not ticked is left out', () => {
    expect(around(order, { simulate: { reject: false } }).input).toEqual({});
  });

  test('members that the schema does not know are left out', () => {
    expect(around(order, { dish: 'soup', chef: 'Ada' }).input).toEqual({ dish: 'soup' });
  });

  test('blanks around nothing are nothing', () => {
    const form = formOf(order);
    expect(inputOf(form, new Map([['/quantity', '  ']])).input).toEqual({});
  });

  test('what is no number, or no JSON, is told at its field', () => {
    const form = formOf({ properties: { n: { type: 'integer' }, j: { type: 'array' } } });
    const values = new Map([
      ['/n', 'many'],
      ['/j', '[1'],
    ]);
    expect(inputOf(form, values).errors).toEqual([
      { pointer: '/n', detail: 'This is not a number.' },
      { pointer: '/j', detail: 'This is not JSON.' },
    ]);
  });

  test('a number out of bounds is left to the server to judge', () => {
    const form = formOf(order);
    expect(inputOf(form, new Map([['/quantity', '99']])).input).toEqual({ quantity: 99 });
  });
});

describe('errors at their fields', () => {
  const place = (pointer: string, schema: Schema = order) => {
    const { atFields, elsewhere } = placeErrors(formOf(schema), [{ pointer, detail: 'no' }]);
    return elsewhere.length > 0 ? null : [...atFields.keys()][0];
  };

  test.each([
    ['/dish', '/dish'],
    ['/input/dish', '/dish'],
    ['/input/simulate/cookMillis', '/simulate/cookMillis'],
    ['/simulate', '/simulate'],
    ['/input/simulate/unknown', '/simulate'],
    ['/input', null],
    ['', null],
    ['/type', null],
  ])('%s is at %s', (pointer, field) => {
    expect(place(pointer)).toBe(field);
  });

  test('a member that is itself called input is found both ways', () => {
    const schema: Schema = { properties: { input: { type: 'string' } } };
    expect(place('/input', schema)).toBe('/input');
    expect(place('/input/input', schema)).toBe('/input');
  });

  test('an error inside a JSON field is at that field', () => {
    expect(place('/input/tags/0', { properties: { tags: { type: 'array' } } })).toBe('/tags');
    expect(place('/input/0', { type: 'array' })).toBe('');
  });

  test('all errors of one field are kept', () => {
    const errors = ['one', 'two'].map((detail) => ({ pointer: '/dish', detail }));
    expect(placeErrors(formOf(order), errors).atFields.get('/dish')).toEqual(['one', 'two']);
  });
});
