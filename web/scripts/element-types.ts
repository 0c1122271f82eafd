import { readFileSync } from 'node:fs';
import ts from 'typescript';

const ENTRY = new URL('../src/element/statuswire-request.ts', import.meta.url);

/**
 * Returns the type declarations of the element's module, which imports types only from the client.
 *
 * @throws Error if the types of something that the module exports are not explicit
 */
export function elementTypes(): string {
  const { outputText, diagnostics } = ts.transpileDeclaration(readFileSync(ENTRY, 'utf8'), {
    fileName: ENTRY.pathname,
    compilerOptions: { target: ts.ScriptTarget.ES2022, isolatedDeclarations: true },
    reportDiagnostics: true,
  });
  if (diagnostics !== undefined && diagnostics.length > 0) {
    throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
  }
  return outputText.replaceAll('../client/index.ts', './statuswire.js');
}
