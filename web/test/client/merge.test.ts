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
  const { life, createdAt } = document(id, version);
  return { kind: 'removed', id, life, version, createdAt };
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
  test('the first document of a request is stored', () => {
    const { known, changed } = merge(nothingKnown, pushed(document('a', 3)));
    expect(versions(known)).toEqual({ a: 3 });
    expect(changed).toEqual(['a']);
  });

  test('a higher version replaces a lower one', () => {
    expect(versions(after(pushed(document('a', 1)), pushed(document('a', 2))))).toEqual({ a: 2 });
  });

  test('a lower version is ignored', () => {
    const known = after(pushed(document('a', 5)));
    const late = merge(known, pushed(document('a', 4)));
    expect(versions(late.known)).toEqual({ a: 5 });
    expect(late.changed).toEqual([]);
  });

  test('an equal version keeps the same document object', () => {
    const known = after(pushed(document('a', 5)));
    const twice = merge(known, read(known.moment, document('a', 5)));
    expect(twice.known.documents.get('a')).toBe(known.documents.get('a'));
    expect(twice.changed).toEqual([]);
  });

  test('requests do not affect each other', () => {
    const known = after(pushed(document('a', 5)), pushed(document('b', 1)));
    expect(versions(known)).toEqual({ a: 5, b: 1 });
  });

  test('the same documents have the same result in every order', () => {
    const all = [document('a', 1), document('a', 2), document('a', 3), document('b', 1)];
    for (const order of permutations(all)) {
      expect(versions(after(...order.map(pushed)))).toEqual({ a: 3, b: 1 });
      expect(versions(after(read(0, ...order)))).toEqual({ a: 3, b: 1 });
    }
  });

  test('a page reports only the requests that it changed', () => {
    const known = after(pushed(document('a', 2)));
    const page = read(known.moment, document('a', 2), document('b', 1), document('c', 1));
    expect(merge(known, page).changed).toEqual(['b', 'c']);
  });

  test('merging does not modify the previous value', () => {
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

  test('a partial first document is stored', () => {
    const known = after(pushed(partial(2))).documents.get('a');
    expect(known?.partial).toBe(true);
    expect(known).not.toHaveProperty('input');
  });

  test('a newer partial document keeps the known values of its missing fields', () => {
    const known = after(pushed(whole), pushed(partial(3))).documents.get('a');
    expect(known).toMatchObject({
      version: 3,
      partial: true,
      input: { dish: 'soup' },
      result: { bill: 7 },
      steps: [{ name: 'cook', output: { hot: 1 } }],
    });
  });

  test('an undone step keeps its output', () => {
    const undone = { ...partial(3), steps: [{ name: 'cook', status: 'UNDONE' as const }] };
    const known = after(pushed(whole), pushed(undone)).documents.get('a');
    expect(known?.steps[0]).toMatchObject({ status: 'UNDONE', output: { hot: 1 } });
  });

  test('a step that runs again does not keep its old output', () => {
    const again = { ...partial(3), steps: [{ name: 'cook', status: 'RUNNING' as const }] };
    const known = after(pushed(whole), pushed(again)).documents.get('a');
    expect(known?.steps[0]).not.toHaveProperty('output');
  });

  test('a whole document replaces the partial one of the same version', () => {
    const { known, changed } = merge(after(pushed(partial(2))), read(1, whole));
    expect(known.documents.get('a')).toBe(whole);
    expect(changed).toEqual(['a']);
  });

  test('a partial document does not replace the whole one of the same version', () => {
    expect(after(pushed(whole), pushed(partial(2))).documents.get('a')).toBe(whole);
  });

  test('an older whole document does not replace a partial one', () => {
    expect(after(pushed(partial(3)), pushed(whole)).documents.get('a')?.version).toBe(3);
  });
});

