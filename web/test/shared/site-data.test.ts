import { afterAll, beforeEach, expect, test, vi } from 'vitest';

const debug = vi.spyOn(console, 'debug');

/** Loads the module as in a page that was just opened. */
let SiteData: (typeof import('../../src/shared/site-data.ts'))['SiteData'];

beforeEach(async () => {
  debug.mockReset().mockImplementation(() => {});
  vi.resetModules();
  ({ SiteData } = await import('../../src/shared/site-data.ts'));
});
afterAll(() => debug.mockRestore());

/** A storage in memory that holds at most this many characters. */
function storageOf(limit: number): Storage {
  const content: Record<string, string> = {};
  const methods = {
    getItem: (key: string) => content[key] ?? null,
    setItem: (key: string, value: string) => {
      const others = Object.entries(content).filter(([other]) => other !== key);
      if (others.reduce((sum, [, text]) => sum + text.length, value.length) > limit) {
        throw new DOMException('full', 'QuotaExceededError');
      }
      content[key] = value;
    },
    removeItem: (key: string) => void delete content[key],
  };
  return new Proxy(content, {
    get: (_, key) => methods[key as keyof typeof methods],
  }) as unknown as Storage;
}

test('texts that the browser stores survive a reload', () => {
  const storage = storageOf(100);
  expect(new SiteData(() => storage).setItem('a', '1')).toBe(true);
  expect(new SiteData(() => storage).getItem('a')).toBe('1');
  expect(new SiteData(() => storage).getItem('b')).toBeNull();
  expect(SiteData.isRefused).toBe(false);
});

test('texts that a full storage does not accept last until a reload, and no older text reappears', () => {
  const storage = storageOf(5);
  const data = new SiteData(() => storage);
  const notified = vi.fn();
  SiteData.onRefusal(notified);
  data.setItem('a', 'old');

  expect(data.setItem('a', 'much longer')).toBe(false);

  expect(data.getItem('a')).toBe('much longer');
  expect(new SiteData(() => storage).getItem('a')).toBeNull();
  expect([SiteData.isRefused, notified.mock.calls.length]).toEqual([true, 1]);
  expect(data.setItem('a', 'new')).toBe(true);
  expect(new SiteData(() => storage).getItem('a')).toBe('new');
});

test.each<[string, () => Storage]>([
  [
    'blocks site data',
    () => {
      throw new DOMException('no', 'SecurityError');
    },
  ],
  ['has no storage', () => null as unknown as Storage],
  ['has an undefined storage', () => undefined as unknown as Storage],
])('if the browser %s, everything works until a reload', (_, storage) => {
  const data = new SiteData(storage);
  expect(data.getItem('a')).toBeNull();
  expect(data.setItem('a.b', '1')).toBe(false);
  data.setItem('c', '2');
  data.clear('a.');
  expect([data.getItem('a.b'), data.getItem('c')]).toEqual([null, '2']);
  data.removeItem('c');
  expect(data.getItem('c')).toBeNull();
  expect(SiteData.isRefused).toBe(true);
  expect(new SiteData(storage).getItem('c')).toBeNull();
});
