import { fileURLToPath } from 'node:url';
import ts from 'typescript';

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

/**
 * Returns the compiler's messages about a program of files that exist only in memory.
 *
 * @param files - the files' contents by their paths, relative to this folder; the first is the
 *   main file
 */
export function compilerMessages(files: Readonly<Record<string, string>>): string[] {
  const sources = new Map(
    Object.entries(files).map(([path, source]) => [
      fileURLToPath(new URL(path, import.meta.url)),
      source,
    ]),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const read = host.getSourceFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => sources.has(name) || exists(name);
  host.getSourceFile = (name, ...more) => {
    const source = sources.get(name);
    return source === undefined
      ? read(name, ...more)
      : ts.createSourceFile(name, source, ts.ScriptTarget.ES2022);
  };
  const [main = ''] = sources.keys();
  return ts
    .getPreEmitDiagnostics(ts.createProgram([main], OPTIONS, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}
