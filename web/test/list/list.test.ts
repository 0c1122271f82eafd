import { describe, expect, test } from 'vitest';
import {
  countByStatus,
  isInProgress,
  isNarrow,
  isSame,
  matches,
  noFilter,
} from '../../src/list/filter.ts';
import { heldRows, rowsOf } from '../../src/list/held.ts';
import { hashOf, routeOf } from '../../src/list/route.ts';
import { spanOf } from '../../src/list/viewport.ts';
import { document } from '../client/world.ts';

describe('the address', () => {
  test.each([
    '#/',
    '#/requests/0199-abc_D',
    '#/requests/~0199-abc_D',
    '#/?status=RUNNING%2CFAILED&type=place-order&q=a%26b%3F+%C3%A9',
    '#/requests/0199-abc?q=soup',
  ])('says what it is made from: %s', (hash) => {
    expect(hashOf(routeOf(hash))).toBe(hash);
  });

  test.each([
    '',
    '#',
    '#/requests/',
    '#/requests/<b>',
    '#/requests/a~b',
    '#/other',
    '#/?status=NONSENSE&x=1',
  ])('that makes no sense shows everything: %s', (hash) => {
    expect(routeOf(hash)).toEqual({ selected: null, filter: noFilter });
  });
});

describe('a filter', () => {
  const soup = document('order-0001', 1, {
    status: 'FAILED',
    input: { dish: 'Soup', guests: [{ name: 'Ada' }, null], count: 42, hot: true },
  });
  const filtered = (more: object) => matches({ ...noFilter, ...more }, soup);

  test('that is empty lets everything through and is not narrow', () => {
    expect(filtered({})).toBe(true);
    expect(isNarrow(noFilter)).toBe(false);
    expect(isNarrow({ ...noFilter, text: '  ' })).toBe(false);
    expect(isNarrow({ ...noFilter, type: 'a' })).toBe(true);
  });

  test.each([
    [{ statuses: ['FAILED', 'RUNNING'] }, true],
    [{ statuses: ['RUNNING'] }, false],
    [{ type: 'place-order' }, true],
    [{ type: 'place' }, false],
    [{ text: 'ORDER-00' }, true],
    [{ text: ' ada ' }, true],
    [{ text: '42' }, true],
    [{ text: 'true' }, true],
    [{ text: 'dish' }, false],
    [{ text: 'null' }, false],
    [{ text: 'ada', statuses: ['RUNNING'] }, false],
  ])('of %o finds it: %s', (more, found) => {
    expect(filtered(more)).toBe(found);
  });

  test('is the same whatever object it is', () => {
    expect(isSame(noFilter, { ...noFilter })).toBe(true);
    expect(isSame(noFilter, { ...noFilter, statuses: ['FAILED'] })).toBe(false);
  });

  test('a partial document without its input is found by its id', () => {
    const { input: _, ...partial } = soup;
    expect(matches({ ...noFilter, text: 'soup' }, partial)).toBe(false);
    expect(matches({ ...noFilter, text: '0001' }, partial)).toBe(true);
  });

  test('counts are of each status, also of those that none has', () => {
    const counts = countByStatus([soup, document('b', 1), document('c', 1)]);
    expect(counts).toEqual({
      ACCEPTED: 0,
      RUNNING: 2,
      RETRYING: 0,
      SUCCEEDED: 0,
      FAILED: 1,
      CANCELLED: 0,
    });
  });
});

describe('a status that this release does not know', () => {
  const waiting = document('order-0001', 1, { status: 'WAITING' });

  test('is in no count', () => {
    const counts = countByStatus([waiting, document('b', 1, { status: 'constructor' })]);
    expect(Object.values(counts)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('is found without a filter and by text, and by no filter of a status', () => {
    expect(matches(noFilter, waiting)).toBe(true);
    expect(matches({ ...noFilter, text: 'order' }, waiting)).toBe(true);
    expect(matches({ ...noFilter, statuses: ['RUNNING'] }, waiting)).toBe(false);
  });

  test('in the address is no filter', () => {
    expect(routeOf('#/?status=WAITING%2CFAILED').filter.statuses).toEqual(['FAILED']);
  });

  test('is not in progress', () => {
    expect(['WAITING', 'FAILED', 'ACCEPTED', 'RUNNING', 'RETRYING'].map(isInProgress)).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('rows', () => {
  const all = ['e', 'd', 'c', 'b', 'a'].map((id) => document(id, 1));
  const ids = ({ rows }: { rows: readonly { id: string }[] }) => rows.map(({ id }) => id).join('');
  const everything = () => true;

  test('stand as the list has them, without what does not match', () => {
    expect(ids(rowsOf(all, ({ id }) => id !== 'c'))).toBe('edba');
  });

  test('that are held wait with what is new above and take in what comes after', () => {
    const held = heldRows(all, everything, ['c', 'b']);
    expect(ids(held)).toBe('cba');
    expect(held.waiting).toBe(2);
  });

  test('that are held keep what does not match any more, and the place of what is gone', () => {
    const held = heldRows(all, ({ id }) => id !== 'd', ['e', 'd', 'x', 'c', 'b', 'a']);
    expect(ids(held)).toBe('edxcba');
    expect(held.rows[2]?.request).toBeNull();
    expect(held.rows[1]?.request).toBe(all[1]);
    expect(held.waiting).toBe(0);
  });
});

describe('what can be seen', () => {
  test.each([
    ['at the beginning', 100, 800, 0, 17],
    ['in the middle', -8_000, 800, 92, 118],
    ['at the end', -399_200, 800, 4982, 5000],
    ['far below the list', -900_000, 800, 5000, 5000],
    ['where there is no room', 100, 0, 0, 7],
  ])('%s', (_, top, seen, first, end) => {
    expect(spanOf(top, seen, 80, 5_000)).toEqual({ first, end });
  });

  test('is nothing of nothing', () => {
    expect(spanOf(0, 800, 80, 0)).toEqual({ first: 0, end: 0 });
  });
});
