import { describe, expect, test } from 'vitest';
import { retryAfterOf } from '../../src/client/problem.ts';
import { Uuid7 } from '../../src/client/uuid.ts';
import { fullJitter } from '../../src/client/waiting.ts';

const randomBytes = (length: number) => new Uint8Array(length).fill(0xff);

describe('UUIDv7', () => {
  test('contains the milliseconds, the version and the variant', () => {
    // The time in the example of RFC 9562, appendix A.6.
    const id = new Uuid7(() => 0x017f22e279b0, randomBytes).next();
    expect(id).toBe('017f22e2-79b0-77ff-bfff-ffffffffffff');
  });

  test('ids of the same millisecond increase', () => {
    const uuids = new Uuid7(() => 1, randomBytes);
    const ids = Array.from({ length: 10_000 }, () => uuids.next());
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(10_000);
  });

  test('ids increase even if the clock is set back', () => {
    let now = 1_000;
    const uuids = new Uuid7(() => now, randomBytes);
    const before = uuids.next();
    now = 10;
    expect(uuids.next() > before).toBe(true);
  });
});

describe('Retry-After', () => {
  test.each([
    ['3', 3_000],
    ['0', 0],
    ['Thu, 01 Jan 1970 00:00:09 GMT', 4_000],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%s is %s ms', (header, millis) => {
    expect(retryAfterOf(header, 5_000)).toBe(millis);
  });
});

test('the backoff is random below a bound that doubles up to its cap', () => {
  expect([0, 1, 2, 9].map((failures) => fullJitter(failures, 1_000, 30_000, 1))).toEqual([
    1_000, 2_000, 4_000, 30_000,
  ]);
  expect(fullJitter(5, 1_000, 30_000, 0)).toBe(0);
});
