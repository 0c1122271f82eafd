import { describe, expect, test } from 'vitest';
import { type Arrival, type Known, nothingKnown, type Range } from '../../src/client/known.ts';
import { merge } from '../../src/client/merge.ts';
import type { StatusDocument } from '../../src/client/types.ts';
import { document } from './world.ts';

const pushed = (document: StatusDocument): Arrival => ({ kind: 'pushed', document });
const read = (since: number, ...documents: StatusDocument[]): Arrival => ({
  kind: 'read',
  documents,
  since,
});
const removed = (id: string, version = 9): Arrival => {
  const { createdAt } = document(id, version);
  return { kind: 'removed', id, version, createdAt };
};
const missing = (id: string): Arrival => ({ kind: 'missing', id });
const listed = (since: number, ...ids: string[]): Arrival =>
  listedWithin({ below: null, downTo: '' }, since, ...ids);
const listedWithin = (range: Range, since: number, ...ids: string[]): Arrival => ({
  kind: 'listed',
  documents: ids.map((id) => document(id, 1)),
  range,
  since,
});

function after(...arrivals: Arrival[]): Known {
  return arrivals.reduce((known, arrival) => merge(known, arrival).known, nothingKnown);
}

function versions(known: Known): Record<string, number> {
  return Object.fromEntries([...known.documents].map(([id, { version }]) => [id, version]));
}

describe('versions', () => {
  test('the first document of a request is taken', () => {
    const { known, changed } = merge(nothingKnown, pushed(document('a', 3)));
    expect(versions(known)).toEqual({ a: 3 });
    expect(changed).toEqual(['a']);
  });

  test('a higher version replaces a lower one', () => {
    expect(versions(after(pushed(document('a', 1)), pushed(document('a', 2))))).toEqual({ a: 2 });
  });

  test('a lower version is left out and changes nothing', () => {
    const known = after(pushed(document('a', 5)));
    const late = merge(known, pushed(document('a', 4)));
    expect(versions(late.known)).toEqual({ a: 5 });
    expect(late.changed).toEqual([]);
  });

  test('an equal version leaves the very same document', () => {
    const known = after(pushed(document('a', 5)));
    const twice = merge(known, read(known.moment, document('a', 5)));
    expect(twice.known.documents.get('a')).toBe(known.documents.get('a'));
    expect(twice.changed).toEqual([]);
  });

  test('requests do not touch each other', () => {
    const known = after(pushed(document('a', 5)), pushed(document('b', 1)));
    expect(versions(known)).toEqual({ a: 5, b: 1 });
  });

  test('every order of the same documents ends with the same ones', () => {
    const all = [document('a', 1), document('a', 2), document('a', 3), document('b', 1)];
    for (const order of permutations(all)) {
      expect(versions(after(...order.map(pushed)))).toEqual({ a: 3, b: 1 });
      expect(versions(after(read(0, ...order)))).toEqual({ a: 3, b: 1 });
    }
  });

  test('a page that brings news of some tells of those only', () => {
    const known = after(pushed(document('a', 2)));
    const page = read(known.moment, document('a', 2), document('b', 1), document('c', 1));
    expect(merge(known, page).changed).toEqual(['b', 'c']);
  });

  test('what is known is a value: merging leaves the old one as it was', () => {
    const known = after(pushed(document('a', 1)));
    merge(known, pushed(document('a', 2)));
    merge(known, removed('a'));
    expect(versions(known)).toEqual({ a: 1 });
  });
});

describe('partial documents', () => {
  const step = { name: 'cook', status: 'SUCCEEDED' as const };
  const whole = document('a', 2, { result: { bill: 7 }, steps: [{ ...step, output: { hot: 1 } }] });
  const partial = (version: number): StatusDocument => {
    const { input: _, result: __, ...rest } = document('a', version, { partial: true });
    return { ...rest, steps: [step] };
  };

  test('a partial first document is shown as far as it goes', () => {
    const known = after(pushed(partial(2))).documents.get('a');
    expect(known?.partial).toBe(true);
    expect(known).not.toHaveProperty('input');
  });

  test('a newer partial document keeps what was known of its missing fields', () => {
    const known = after(pushed(whole), pushed(partial(3))).documents.get('a');
    expect(known).toMatchObject({
      version: 3,
      partial: true,
      input: { dish: 'soup' },
      result: { bill: 7 },
      steps: [{ name: 'cook', output: { hot: 1 } }],
    });
  });

  test('a step that runs anew does not keep the output it had', () => {
    const again = { ...partial(3), steps: [{ name: 'cook', status: 'RUNNING' as const }] };
    const known = after(pushed(whole), pushed(again)).documents.get('a');
    expect(known?.steps[0]).not.toHaveProperty('output');
  });

  test('the whole document takes the place of the partial one of its version', () => {
    const { known, changed } = merge(after(pushed(partial(2))), read(1, whole));
    expect(known.documents.get('a')).toBe(whole);
    expect(changed).toEqual(['a']);
  });

  test('a partial document does not take the place of the whole one of its version', () => {
    expect(after(pushed(whole), pushed(partial(2))).documents.get('a')).toBe(whole);
  });

  test('an older whole document does not take the place of a partial one', () => {
    expect(after(pushed(partial(3)), pushed(whole)).documents.get('a')?.version).toBe(3);
  });
});

