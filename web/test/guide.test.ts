import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STATUSES } from '../src/shared/statuses.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

const GUIDE = read('../../docs/guide/embed.md');
const HOOK = read('react/use-request.ts');
const HOOK_LINES = 30;

function blocks(language: string): string[] {
  return [...GUIDE.matchAll(/```(\w+)\n(.*?)```/gs)]
    .filter(([, name]) => name === language)
    .map(([, , code = '']) => code);
}

function found(pattern: RegExp, text: string): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort();
}

test('the guide shows exactly the React hook that the tests run, and it is short', () => {
  expect(blocks('ts')).toEqual([HOOK]);
  expect(HOOK.trimEnd().split('\n').length).toBeLessThanOrEqual(HOOK_LINES);
});

test('the guide lists exactly the custom properties of the element', () => {
  const used = found(/var\((--statuswire-[\w-]+)/g, read('../src/element/request.css'));
  expect(found(/`(--statuswire-[\w-]+)`/g, GUIDE)).toEqual(used);
  expect(used.length).toBeGreaterThan(10);
});

test('the guide lists exactly the parts of the element', () => {
  const [, listed = ''] =
    /For everything else there are parts, [^:]*:.*?}`: (.*?)\.\n/s.exec(GUIDE) ?? [];
  const created = found(/part\('\w+', '([\w-]+)'\)/g, read('../src/element/request-view.ts'));
  expect(found(/`([\w-]+)`/g, listed)).toEqual(created);
  expect(created.length).toBeGreaterThan(10);
});

test('the element has a color for every status', () => {
  const tones = found(/^\[data-tone='(\w+)'\] {/gm, read('../src/element/request.css'));
  expect(tones).toEqual(STATUSES.map((status) => status.toLowerCase()).sort());
});