describe('removals', () => {
  const later = document('a', 1, { createdAt: '2026-02-01T00:00:00.000Z' });

  test('a removal removes the request', () => {
    const { known, changed } = merge(after(pushed(document('a', 1))), removed('a'));
    expect(versions(known)).toEqual({});
    expect(changed).toEqual(['a']);
  });

  test('a removal of an unknown request changes nothing', () => {
    expect(merge(nothingKnown, removed('a')).changed).toEqual([]);
  });

  test('a read that started before the removal does not restore the request', () => {
    const known = after(pushed(document('a', 1)));
    const since = known.moment;
    const gone = merge(known, removed('a')).known;
    expect(versions(merge(gone, read(since, document('a', 9))).known)).toEqual({});
  });

  test('a read does not add an unknown request that was removed meanwhile', () => {
    const since = nothingKnown.moment;
    expect(versions(after(removed('a'), read(since, document('a', 1))))).toEqual({});
  });

  test('a read that started after the removal returns a new request with the same id', () => {
    const gone = after(pushed(document('a', 7)), removed('a'));
    expect(versions(merge(gone, read(gone.moment, document('a', 1))).known)).toEqual({ a: 1 });
  });

  test('a push after the removal is ignored, whatever its version', () => {
    const known = after(pushed(document('a', 7)), removed('a', 8), pushed(document('a', 9)));
    expect(versions(known)).toEqual({});
  });

  test('a push is also ignored if the request was never known, or a read did not find it', () => {
    expect(versions(after(removed('a'), pushed(document('a', 9))))).toEqual({});
    const known = after(pushed(document('a', 7)), missing('a'), pushed(document('a', 9)));
    expect(versions(known)).toEqual({});
  });

  test('a push of a request that was created later is a new request with the same id', () => {
    const known = after(pushed(document('a', 7)), removed('a'), pushed(later));
    expect(versions(known)).toEqual({ a: 1 });
  });

  test('after a removal of another life, the known one stays until a read decides', () => {
    const other: Arrival = { kind: 'removed', id: 'a', life: 'two', version: 5, createdAt: null };
    const known = after(pushed(document('a', 4, { life: 'one' })), other);
    expect(versions(known)).toEqual({ a: 4 });
    expect(known.heard.get('a')?.disputed).toBe(known.moment);
    const there = merge(known, read(known.moment, document('a', 4, { life: 'one' }))).known;
    expect(there.heard.get('a')?.disputed).toBe(0);
    expect(versions(merge(known, missing('a')).known)).toEqual({});
  });

  test('a late removal does not remove the request that has the id now', () => {
    const late = merge(after(pushed(later)), removed('a'));
    expect(versions(late.known)).toEqual({ a: 1 });
    expect(late.changed).toEqual([]);
  });

  test('of two removals, the one with the later creation counts, in any order', () => {
    const first = removed('a');
    const second = { ...first, createdAt: later.createdAt } as Arrival;
    for (const order of permutations([first, second])) {
      expect(versions(after(...order, pushed(later)))).toEqual({});
    }
  });

  test('if a creation time is unknown, the version decides what is removed', () => {
    const unknown = (version: number) => document('a', version, { createdAt: null });
    expect(versions(after(removed('a', 3), pushed(unknown(3))))).toEqual({});
    expect(versions(after(removed('a', 3), pushed(unknown(4))))).toEqual({ a: 4 });
    const nameless = { ...removed('a', 3), createdAt: null } as Arrival;
    expect(versions(after(nameless, pushed(document('a', 3))))).toEqual({});
    expect(versions(after(nameless, pushed(document('a', 4))))).toEqual({ a: 4 });
  });

  test('a read that finds the request after its removal arrived is right, and so are later documents', () => {
    const gone = after(pushed(document('a', 7)), removed('a'));
    const back = merge(gone, read(gone.moment, document('a', 8))).known;
    expect(versions(back)).toEqual({ a: 8 });
    expect(versions(merge(back, pushed(document('a', 9))).known)).toEqual({ a: 9 });
  });

  test('a read from before a late removal adds the request that has the id now', () => {
    const known = after(removed('a'));
    expect(versions(merge(known, read(0, later)).known)).toEqual({ a: 1 });
  });

  test('a read from before the removal restores nothing, even if the id has been used again', () => {
    const start = after(pushed(document('a', 7)));
    const again = [removed('a'), pushed(later)].reduce(
      (known, arrival) => merge(known, arrival).known,
      start,
    );
    const late = merge(again, read(start.moment, document('a', 7)));
    expect(versions(late.known)).toEqual({ a: 1 });
  });
});