describe('removals', () => {
  const anew = document('a', 1, { createdAt: '2026-02-01T00:00:00.000Z' });

  test('a removed request is gone', () => {
    const { known, changed } = merge(after(pushed(document('a', 1))), removed('a'));
    expect(versions(known)).toEqual({});
    expect(changed).toEqual(['a']);
  });

  test('a removal of what is not known changes nothing', () => {
    expect(merge(nothingKnown, removed('a')).changed).toEqual([]);
  });

  test('a read that was started before the removal does not bring it back', () => {
    const known = after(pushed(document('a', 1)));
    const since = known.moment;
    const gone = merge(known, removed('a')).known;
    expect(versions(merge(gone, read(since, document('a', 9))).known)).toEqual({});
  });

  test('a read of something unknown, removed meanwhile, does not bring it in', () => {
    const since = nothingKnown.moment;
    expect(versions(after(removed('a'), read(since, document('a', 1))))).toEqual({});
  });

  test('a read that was started after the removal is a request of the same id submitted anew', () => {
    const gone = after(pushed(document('a', 7)), removed('a'));
    expect(versions(merge(gone, read(gone.moment, document('a', 1))).known)).toEqual({ a: 1 });
  });

  test('a push after the removal is the past, whatever its version', () => {
    const known = after(pushed(document('a', 7)), removed('a', 8), pushed(document('a', 9)));
    expect(versions(known)).toEqual({});
  });

  test('also where the request was never known, and where a read did not find it', () => {
    expect(versions(after(removed('a'), pushed(document('a', 9))))).toEqual({});
    const known = after(pushed(document('a', 7)), missing('a'), pushed(document('a', 9)));
    expect(versions(known)).toEqual({});
  });

  test('unless it was created later: then the id is used anew', () => {
    const known = after(pushed(document('a', 7)), removed('a'), pushed(anew));
    expect(versions(known)).toEqual({ a: 1 });
  });

  test('a late removal leaves the request that has the id now', () => {
    const late = merge(after(pushed(anew)), removed('a'));
    expect(versions(late.known)).toEqual({ a: 1 });
    expect(late.changed).toEqual([]);
  });

  test('of two removals the one of what was created later counts, in any order', () => {
    const first = removed('a');
    const second = { ...first, createdAt: anew.createdAt } as Arrival;
    for (const order of permutations([first, second])) {
      expect(versions(after(...order, pushed(anew)))).toEqual({});
    }
  });

  test('where a creation is not known the version says what is gone', () => {
    const unknown = (version: number) => document('a', version, { createdAt: null });
    expect(versions(after(removed('a', 3), pushed(unknown(3))))).toEqual({});
    expect(versions(after(removed('a', 3), pushed(unknown(4))))).toEqual({ a: 4 });
    const nameless = { ...removed('a', 3), createdAt: null } as Arrival;
    expect(versions(after(nameless, pushed(document('a', 3))))).toEqual({});
    expect(versions(after(nameless, pushed(document('a', 4))))).toEqual({ a: 4 });
  });

  test('a read that finds it after its removal was heard of is right, and so is what follows', () => {
    const gone = after(pushed(document('a', 7)), removed('a'));
    const back = merge(gone, read(gone.moment, document('a', 8))).known;
    expect(versions(back)).toEqual({ a: 8 });
    expect(versions(merge(back, pushed(document('a', 9))).known)).toEqual({ a: 9 });
  });

  test('a read from before a late removal brings in what has the id now', () => {
    const known = after(removed('a'));
    expect(versions(merge(known, read(0, anew)).known)).toEqual({ a: 1 });
  });

  test('a read from before the removal brings nothing back either once the id is used anew', () => {
    const start = after(pushed(document('a', 7)));
    const again = [removed('a'), pushed(anew)].reduce(
      (known, arrival) => merge(known, arrival).known,
      start,
    );
    const late = merge(again, read(start.moment, document('a', 7)));
    expect(versions(late.known)).toEqual({ a: 1 });
  });
});

describe('what is remembered of removals', () => {
  const ids = Array.from({ length: 1001 }, (_, index) => `id-${index}`);

  test('the last thousand are, and no more', () => {
    const known = after(...ids.map((id) => removed(id)));
    expect(known.removed.size).toBe(1000);
    expect(known.removed.has('id-0')).toBe(false);
    expect(known.removed.has('id-1000')).toBe(true);
  });

  test('one that is removed again counts as the latest', () => {
    const known = after(
      ...ids.slice(0, 1000).map((id) => removed(id)),
      removed('id-0'),
      removed('id-1000'),
    );
    expect(known.removed.has('id-0')).toBe(true);
    expect(known.removed.has('id-1')).toBe(false);
  });
});

