import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Json, RequestType } from '../../src/client/types.ts';
import { Memory } from '../../src/form/memory.ts';
import { Sheet } from '../../src/form/sheet.ts';
import { Unconfirmed } from '../../src/form/unconfirmed.ts';
import { SiteData } from '../../src/shared/site-data.ts';

/** Returns the data of a tab whose storage has this content. */
function data(content: Record<string, string> = {}): SiteData {
  const it = storage(content);
  return new SiteData(() => it);
}

/** Returns a storage with this content. */
function storage(content: Record<string, string> = {}): Storage {
  const methods = {
    getItem: (key: string) => content[key] ?? null,
    setItem: (key: string, value: string) => void (content[key] = value),
    removeItem: (key: string) => void delete content[key],
  };
  return new Proxy(content, {
    get: (_, key) => methods[key as keyof typeof methods],
  }) as unknown as Storage;
}

const debug = vi.spyOn(console, 'debug');

beforeEach(() => void debug.mockReset().mockImplementation(() => {}));
afterAll(() => debug.mockRestore());

test('written values can be read after a reload', () => {
  const kept = storage();
  const reloaded = () => new Memory(new SiteData(() => kept));
  reloaded().write('type', 'greet');
  expect(reloaded().read('type')).toBe('greet');
  expect(reloaded().read('other')).toBeUndefined();
  expect(debug).not.toHaveBeenCalled();
});

test.each<[string, () => Storage]>([
  [
    'cannot be accessed',
    () => {
      throw new DOMException('no', 'SecurityError');
    },
  ],
  [
    'is full',
    () => ({
      ...storage(),
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    }),
  ],
])('if the storage %s, values last until a reload, and the failure is logged', (_, broken) => {
  const memory = new Memory(new SiteData(broken));
  memory.write('type', 'greet');
  expect(memory.read('type')).toBe('greet');
  expect(debug).toHaveBeenCalled();
});

test('an invalid value counts as absent', () => {
  const memory = new Memory(data({ 'statuswire.form.type': '{"a' }));
  expect(memory.read('type')).toBeUndefined();
});

test('clearing leaves the data of other programs', () => {
  const content: Record<string, string> = { 'statuswire.session': '{}' };
  const memory = new Memory(data(content));
  memory.write('draft.greet', {});
  memory.clear();
  expect(content).toEqual({ 'statuswire.session': '{}' });
  expect(memory.read('draft.greet')).toBeUndefined();
});

test('a value that a pending call writes after that is discarded', () => {
  const kept = data();
  const memory = new Memory(kept);
  memory.clear();
  memory.write('unanswered', []);
  expect(new Memory(kept).read('unanswered')).toBeUndefined();
});

const type: RequestType = {
  name: 'greet',
  title: 'Greet',
  description: '',
  steps: [],
  example: { name: 'Ada' },
  schema: {
    properties: {
      name: { type: 'string' },
      loud: { type: 'boolean' },
      words: { type: 'array', items: { type: 'string' } },
    },
  },
};

test.each<[string, Json | undefined, Json]>([
  ['nothing', undefined, { name: 'Ada' }],
  [
    'a draft',
    { '/name': 'Grace', '/loud': true, '/words': ['hi'] },
    { name: 'Grace', loud: true, words: ['hi'] },
  ],
  ['a draft of an older schema', { '/title': 'Dr', '/name': 'Grace' }, { name: 'Grace' }],
  ['another kind of values', { '/name': ['x'], '/loud': 'yes', '/words': [1] }, { name: 'Ada' }],
  ['a text', 'x', { name: 'Ada' }],
  ['a list', [1], { name: 'Ada' }],
  ['null', null, { name: 'Ada' }],
])('a form that is restored from %s', (_, draft, input) => {
  expect(new Sheet(type, draft).filled).toEqual({ input, errors: [] });
});

test.each<[Json]>([['x'], [[['short', 'c']]], [[['id-of-eight', 5]]], [{ a: 1 }], [[null, 5]]])(
  'data of other programs is not treated as a submission: %j',
  (left) => {
    const memory = new Memory(data({ 'statuswire.form.unanswered': JSON.stringify(left) }));
    expect(new Unconfirmed(memory).has('greet', {})).toBe(false);
  },
);
