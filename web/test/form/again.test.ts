import { describe, expect, test } from 'vitest';
import { parseJson, stringifyJson } from '../../src/client/json.ts';
import type { Json } from '../../src/client/types.ts';
import type { Schema } from '../../src/form/fields.ts';
import { Sheet } from '../../src/form/sheet.ts';

const schema = parseJson(`{
  "properties": {
    "text": {"type": "string"},
    "count": {"type": ["integer", "null"]},
    "size": {"enum": [2.5, "L", null]},
    "loud": {"type": "boolean"},
    "quiet": {"type": "boolean", "default": true},
    "words": {"type": "array", "items": {"type": "string"}},
    "sizes": {"type": "array", "items": {"enum": [2.5, 3]}},
    "any": {"type": "object"},
    "group": {"type": ["object", "null"], "properties": {"a": {"type": "string"}}},
    "closed": {
      "type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}
    }
  }
}`) as Schema;

const type = {
  name: 't',
  title: 'T',
  description: '',
  steps: [],
  schema: schema as object as never,
};

function filledWith(input: string): Sheet {
  const sheet = new Sheet(type);
  sheet.fill(parseJson(input));
  return sheet;
}

const sentOf = (sheet: Sheet) => stringifyJson(sheet.filled.input);

describe('an input that is submitted again is sent as stored', () => {
  const inputs = [
    '{}',
    '{"text":""}',
    '{"text":"  "}',
    '{"text":null}',
    '{"count":null}',
    '{"size":2.50}',
    '{"size":null}',
    '{"loud":false,"quiet":true}',
    '{"loud":true,"quiet":false}',
    '{"loud":null}',
    '{"words":[]}',
    '{"words":null}',
    '{"words":["a","","b"]}',
    '{"words":["",null," "]}',
    '{"sizes":[2.50,3.0]}',
    '{"any":{}}',
    '{"any":null}',
    '{"group":{}}',
    '{"group":null}',
    '{"group":{"b":[1.0],"a":""}}',
    '{"further":{"x":[""]},"text":"hi"}',
    'null',
  ];

  test.each(inputs)('%s', (input) => expect(sentOf(filledWith(input))).toBe(input));

  test.each(inputs)('%s after a reload of the page', (input) => {
    const draft = parseJson(stringifyJson(filledWith(input).draft));
    expect(sentOf(new Sheet(type, draft))).toBe(input);
  });

  test.each(inputs.filter((input) => input.startsWith('{') && !input.includes('"text"')))(
    '%s except for an edited field',
    (input) => {
      const sheet = filledWith(input);
      sheet.change('/text', 'new');
      const reloaded = new Sheet(type, parseJson(stringifyJson(sheet.draft)));
      expect(parseJson(sentOf(sheet))).toEqual({ ...(parseJson(input) as object), text: 'new' });
      expect(sentOf(reloaded)).toBe(sentOf(sheet));
    },
  );
});

describe('an edited field is sent as filled in', () => {
  test.each<[string, string, string | boolean | readonly string[], string]>([
    ['{"text":""}', '/text', 'a', '{"text":"a"}'],
    ['{"text":"a"}', '/text', '', '{}'],
    ['{"text":5}', '/text', '5', '{"text":"5"}'],
    ['{"size":2.50}', '/size', 'L', '{"size":"L"}'],
    ['{"size":2.50}', '/size', '', '{}'],
    ['{"loud":false}', '/loud', true, '{"loud":true}'],
    ['{"words":["a","","b"]}', '/words', ['a', '', 'c'], '{"words":["a","","c"]}'],
    ['{"words":["a"]}', '/words', ['a', ''], '{"words":["a"]}'],
    ['{"words":["a"]}', '/words', [], '{}'],
    ['{"sizes":[3,2.50]}', '/sizes', ['2.5'], '{"sizes":[2.50]}'],
    ['{"group":{"a":"x"}}', '/group/a', '', '{}'],
    ['{"group":{"a":"x","b":1}}', '/group/a', '', '{"group":{"b":1}}'],
  ])('%s with %s %j', (input, pointer, value, sent) => {
    const sheet = filledWith(input);
    sheet.change(pointer, value);
    expect(sentOf(sheet)).toBe(sent);
  });
});

test('members that the schema no longer allows are left out', () => {
  expect(sentOf(filledWith('{"closed":{"a":"x","b":1}}'))).toBe('{"closed":{"a":"x"}}');
});

test('an error of an item is shown at its line, even after an item that is stored blank', () => {
  const sheet = filledWith('{"words":["a","","b"]}');
  sheet.refuse([{ pointer: '/words/2', detail: 'no' }]);
  expect([...sheet.errors.atFields]).toEqual([['/words/2', ['no']]]);
});

test('blank values are left out if the form was not filled with an input', () => {
  const sheet = new Sheet(type, {} as Json);
  sheet.change('/text', ' ');
  sheet.change('/words', ['', 'a']);
  expect(sheet.filled.input).toEqual({ words: ['a'] });
});