describe('remembered removals', () => {
  const remembers = (known: Known, id: string) => known.removed.some((one) => one.id === id);
  const ids = Array.from({ length: 1001 }, (_, index) => `id-${index}`);

  test('the last thousand are remembered, and no more', () => {
    const known = after(...ids.map((id) => removed(id)));
    expect(known.removed).toHaveLength(1000);
    expect(remembers(known, 'id-0')).toBe(false);
    expect(remembers(known, 'id-1000')).toBe(true);
  });

  test('a request that is removed again counts as the latest', () => {
    const known = after(
      ...ids.slice(0, 1000).map((id) => removed(id)),
      removed('id-0'),
      removed('id-1000'),
    );
    expect(known.removed).toHaveLength(1000);
    expect(remembers(known, 'id-0')).toBe(true);
    expect(remembers(known, 'id-1')).toBe(false);
  });

  test('each removed life of an id is remembered, and the same life only once', () => {
    const lives = ids.map((life) => ({ ...removed('a'), life }) as Arrival);
    const known = after(...lives, lives[1]!);
    expect(known.removed).toHaveLength(1000);
    expect(known.removed[0]).toMatchObject({ id: 'a', life: 'id-2' });
    expect(known.removed.at(-1)).toMatchObject({ id: 'a', life: 'id-1' });
    expect(after(lives[0]!, lives[1]!, lives[0]!).removed).toHaveLength(2);
    expect(after(removed('a'), removed('b'), removed('a')).removed).toHaveLength(2);
  });
});

describe('an id that was used again without a known removal', () => {
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

  test('an unknown creation time decides nothing', () => {
    expect(versions(after(pushed(at(1, null)), pushed(at(2, first))))).toEqual({ a: 2 });
    expect(versions(after(pushed(at(2, first)), pushed(at(1, null))))).toEqual({ a: 2 });
  });
});

