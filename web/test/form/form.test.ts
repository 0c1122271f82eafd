import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/client/types.ts';
import { type ChoiceField, type Field, formOf, type Schema } from '../../src/form/fields.ts';
import { localOf, momentOf } from '../../src/form/moment.ts';
import { inputOf, placeErrors, UNREADABLE, valuesOf } from '../../src/form/values.ts';

const order: Schema = {
  type: 'object',
  required: ['dish', 'quantity'],
  properties: {
    dish: { type: 'string', enum: ['soup', 'pasta'], description: 'The dish to cook.' },
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

/** Returns the input that is sent if the form shows this input and is submitted unchanged. */
const around = (schema: Schema, input: Json) => {
  const form = formOf(schema);
  return inputOf(form, valuesOf(form, input));
};

describe('fields from a schema', () => {
  test('names are paths with dots, and pointers are JSON Pointers', () => {
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

  test('labels are titles, or readable forms of the names', () => {
    expect(formOf(order)).toMatchObject({
      fields: [
        { label: 'Dish', required: true },
        { label: 'Quantity', required: true },
        { label: 'Simulation', required: false, fields: [{ label: 'Cook millis' }, {}] },
      ],
    });
  });

  test('the help contains the description and the limits', () => {
    expect(property({ type: 'string', description: 'Who.' }).help).toBe('Who.');
    expect(property({ type: 'integer', minimum: 0, maximum: 600000 }).help).toBe('0 to 600,000.');
    expect(property({ type: 'number', minimum: 0.5 }).help).toBe('At least 0.5.');
    expect(property({ type: 'number', maximum: 2 }).help).toBe('At most 2.');
  });

  test('the help contains other constraints and the default', () => {
    const between = { minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: true };
    expect(property({ type: 'number', ...between }).help).toBe('More than 0. Less than 1.');
    expect(property({ type: 'number', multipleOf: 0.05 }).help).toBe('A multiple of 0.05.');
    expect(property({ type: 'number', multipleOf: 1e-12 }).help).toBe(
      'A multiple of 0.000000000001.',
    );
    expect(property({ type: 'string', default: 'soup' }).help).toBe('Default: soup.');
    expect(property({ type: 'string', default: '' }).help).toBe('Default: "".');
    expect(property({ type: 'boolean', default: true }).help).toBe('');
    const list: Schema = { type: 'array', minItems: 1, items: { type: 'integer', minimum: 2 } };
    expect(property(list).help).toBe('At least 1 items. At least 2.');
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
      { kind: 'number', step: 1, maximum: 9 },
    ],
    [{ type: 'number' }, { kind: 'number', step: 'any' }],
    [
      { type: 'number', multipleOf: 0.5 },
      { kind: 'number', step: 0.5 },
    ],
    [
      { type: 'string', format: 'date' },
      { kind: 'text', type: 'date' },
    ],
    [
      { type: 'string', format: 'date-time' },
      { kind: 'text', type: 'datetime-local' },
    ],
    [
      { type: 'string', format: 'time' },
      { kind: 'text', type: 'text' },
    ],
    [
      { type: 'string', maxLength: 2000 },
      { kind: 'text', long: true },
    ],
    [
      { type: 'string', maxLength: 254, format: 'email' },
      { kind: 'text', long: false },
    ],
    [
      { type: 'array', items: { type: 'string' }, maxItems: 3 },
      { kind: 'list', minimum: 0, maximum: 3 },
    ],
    [{ type: 'array', items: { type: 'object' } }, { kind: 'json' }],
    [{ type: 'array', items: [{ type: 'string' }] }, { kind: 'json' }],
    [{ type: 'string', $ref: '#/definitions/a' }, { kind: 'json' }],
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

describe('values of an input and back', () => {
  test.each<[string, Schema, Json]>([
    ['only required members', order, { dish: 'soup', quantity: 2 }],
    [
      'everything',
      order,
      { dish: 'pasta', quantity: 20, simulate: { cookMillis: 0, reject: true } },
    ],
    ['nothing', order, {}],
    ['a number with an exponent', { properties: { n: { type: 'number' } } }, { n: -1.5e-7 }],
    ['options that are not text', { properties: { n: { enum: [1, '1', null, true] } } }, { n: 1 }],
    ['the option null', { properties: { n: { enum: [1, null] } } }, { n: null }],
    [
      'an option whose members are in another order',
      {
        properties: {
          n: {
            enum: [
              { a: 1, b: [2] },
              { a: 1, b: [3] },
            ],
          },
        },
      },
      { n: { b: [3], a: 1 } },
    ],
    [
      'a list of blank options',
      { properties: { n: { type: 'array', items: { enum: ['', ' ', 'a'] } } } },
      { n: ['', ' ', 'a', ''] },
    ],
    ['text that looks like a number', { properties: { n: { type: 'string' } } }, { n: '007' }],
    ['a JSON field', { properties: { n: { type: 'array' } } }, { n: [1, { a: null }] }],
    [
      'lists',
      {
        properties: {
          texts: { type: 'array', items: { type: 'string' } },
          numbers: { type: 'array', items: { type: 'number' } },
          choices: { type: 'array', items: { enum: ['a', 1] } },
        },
      },
      { texts: ['a', 'b'], numbers: [1, -2.5], choices: [1, 'a'] },
    ],
    [
      'a required list without contents',
      { properties: { l: { type: 'array', items: { type: 'string' } } }, required: ['l'] },
      { l: [] },
    ],
    [
      'a date and time with another offset',
      { properties: { at: { type: 'string', format: 'date-time' } } },
      { at: '2026-11-21T10:00:00.5+02:00' },
    ],
    [
      'names that every JavaScript object has',
      { properties: { constructor: { type: 'string' }, toString: { type: 'object' } } },
      {},
    ],
    ['an input that is not an object', { type: 'array' }, [1, 2]],
    [
      'a required false',
      { properties: { on: { type: 'boolean' } }, required: ['on'] },
      { on: false },
    ],
    [
      'false if the default is true',
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

  test.each<Json[][]>([
    [['', 'on', 'off']],
    [[1, '1', true, 'true', null, 'null', 1.5, '1.5', [1], '[1]', { a: 1 }, '{"a":1}']],
    [['', '""', '"a"', 'a', ' ', '\n']],
  ])('each option of %j can be chosen, and differs from no choice', (...options) => {
    const choice = property({ enum: options }) as ChoiceField;
    const form = formOf({ properties: { it: { enum: options } } });
    const chosen = choice.texts.map((text) => inputOf(form, new Map([['/it', text]])).input);
    expect(chosen).toEqual(options.map((option) => ({ it: option })));
    expect(new Set([...choice.texts, '']).size).toBe(options.length + 1);
    expect(inputOf(form, new Map([['/it', '']])).input).toEqual({});
    options.forEach((option) =>
      expect(around({ properties: { it: { enum: options } } }, { it: option }).input).toEqual({
        it: option,
      }),
    );
  });

  test('options that are equal in JSON Schema are one option', () => {
    const choice = property({ enum: [1, 1.0, -0, 0, { a: 1, b: 2 }, { b: 2, a: 1 }] });
    expect(choice).toMatchObject({ texts: ['1', '0', '{"b":2,"a":1}'] });
  });

  test('a value that is not an option is an error, and is not silently left out', () => {
    const schema: Schema = { properties: { it: { enum: ['', 1] } } };
    expect(around(schema, { it: '1' }).errors).toEqual([
      { pointer: '/it', detail: '"1" is not an option.' },
    ]);
  });

  test('a text is shown unquoted if it is unambiguous', () => {
    expect(property({ enum: ['1', '2', 'null', 'a b'] })).toMatchObject({
      texts: ['1', '2', 'null', 'a b'],
    });
  });

  test('blank lines are left out', () => {
    const form = formOf({ properties: { l: { type: 'array', items: { type: 'integer' } } } });
    expect(inputOf(form, new Map([['/l', ['1', ' ', '2']]])).input).toEqual({ l: [1, 2] });
    expect(inputOf(form, new Map([['/l', ['', ' ']]])).input).toEqual({});
  });

  test('a required list has as many lines as it needs', () => {
    const list: Schema = { type: 'array', items: { type: 'string' }, minItems: 2 };
    expect(valuesOf(property(list, true), undefined).get('/it')).toEqual(['', '']);
    expect(valuesOf(property(list), undefined).get('/it')).toEqual([]);
  });

  test('a date and time is shown as local time, and sent with an offset', () => {
    const at = '2026-11-21T10:00:00Z';
    expect(momentOf(localOf(at))).toBe(at);
    expect(localOf(at)).toMatch(/^2026-11-2\dT\d\d:\d\d$/);
    expect(momentOf('2026-11-21T10:00:30.25')).toMatch(/:30\.250Z$/);
    expect(localOf('2026-11-21T10:00')).toBe('2026-11-21T10:00');
    expect([localOf('tomorrow'), localOf('')]).toEqual(['', '']);
    expect([momentOf('tomorrow'), momentOf('2026-13-01T10:00')]).toEqual([
      'tomorrow',
      '2026-13-01T10:00',
    ]);
  });

  test('half a date is an error', () => {
    const form = formOf({ properties: { on: { type: 'string', format: 'date' } } });
    expect(inputOf(form, new Map([['/on', UNREADABLE]])).errors).toEqual([
      { pointer: '/on', detail: 'Enter a complete value.' },
    ]);
  });

  test('an optional group without values is left out', () => {
    expect(around(order, { dish: 'soup', simulate: {} }).input).toEqual({ dish: 'soup' });
  });

  test('an optional checkbox that is not checked is left out', () => {
    expect(around(order, { simulate: { reject: false } }).input).toEqual({});
  });

  test('members that are not in the schema are left out', () => {
    expect(around(order, { dish: 'soup', chef: 'Ada' }).input).toEqual({ dish: 'soup' });
  });

  test('a text of blanks is blank', () => {
    const form = formOf(order);
    expect(inputOf(form, new Map([['/quantity', '  ']])).input).toEqual({});
  });

  test('an invalid number or invalid JSON is an error at its field', () => {
    const form = formOf({ properties: { n: { type: 'integer' }, j: { type: 'array' } } });
    const values = new Map([
      ['/n', 'many'],
      ['/j', '[1'],
    ]);
    expect(inputOf(form, values).errors).toEqual([
      { pointer: '/n', detail: 'Enter a number.' },
      { pointer: '/j', detail: 'Enter valid JSON.' },
    ]);
  });

  test('a number out of bounds is left to the validation', () => {
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

  test('a member called input is found in both ways', () => {
    const schema: Schema = { properties: { input: { type: 'string' } } };
    expect(place('/input', schema)).toBe('/input');
    expect(place('/input/input', schema)).toBe('/input');
  });

  test('an error inside a JSON value is at the JSON field', () => {
    expect(place('/input/tags/0', { properties: { tags: { type: 'array' } } })).toBe('/tags');
    expect(place('/input/0', { type: 'array' })).toBe('');
  });

  test('an error of an item is at its line, even after blank lines', () => {
    const form = formOf({ properties: { l: { type: 'array', items: { type: 'string' } } } });
    const errors = ['/input/l/1', '/l'].map((pointer) => ({ pointer, detail: pointer }));
    const values = new Map([['/l', ['a', '', 'b']]]);
    expect([...placeErrors(form, errors, values).atFields]).toEqual([
      ['/l/2', ['/input/l/1']],
      ['/l', ['/l']],
    ]);
  });

  test('all errors of one field are kept', () => {
    const errors = ['one', 'two'].map((detail) => ({ pointer: '/dish', detail }));
    expect(placeErrors(formOf(order), errors).atFields.get('/dish')).toEqual(['one', 'two']);
  });
});