describe('an id used anew while nobody told of the removal', () => {
  const at = (version: number, createdAt: string | null) => document('a', version, { createdAt });
  const first = '2026-01-01T00:00:00.000Z';
  const second = '2026-02-01T00:00:00.000Z';

  test('the later creation replaces the earlier one, whatever the versions', () => {
    const known = after(pushed(at(7, first)), pushed(at(1, second)));
    expect(versions(known)).toEqual({ a: 1 });
  });

  test('the earlier creation does not come back', () => {
    expect(versions(after(pushed(at(1, second)), pushed(at(7, first))))).toEqual({ a: 1 });
  });

  test('a creation that is not known yet says nothing', () => {
    expect(versions(after(pushed(at(1, null)), pushed(at(2, first))))).toEqual({ a: 2 });
    expect(versions(after(pushed(at(2, first)), pushed(at(1, null))))).toEqual({ a: 2 });
  });
});

describe('a complete list', () => {
  test('what it does not have was removed while nobody told', () => {
    const known = after(pushed(document('a', 1)), pushed(document('b', 1)));
    const { known: then, changed } = merge(known, listed(known.moment, 'b'));
    expect(versions(then)).toEqual({ b: 1 });
    expect(changed).toEqual(['a']);
  });

  test('what came just before it was started is not spared', () => {
    const known = after(pushed(document('b', 1)), pushed(document('a', 1)));
    expect(versions(merge(known, listed(known.moment, 'b')).known)).toEqual({ b: 1 });
  });

  test('a read that was started before it, and comes later, brings in nothing it did not have', () => {
    const known = after(pushed(document('a', 1)));
    const list = merge(known, listed(known.moment, 'a')).known;
    const late = merge(list, read(known.moment, document('a', 2), document('gone', 1)));
    expect(versions(late.known)).toEqual({ a: 2 });
    const fresh = merge(list, read(list.moment, document('b', 1)));
    expect(versions(fresh.known)).toEqual({ a: 1, b: 1 });
  });

  test('a read that was started before it does not keep what it did not have', () => {
    const known = after(pushed(document('a', 1)), pushed(document('b', 1)));
    const late = merge(known, read(known.moment - 1, document('a', 2))).known;
    expect(versions(merge(late, listed(known.moment, 'b')).known)).toEqual({ b: 1 });
  });

  test('what came while it was read stays', () => {
    const known = after(pushed(document('a', 1)));
    const since = known.moment;
    const then = merge(known, pushed(document('b', 1))).known;
    expect(versions(merge(then, listed(since, 'a')).known)).toEqual({ a: 1, b: 1 });
  });
});

describe('a part of the list', () => {
  const all = () => after(...['a', 'b', 'c', 'd'].map((id) => pushed(document(id, 1))));

  test('says nothing of what is outside of it', () => {
    const known = all();
    const page = listedWithin({ below: 'd', downTo: 'b' }, known.moment, 'c');
    expect(merge(known, page).changed).toEqual(['b']);
    const first = listedWithin({ below: null, downTo: 'c' }, known.moment, 'c');
    expect(merge(known, first).changed).toEqual(['d']);
  });

  test('brings in what it has, and tells of it once', () => {
    const { known, changed } = merge(nothingKnown, listed(0, 'a', 'b'));
    expect(versions(known)).toEqual({ a: 1, b: 1 });
    expect(changed).toEqual(['a', 'b']);
  });

  test('does not bring back what was removed meanwhile', () => {
    const known = after(removed('a'));
    expect(versions(merge(known, listed(0, 'a', 'b')).known)).toEqual({ b: 1 });
  });

  test('is remembered for its part only', () => {
    const known = after(listedWithin({ below: null, downTo: 'b' }, 0, 'b'));
    const late = merge(known, read(0, document('c', 1), document('a', 1)));
    expect(versions(late.known)).toEqual({ a: 1, b: 1 });
  });

  test('of many reads the last hundred are remembered', () => {
    const reads = Array.from({ length: 120 }, (_, since) => listed(since));
    expect(
      after(...reads)
        .listings.map(({ since }) => since)
        .slice(0, 2),
    ).toEqual([20, 21]);
  });
});

test('what is forgotten may come back with anything', () => {
  const known = after(pushed(document('a', 3)), { kind: 'forgotten', ids: ['a'] });
  expect(versions(known)).toEqual({});
  expect(versions(merge(known, pushed(document('a', 3))).known)).toEqual({ a: 3 });
});

function permutations<T>(all: readonly T[]): T[][] {
  return all.length === 0
    ? [[]]
    : all.flatMap((one, index) =>
        permutations(all.toSpliced(index, 1)).map((rest) => [one, ...rest]),
      );
}