describe('lives', () => {
  const early = '2026-01-01T00:00:00.000Z';
  const late = '2026-02-01T00:00:00.000Z';
  const of = (life: string | null, version: number, createdAt: string | null = early) =>
    document('a', version, { life, createdAt });
  const gone = (life: string | null, version: number, createdAt: string | null = early) =>
    ({ ...removed('a', version), life, createdAt }) as Arrival;
  const then = (known: Known, ...arrivals: Arrival[]) =>
    arrivals.reduce((before, arrival) => merge(before, arrival).known, known);
  const shown = (known: Known) => {
    const { life, version } = known.documents.get('a') ?? {};
    return version === undefined ? null : `${life} ${version}`;
  };
  const isDisputed = (known: Known) => known.heard.get('a')?.disputed !== 0;

  describe('documents of one life', () => {
    test('the version decides, whatever their creation times', () => {
      const known = after(pushed(of('one', 5, early)));
      expect(shown(then(known, pushed(of('one', 4, late))))).toBe('one 5');
      expect(shown(then(known, pushed(of('one', 6, '2025-01-01T00:00:00.000Z'))))).toBe('one 6');
      expect(isDisputed(then(known, pushed(of('one', 4, late))))).toBe(false);
    });

    test('a request that gets its life with its first claim is the same request', () => {
      const accepted = of(null, 1, null);
      expect(shown(after(pushed(accepted), pushed(of('one', 2))))).toBe('one 2');
      expect(shown(after(pushed(of('one', 2)), pushed(accepted)))).toBe('one 2');
    });
  });

  describe('a removal', () => {
    test('covers every document of its life, whatever the version or the creation time', () => {
      const known = after(gone('one', 3));
      expect(shown(then(known, pushed(of('one', 9))))).toBeNull();
      expect(shown(then(known, pushed(of('one', 1, late))))).toBeNull();
    });

    test('does not cover another life, however early that was created', () => {
      expect(shown(after(gone('one', 9, late), pushed(of('two', 1, early))))).toBe('two 1');
      const { known, changed } = merge(after(pushed(of('two', 1))), gone('one', 9, late));
      expect(shown(known)).toBe('two 1');
      expect(changed).toEqual([]);
    });

    test('is remembered for each of several lives of one id', () => {
      const known = after(gone('one', 3, late), gone('two', 3, early), gone('three', 3));
      for (const life of ['one', 'two', 'three']) {
        expect(shown(then(known, pushed(of(life, 9, late))))).toBeNull();
      }
      expect(shown(then(known, pushed(of('four', 1))))).toBe('four 1');
    });

    test('that a list or a read detected covers the known life', () => {
      const start = after(pushed(of('one', 3)));
      for (const found of [missing('a'), listed(start.moment)]) {
        const known = then(start, found);
        expect(shown(then(known, pushed(of('one', 4, late))))).toBeNull();
        expect(shown(then(known, pushed(of('two', 1))))).toBe('two 1');
      }
    });

    test('without a life is compared by creation time and version, and so is a document without a life', () => {
      expect(shown(after(gone(null, 3, late), pushed(of('one', 9, early))))).toBeNull();
      expect(shown(after(gone(null, 3, early), pushed(of('one', 1, late))))).toBe('one 1');
      expect(shown(after(gone('one', 3), pushed(of(null, 3, null))))).toBeNull();
      expect(shown(after(gone('one', 3), pushed(of(null, 4, null))))).toBe('null 4');
    });

    test('does not override a read that started after it', () => {
      const known = after(gone('two', 3), gone('one', 3));
      const back = then(known, read(known.moment, of('one', 4), document('b', 1)));
      expect(shown(then(back, pushed(of('one', 5))))).toBe('one 5');
      const other = then(back, gone('one', 5));
      expect(shown(then(other, pushed(of('two', 9))))).toBeNull();
    });

    test('overrides a read of the same life that started before it, but not of another life', () => {
      const known = after(gone('one', 3));
      expect(shown(then(known, read(0, of('one', 2))))).toBeNull();
      expect(shown(then(known, read(0, of('two', 1))))).toBe('two 1');
    });
  });

  describe('another life with the same id', () => {
    test('replaces the known one if it comes from a read that started after the known one last arrived', () => {
      const start = after(pushed(of('one', 3, late)));
      const { known, changed } = merge(start, read(start.moment, of('two', 1, early)));
      expect(shown(known)).toBe('two 1');
      expect(changed).toEqual(['a']);
      expect(isDisputed(known)).toBe(false);
    });

    test('replaces it completely: a partial document keeps no values of the old life', () => {
      const start = after(pushed(of('one', 3)));
      const { input: _, ...partial } = { ...of('two', 4, late), partial: true };
      expect(then(start, pushed(partial)).documents.get('a')).toBe(partial);
    });

    test('also replaces it in a list, which reports the change once and removes nothing', () => {
      const start = after(pushed(of('one', 3, late)));
      const two = of('two', 1, early);
      const list = { ...listed(start.moment), documents: [two] } as Arrival;
      const { known, changed } = merge(start, list);
      expect(shown(known)).toBe('two 1');
      expect(changed).toEqual(['a']);
    });

    test('marks the replaced life as removed, for pushes and for earlier reads', () => {
      const start = after(pushed(of('one', 3, late)));
      const known = then(start, read(start.moment, of('two', 1, early)));
      expect(shown(then(known, pushed(of('one', 9, late))))).toBe('two 1');
      expect(shown(then(known, read(start.moment, of('one', 9, late))))).toBe('two 1');
      const none = then(known, gone('two', 1, early));
      expect(shown(then(none, pushed(of('one', 9, late))))).toBeNull();
    });

    test('does not replace it if the read is older than the known one, unless it was created later', () => {
      const start = after(pushed(of('one', 3, late)));
      const earlier = then(start, read(start.moment - 1, of('two', 1, early)));
      expect(shown(earlier)).toBe('one 3');
      expect(isDisputed(earlier)).toBe(true);
      const second = after(pushed(of('one', 3, early)));
      expect(shown(then(second, read(second.moment - 1, of('two', 1, late))))).toBe('two 1');
    });

    test('from an overlapping read leaves a dispute', () => {
      const known = after(read(0, of('two', 1, late)), read(0, of('one', 3, early)));
      expect(shown(known)).toBe('two 1');
      expect(isDisputed(known)).toBe(true);
    });

    test('does not replace it if it was pushed and created earlier', () => {
      const known = after(pushed(of('one', 3, late)), pushed(of('two', 9, early)));
      expect(shown(known)).toBe('one 3');
      expect(shown(then(known, pushed(of('one', 4, late))))).toBe('one 4');
    });

    test('replaces it if it was pushed and created later, and the replaced life is removed', () => {
      const known = after(pushed(of('one', 3, early)), pushed(of('two', 1, late)));
      expect(shown(known)).toBe('two 1');
      expect(shown(then(known, gone('two', 1, late), pushed(of('one', 4, early))))).toBeNull();
    });

    test('replaces it if it is the response to a write that started after the known one last arrived', () => {
      const start = after(pushed(of('one', 3, late)));
      const written = (since: number): Arrival => ({
        kind: 'pushed',
        document: of('two', 1, early),
        since,
      });
      expect(shown(then(start, written(start.moment)))).toBe('two 1');
      expect(shown(then(start, written(start.moment - 1)))).toBe('one 3');
    });

    test('that was created at the same or an unknown time does not replace it until a read decides', () => {
      for (const createdAt of [early, null]) {
        const known = after(pushed(of('one', 3, early)), pushed(of('two', 9, createdAt)));
        expect(shown(known)).toBe('one 3');
        expect(isDisputed(known)).toBe(true);
      }
    });
  });

  describe('a dispute between two lives', () => {
    const dispute = () => after(pushed(of('one', 3, late)), pushed(of('two', 9, early)));

    test('is decided by a read that started after it, for either life', () => {
      const disputed = dispute();
      const one = then(disputed, read(disputed.moment, of('one', 3, late)));
      expect(shown(one)).toBe('one 3');
      expect(isDisputed(one)).toBe(false);
      const two = then(disputed, read(disputed.moment, of('two', 9, early)));
      expect(shown(two)).toBe('two 9');
      expect(isDisputed(two)).toBe(false);
    });

    test('is not decided by an earlier read or by a push', () => {
      const disputed = dispute();
      expect(isDisputed(then(disputed, pushed(of('one', 4, late))))).toBe(true);
      const before = read(disputed.moment - 1, of('one', 4, late));
      expect(isDisputed(then(disputed, before))).toBe(true);
    });

    test('is decided for the other life if a push decided it wrongly', () => {
      const wrong = after(pushed(of('two', 2, early)), pushed(of('one', 9, late)));
      expect(shown(wrong)).toBe('one 9');
      const known = then(wrong, read(wrong.moment, of('two', 2, early)));
      expect(shown(known)).toBe('two 2');
      expect(shown(then(known, pushed(of('two', 3, early))))).toBe('two 3');
    });

    test('does not keep a request that a list does not contain', () => {
      const disputed = dispute();
      const known = then(disputed, listed(disputed.moment));
      expect(shown(known)).toBeNull();
    });

    test('does not confirm the known life', () => {
      const start = after(pushed(of('one', 3, late)));
      const since = start.moment;
      const known = then(start, pushed(of('two', 9, early)), listed(since));
      expect(shown(known)).toBeNull();
    });

    test('that a read decides for a life created later gives that life only the moment of the read', () => {
      const start = after(pushed(of('one', 3, early)));
      const known = then(start, read(0, of('two', 1, late)));
      expect(known.heard.get('a')?.at).toBe(0);
      expect(shown(then(known, listed(known.moment)))).toBeNull();
    });
  });
});

