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

/** What stands between its fences, as one program on the module's source. */
function program(): string {
  const blocks = [...readFileSync(README, 'utf8').matchAll(/```js\n(.*?)```/gs)];
  return blocks
    .map(([, code]) => code)
    .join('')
    .replace(/'https:[^']*statuswire\.js'/, "'../../src/client/index.ts'");
}

/** What the compiler has to say about a file that is on no disk. */
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

/** One that is wrong shows that the others were looked at. */
test('every snippet of the README is as the types say', () => {
  expect(faults(`${program()}\nclient.destroy();`)).toEqual([
    "Property 'destroy' does not exist on type 'Client'.",
  ]);
});
