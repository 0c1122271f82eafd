import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { expect, test } from 'vitest';

const SRC = new URL('../src/', import.meta.url);

/** What each source file imports, types included: other files, relative to `src`, and packages. */
const imports = new Map(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, importsOf(path)]),
);

function importsOf(path: string): string[] {
  return ts
    .preProcessFile(readFileSync(new URL(path, SRC), 'utf8'))
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith('.') ? join(dirname(path), fileName) : fileName,
    );
}

/** Returns which folders each folder uses. The files in `src` itself are the folder `.`. */
function folders(): Map<string, Set<string>> {
  const uses = new Map<string, Set<string>>();
  for (const [path, imported] of imports) {
    const folder = dirname(path);
    const used = imported.filter((it) => it.endsWith('.ts')).map((it) => dirname(it));
    const others = used.filter((it) => it !== folder);
    uses.set(folder, new Set([...(uses.get(folder) ?? []), ...others]));
  }
  return uses;
}

/** Returns the names that use themselves through others. */
function inCycles(uses: ReadonlyMap<string, Iterable<string>>): string[] {
  return [...uses.keys()].filter((name) => {
    const reached = new Set(uses.get(name));
    for (const one of reached) {
      [...(uses.get(one) ?? [])].forEach((it) => reached.add(it));
    }
    return reached.has(name);
  });
}

test('neither folders nor files depend on each other in a cycle', () => {
  expect(folders().get('components')).toContain('client');
  expect(inCycles(folders())).toEqual([]);
  expect(inCycles(imports)).toEqual([]);
});

test('the client module imports only its own files and lossless-json, which its bundle contains', () => {
  const client = [...imports].filter(([path]) => path.startsWith('client/'));
  const outside = client.flatMap(([, used]) => used).filter((it) => !it.startsWith('client/'));
  expect(outside).toEqual(['lossless-json']);
});
