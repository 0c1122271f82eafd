import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const README = new URL('../../src/client/README.md', import.meta.url);
const FILE = fileURLToPath(new URL('snippets.ts', import.meta.url));
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  types: ['node'],
  skipLibCheck: true,
  strict: true,
  noEmit: true,
};

/** Returns the README's code blocks as one program that imports the module's source. */
function program(): string {
  const blocks = [...readFileSync(README, 'utf8').matchAll(/```js\n(.*?)```/gs)];
  return blocks
    .map(([, code]) => code)
    .join('')
    .replace(/'https:[^']*statuswire\.js'/, "'../../src/client/index.ts'");
}

/** Returns the compiler's messages about a file that exists only in memory. */
function faults(source: string): string[] {
  const host = ts.createCompilerHost(OPTIONS);
  const read = host.getSourceFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === FILE || exists(name);
  host.getSourceFile = (name, ...more) =>
    name === FILE ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : read(name, ...more);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([FILE], OPTIONS, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** One invalid line shows that the compiler checks the others. */
test('every code block of the README matches the types', () => {
  expect(faults(`${program()}\nclient.destroy();`)).toEqual([
    "Property 'destroy' does not exist on type 'Client'.",
  ]);
});