describe('a complete list', () => {
  test('removes the requests that it does not contain', () => {
    const known = after(pushed(document('a', 1)), pushed(document('b', 1)));
    const { known: then, changed } = merge(known, listed(known.moment, 'b'));
    expect(versions(then)).toEqual({ b: 1 });
    expect(changed).toEqual(['a']);
  });

  test('also removes requests that arrived just before it started', () => {
    const known = after(pushed(document('b', 1)), pushed(document('a', 1)));
    expect(versions(merge(known, listed(known.moment, 'b')).known)).toEqual({ b: 1 });
  });

  test('a read that started before it and arrives later adds nothing that it does not contain', () => {
    const known = after(pushed(document('a', 1)));
    const list = merge(known, listed(known.moment, 'a')).known;
    const late = merge(list, read(known.moment, document('a', 2), document('gone', 1)));
    expect(versions(late.known)).toEqual({ a: 2 });
    const fresh = merge(list, read(list.moment, document('b', 1)));
    expect(versions(fresh.known)).toEqual({ a: 1, b: 1 });
  });

  test('a read that started and arrived before it does not keep requests that it does not contain', () => {
    const known = after(pushed(document('a', 1)), pushed(document('b', 1)));
    const then = merge(known, read(known.moment - 1, document('a', 2))).known;
    expect(versions(merge(then, listed(then.moment, 'b')).known)).toEqual({ b: 1 });
  });

  test('keeps a request that an overlapping read returned, until another read decides', () => {
    const known = after(pushed(document('a', 1)), pushed(document('b', 1)));
    const then = merge(known, read(known.moment - 1, document('a', 2))).known;
    const { known: open, changed } = merge(then, listed(known.moment, 'b'));
    expect(versions(open)).toEqual({ a: 2, b: 1 });
    expect(changed).toEqual([]);
    expect(open.heard.get('a')?.disputed).toBeGreaterThan(0);
    const there = merge(open, read(open.moment, document('a', 2))).known;
    expect(there.heard.get('a')?.disputed).toBe(0);
    expect(versions(merge(open, missing('a')).known)).toEqual({ b: 1 });
  });

  test('a later read that returns more leaves those requests unclear until another read decides', () => {
    const list = after(listed(0, 'a'));
    const late = merge(list, read(0, document('new', 1))).known;
    expect(versions(late)).toEqual({ a: 1 });
    expect([...late.unclear]).toEqual(['new']);
    const there = merge(late, read(late.moment, document('new', 1))).known;
    expect(versions(there)).toEqual({ a: 1, new: 1 });
    expect([...there.unclear]).toEqual([]);
    expect([...merge(late, missing('new')).known.unclear]).toEqual([]);
    expect([...merge(late, pushed(document('new', 1))).known.unclear]).toEqual([]);
  });

  test('keeps requests that arrived while it was read', () => {
    const known = after(pushed(document('a', 1)));
    const since = known.moment;
    const then = merge(known, pushed(document('b', 1))).known;
    expect(versions(merge(then, listed(since, 'a')).known)).toEqual({ a: 1, b: 1 });
  });
});

