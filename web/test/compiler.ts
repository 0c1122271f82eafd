import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const COMPILER = 'node_modules/native-typescript/bin/tsc';
const OPTIONS =
  '--target es2022 --module esnext --moduleResolution bundler --allowImportingTsExtensions ' +
  '--types node --skipLibCheck --strict --noEmit --pretty false --ignoreConfig';

/**
 * Returns the compiler's messages about a program.
 *
 * @param files - the files' contents by their paths, relative to this folder; the first is the
 *   main file. They are written to the same paths in the build folder, which is as deep, so their
 *   imports of sources lead to the same files.
 */
export function compilerMessages(files: Readonly<Record<string, string>>): string[] {
  const paths = Object.entries(files).map(([path, source]) => {
    const file = `target/${path}`;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
    return file;
  });
  const [main = ''] = paths;
  const { stdout } = spawnSync('node', [COMPILER, ...OPTIONS.split(' '), main], {
    encoding: 'utf8',
  });
  return [...stdout.matchAll(/error TS\d+: (.*)/g)].map(([, message = '']) => message);
}
