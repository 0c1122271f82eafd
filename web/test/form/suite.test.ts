import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/client/json.ts';
import type { Json } from '../../src/client/types.ts';
import { check } from '../../src/form/check.ts';
import type { Schema } from '../../src/form/fields.ts';

/** The official JSON Schema test suite; a test of the server runs it too. */
const SUITE = new URL(
  '../../../backend/schema/src/test/resources/json-schema-test-suite/draft4/',
  import.meta.url,
);

interface Group {
  readonly description: string;
  readonly schema: Schema;
  readonly tests: readonly { description: string; data: Json; valid: boolean }[];
}

/** Keywords that the page does not check and leaves to the server. */
const LEFT_TO_THE_SERVER = new Set([
  'additionalItems',
  'anyOf',
  'dependencies',
  'not',
  'oneOf',
  'optional/id',
  'patternProperties',
  'refRemote',
]);

/**
 * The same for groups in other files: lists of schemas, members by pattern, schemas with ids, and
 * references to draft 4's own schema.
 */
const GROUPS_LEFT_TO_THE_SERVER = [
  'additionalProperties: additionalProperties being false does not allow other properties',
  'additionalProperties: non-ASCII pattern with additionalProperties',
  'allOf: allOf combined with anyOf, oneOf',
  'definitions: validate definition against metaschema',
  'items: an array of schemas for items',
  'items: items and subitems',
  'optional/ecmascript-regex: patterns always use unicode semantics with patternProperties',
  'optional/ecmascript-regex: \\w in patternProperties matches [A-Za-z0-9_], not unicode letters',
  'optional/ecmascript-regex: patternProperties with ASCII ranges',
  'optional/ecmascript-regex: \\d in patternProperties matches [0-9], not unicode digits',
  'optional/ecmascript-regex: patternProperties with non-ASCII digits',
  'optional/non-bmp-regex: Proper UTF-16 surrogate pair handling: patternProperties',
  'properties: properties, patternProperties, additionalProperties interaction',
  'ref: relative pointer ref to array',
  'ref: $ref prevents a sibling id from changing the base uri',
  'ref: remote ref, containing refs itself',
  'ref: Recursive references between schemas',
  'ref: Location-independent identifier',
  'ref: id must be resolved against nearest parent, not just immediate parent',
  'ref: id with file URI still resolves pointers',
  'uniqueItems: uniqueItems with an array of items and additionalItems=false',
  'uniqueItems: uniqueItems=false with an array of items and additionalItems=false',
];

const files = (readdirSync(SUITE, { recursive: true }) as string[])
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''))
  .sort();

test('the suite has been found', () => {
  expect(files.length).toBeGreaterThan(40);
});

describe.each(files)('%s', (file) => {
  const groups = parseJson(
    readFileSync(new URL(`${file}.json`, SUITE), 'utf8'),
  ) as unknown as Group[];

  test('the page accepts what the suite accepts', () => {
    expect(wrong(groups, true)).toEqual([]);
  });

  test.skipIf(LEFT_TO_THE_SERVER.has(file))('the page refuses what the suite refuses', () => {
    const left = GROUPS_LEFT_TO_THE_SERVER.filter((name) => name.startsWith(`${file}: `));
    const found = wrong(groups, false).map((name) => `${file}: ${name}`);
    expect(found.filter((name) => !left.some((one) => name.startsWith(one)))).toEqual([]);
    expect(left.filter((one) => !found.some((name) => name.startsWith(one)))).toEqual([]);
  });
});

/** Returns the cases that the page evaluates differently. */
function wrong(groups: readonly Group[], valid: boolean): string[] {
  return groups.flatMap(({ description, schema, tests }) =>
    tests
      .filter((one) => one.valid === valid && (check(schema, one.data).length === 0) !== valid)
      .map((one) => `${description}: ${one.description}`),
  );
}
