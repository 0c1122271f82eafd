import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, JsonNumber, parseJson, stringifyJson } from '../../src/client/index.ts';
import { World } from './world.ts';

/** JSON numbers that JavaScript writes differently. */
const EXACT = [
  '3544790567247868102',
  '-1970670598291982290',
  '9007199254740993',
  '123456789012345678901234567890',
  '0.1000',
  '1.0',
  '0.12345678901234567890123',
  '1e400',
  '1E5',
  '1e-400',
  '1e+2',
  '-0',
  '-0.0',
  '0e0',
];

/** JSON numbers that JavaScript writes in the same way. */
const PLAIN = ['0', '1', '-7', '0.1', '-1.5', '1e+21', '5e-324', '9007199254740991', '1e-7'];

describe('a number keeps its digits when it is parsed and written', () => {
  test.each([...EXACT, ...PLAIN])('%s', (text) => {
    const json = `{"a":[${text},{"b":${text}}],"c":${text}}`;
    expect(stringifyJson(parseJson(json))).toBe(json);
    expect(stringifyJson(parseJson(text))).toBe(text);
  });

  test.each(EXACT)('%s is a JsonNumber', (text) => {
    expect(parseJson(text)).toEqual(new JsonNumber(text));
  });

  test.each(PLAIN)('%s is a number', (text) => {
    expect(parseJson(text)).toBe(Number(text));
  });
});

test('a JsonNumber is the nearest number in arithmetic, and its text as a string', () => {
  const number = new JsonNumber('3544790567247868102');
  expect(Number(number)).toBe(3544790567247868000);
  expect(+new JsonNumber('0.1000') + 1).toBe(1.1);
  expect(`${number}`).toBe('3544790567247868102');
  expect(BigInt(number.text) + 1n).toBe(3544790567247868103n);
});

test('JSON.stringify writes the digits of a JsonNumber if the runtime can, and a string otherwise', () => {
  const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };
  const expected = rawJSON ? '[3544790567247868102]' : '["3544790567247868102"]';
  expect(JSON.stringify([new JsonNumber('3544790567247868102')])).toBe(expected);
});

test.each(['', '1.', '.5', '01', '+1', '0x1', '1e', 'NaN', 'Infinity', ' 1', '1\n', '1,5'])(
  '"%s" is not a JsonNumber',
  (text) => expect(() => new JsonNumber(text)).toThrow(TypeError),
);

describe('except for numbers, JSON is parsed as JSON.parse does it', () => {
  test.each([
    '{"__proto__":{"a":1},"constructor":2}',
    '{"a":1,"a":[2]}',
    '[true,false,null,"\\u00e9\\n\\/\\ud800"]',
    ' \n\t{ "a" : [ ] , "b" : { } } ',
  ])('%s', (json) => {
    const parsed = parseJson(json);
    expect(JSON.stringify(parsed)).toBe(JSON.stringify(JSON.parse(json)));
    expect(Object.getPrototypeOf(parsed)).toBe(Object.getPrototypeOf(JSON.parse(json)));
  });

  test.each(['', '[1,]', '{"a":1,}', '01', '+1', '[1 2]', "'a'", '\u00a0 1', '"\t"', 'nul', '1 2'])(
    '"%s" is not JSON',
    (json) => expect(() => parseJson(json)).toThrow(SyntaxError),
  );
});

test('raw JSON is written unchanged if the runtime supports it', () => {
  const raw = (text: string) => Object.assign(Object.create(null) as object, { rawJSON: text });
  const runtime = JSON as { isRawJSON?: ((value: object) => boolean) | undefined };
  const before = runtime.isRawJSON;
  runtime.isRawJSON = (value) => 'rawJSON' in value;
  try {
    const value = { rate: raw('0.1000'), texts: [raw('"a"'), raw('null')] };
    expect(stringifyJson(value)).toBe('{"rate":0.1000,"texts":["a",null]}');
  } finally {
    runtime.isRawJSON = before;
  }
});

test('the sign of -0 is written', () => {
  expect(stringifyJson({ at: -0 })).toBe('{"at":-0}');
});

test('JSON is indented as by JSON.stringify', () => {
  const value = { a: [1, { b: [] }], c: {}, d: 'x' };
  expect(stringifyJson(value, 2)).toBe(JSON.stringify(value, null, 2));
});

describe('the client', () => {
  const input = `{"account":3544790567247868102,"rate":0.1000,"far":1E400,"zero":-0}`;
  let world: World;
  let client: Client;
  let bodies: unknown[];

  beforeEach(() => {
    world = new World();
    bodies = [];
    const { fetch } = world.environment();
    client = world.connect({
      fetch: (url, init) => {
        bodies.push(init.body);
        return fetch(url, init);
      },
    });
  });

  afterEach(() => client.close());

  test('sends the digits of an input', async () => {
    await client.submit('count', parseJson(input));
    expect(bodies).toContain(`{"type":"count","input":${input}}`);
    await client.submit('count', { account: new JsonNumber('3544790567247868102') });
    expect(bodies).toContain(`{"type":"count","input":{"account":3544790567247868102}}`);
  });

  test('reads the digits of inputs, outputs and results, in reads, lists and pushes', async () => {
    const digits = parseJson(input);
    const steps = [{ name: 'count', status: 'SUCCEEDED', output: digits }];
    world.put('read-0001', 2, { input: digits, steps, result: digits });
    await world.settle();
    const written = () =>
      client.requests.map(({ input, steps, result }) =>
        stringifyJson([input, steps[0]?.output, result]),
      );
    const expected = `[${input},${input},${input}]`;
    expect(written()).toEqual([expected]);
    expect(stringifyJson((await client.get('read-0001')).result)).toBe(input);
    expect(stringifyJson((await client.list()).requests[0]?.result)).toBe(input);
    world.push('pushed-01', 1, { input: digits, steps, result: digits });
    expect(written()).toEqual([expected, expected]);
  });

  test('reads the digits of a schema and of an example', async () => {
    const json = '[{"name":"count","schema":{"minimum":-9007199254740993},"example":0.10}]';
    world.next(/types/, () => ({ status: 200, body: parseJson(json) }));
    expect(stringifyJson(await client.types())).toBe(json);
  });
});