describe('a part of the list', () => {
  const all = () => after(...['a', 'b', 'c', 'd'].map((id) => pushed(document(id, 1))));

  test('does not affect requests outside of it', () => {
    const known = all();
    const page = listedWithin({ below: 'd', downTo: 'b' }, known.moment, 'c');
    expect(merge(known, page).changed).toEqual(['b']);
    const first = listedWithin({ below: null, downTo: 'c' }, known.moment, 'c');
    expect(merge(known, first).changed).toEqual(['d']);
  });

  test('adds the requests that it contains, and reports each once', () => {
    const { known, changed } = merge(nothingKnown, listed(0, 'a', 'b'));
    expect(versions(known)).toEqual({ a: 1, b: 1 });
    expect(changed).toEqual(['a', 'b']);
  });

  test('does not restore requests that were removed meanwhile', () => {
    const known = after(removed('a'));
    expect(versions(merge(known, listed(0, 'a', 'b')).known)).toEqual({ b: 1 });
  });

  test('is remembered only for its part', () => {
    const known = after(listedWithin({ below: null, downTo: 'b' }, 0, 'b'));
    const late = merge(known, read(0, document('c', 1), document('a', 1)));
    expect(versions(late.known)).toEqual({ a: 1, b: 1 });
  });

  test('the last hundred reads are remembered', () => {
    const reads = Array.from({ length: 120 }, (_, since) => listed(since));
    expect(
      after(...reads)
        .listings.map(({ since }) => since)
        .slice(0, 2),
    ).toEqual([20, 21]);
  });
});

test('a forgotten request may return with any document', () => {
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
