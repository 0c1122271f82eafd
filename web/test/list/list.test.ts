import { describe, expect, test } from 'vitest';
import {
  countByStatus,
  isNarrow,
  isSame,
  matches,
  noFilter,
  toggledTag,
} from '../../src/list/filter.ts';
import { heldRows, rowsOf } from '../../src/list/held.ts';
import { hashOf, routeOf } from '../../src/list/route.ts';
import { spanOf } from '../../src/list/viewport.ts';
import { isInProgress } from '../../src/shared/statuses.ts';
import { document } from '../client/world.ts';

describe('the fragment', () => {
  test.each([
    '#/',
    '#/requests/0199-abc_D',
    '#/requests/~0199-abc_D',
    '#/?status=RUNNING%2CFAILED&type=place-order&q=a%26b%3F+%C3%A9',
    '#/?status=SCHEDULED%2CWAITING',
    '#/?type=place-order&tag=trip-42%2Cteam%3Asales&q=a',
    '#/requests/0199-abc?q=soup',
  ])('of a parsed route is the same: %s', (hash) => {
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
    '#/?tag=a+b%2C%2C<b>',
  ])('that is invalid shows everything: %s', (hash) => {
    expect(routeOf(hash)).toEqual({ selected: null, filter: noFilter });
  });
});

describe('a filter', () => {
  const soup = document('order-0001', 1, {
    status: 'FAILED',
    tags: ['trip-42', 'team:sales'],
    input: { dish: 'Soup', guests: [{ name: 'Ada' }, null], count: 42, hot: true },
  });
  const filtered = (more: object) => matches({ ...noFilter, ...more }, soup);

  test('that is empty matches everything and is not narrow', () => {
    expect(filtered({})).toBe(true);
    expect(isNarrow(noFilter)).toBe(false);
    expect(isNarrow({ ...noFilter, text: '  ' })).toBe(false);
    expect(isNarrow({ ...noFilter, type: 'a' })).toBe(true);
    expect(isNarrow({ ...noFilter, tags: ['a'] })).toBe(true);
  });

  test.each([
    [{ statuses: ['FAILED', 'RUNNING'] }, true],
    [{ statuses: ['RUNNING'] }, false],
    [{ type: 'place-order' }, true],
    [{ type: 'place' }, false],
    [{ tags: ['trip-42'] }, true],
    [{ tags: ['trip-43', 'team:sales'] }, true],
    [{ tags: ['trip', 'trip-43'] }, false],
    [{ text: 'ORDER-00' }, true],
    [{ text: ' ada ' }, true],
    [{ text: '42' }, true],
    [{ text: 'true' }, true],
    [{ text: 'dish' }, false],
    [{ text: 'null' }, false],
    [{ text: 'ada', statuses: ['RUNNING'] }, false],
  ])('with %o matches: %s', (more, found) => {
    expect(filtered(more)).toBe(found);
  });

  test('gets a tag, and loses a tag that it has', () => {
    const { tags } = toggledTag(toggledTag(noFilter, 'a'), 'b');
    expect(tags).toEqual(['a', 'b']);
    expect(toggledTag({ ...noFilter, tags }, 'a')).toEqual({ ...noFilter, tags: ['b'] });
  });

  test('with a tag does not match a request of a server without tags', () => {
    expect(matches({ ...noFilter, tags: ['a'] }, document('b', 1))).toBe(false);
  });

  test('is compared by its parts', () => {
    expect(isSame(noFilter, { ...noFilter })).toBe(true);
    expect(isSame(noFilter, { ...noFilter, statuses: ['FAILED'] })).toBe(false);
  });

  test('a partial document without its input is found by its id', () => {
    const { input: _, ...partial } = soup;
    expect(matches({ ...noFilter, text: 'soup' }, partial)).toBe(false);
    expect(matches({ ...noFilter, text: '0001' }, partial)).toBe(true);
  });

  test('every status is counted, even if no request has it', () => {
    const counts = countByStatus([soup, document('b', 1), document('c', 1)]);
    expect(counts).toEqual({
      SCHEDULED: 0,
      ACCEPTED: 0,
      RUNNING: 2,
      RETRYING: 0,
      WAITING: 0,
      SUCCEEDED: 0,
      FAILED: 1,
      CANCELLED: 0,
    });
  });
});

describe('a status that this release does not know', () => {
  const waiting = document('order-0001', 1, { status: 'PAUSED' });

  test('is not counted', () => {
    const counts = countByStatus([waiting, document('b', 1, { status: 'constructor' })]);
    expect(Object.values(counts)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('matches without a filter and by text, but no status filter', () => {
    expect(matches(noFilter, waiting)).toBe(true);
    expect(matches({ ...noFilter, text: 'order' }, waiting)).toBe(true);
    expect(matches({ ...noFilter, statuses: ['RUNNING'] }, waiting)).toBe(false);
  });

  test('in the fragment is ignored', () => {
    expect(routeOf('#/?status=PAUSED%2CFAILED').filter.statuses).toEqual(['FAILED']);
  });

  test('is not in progress', () => {
    expect(['PAUSED', 'FAILED', 'ACCEPTED', 'RUNNING', 'RETRYING'].map(isInProgress)).toEqual([
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

  test('are in the order of the list, without those that do not match', () => {
    expect(ids(rowsOf(all, ({ id }) => id !== 'c'))).toBe('edba');
  });

  test('that are held stay; new requests above wait, and those below are added', () => {
    const held = heldRows(all, everything, ['c', 'b']);
    expect(ids(held)).toBe('cba');
    expect(held.waiting).toBe(2);
  });

  test('that are held stay if they no longer match, and keep their place if they are removed', () => {
    const held = heldRows(all, ({ id }) => id !== 'd', ['e', 'd', 'x', 'c', 'b', 'a']);
    expect(ids(held)).toBe('edxcba');
    expect(held.rows[2]?.request).toBeNull();
    expect(held.rows[1]?.request).toBe(all[1]);
    expect(held.waiting).toBe(0);
  });
});

describe('the rendered rows', () => {
  test.each([
    ['at the start', 100, 800, 0, 17],
    ['in the middle', -8_000, 800, 92, 118],
    ['at the end', -399_200, 800, 4982, 5000],
    ['far below the list', -900_000, 800, 5000, 5000],
    ['without any visible height', 100, 0, 0, 7],
  ])('%s', (_, top, height, first, end) => {
    expect(spanOf(top, height, 80, 5_000)).toEqual({ first, end });
  });

  test('are none of an empty list', () => {
    expect(spanOf(0, 800, 80, 0)).toEqual({ first: 0, end: 0 });
  });
});
