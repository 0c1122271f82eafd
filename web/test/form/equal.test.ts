import { expect, test } from 'vitest';
import { JsonNumber } from '../../src/client/json-number.ts';
import type { Json } from '../../src/client/types.ts';
import { canonical } from '../../src/form/equal.ts';

const digits = (text: string) => new JsonNumber(text);

test.each<[Json, Json]>([
  [
    { a: 1, b: [{ c: 2, d: 3 }] },
    { b: [{ d: 3, c: 2 }], a: 1 },
  ],
  [0, -0],
  [1, digits('1.0')],
  [100, digits('1e2')],
  [0.001, digits('1E-3')],
  [1e21, digits('1000000000000000000000')],
  [0, digits('-0.00e5')],
  [-1.5, digits('-1.50')],
])('%j and %j are equal', (one, other) => {
  expect(canonical(one)).toBe(canonical(other));
});

test.each<[Json, Json]>([
  [1, '1'],
  [true, 'true'],
  [true, 1],
  [false, 0],
  [null, 'null'],
  [null, ''],
  ['', ' '],
  [[], {}],
  [
    [1, 2],
    [2, 1],
  ],
  [
    [[1], 2],
    [1, [2]],
  ],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ 'a":1,"b': 1 }, { a: 1, b: 1 }],
  [1, -1],
  [1, 10],
  [digits('3544790567247868102'), digits('3544790567247868103')],
  [digits('0.10000000000000000001'), 0.1],
])('%j and %j are different', (one, other) => {
  expect(canonical(one)).not.toBe(canonical(other));
});
