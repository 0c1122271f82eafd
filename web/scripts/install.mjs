/**
 * Runs `npm ci` unless node_modules matches package-lock.json. npm records the installed packages
 * in node_modules/.package-lock.json; optional packages (binaries for other platforms) may be
 * missing there.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

function packagesIn(lock) {
  try {
    const { '': _root, ...packages } = JSON.parse(readFileSync(lock, 'utf8')).packages;
    return packages;
  } catch {
    return {};
  }
}

function isUpToDate() {
  const wanted = packagesIn('package-lock.json');
  const installed = packagesIn('node_modules/.package-lock.json');
  return (
    Object.entries(installed).every(([path, it]) => isDeepStrictEqual(it, wanted[path])) &&
    Object.entries(wanted).every(([path, { optional }]) => optional || path in installed)
  );
}

if (!isUpToDate()) {
  // On Windows, npm is a script, which only a shell can start.
  const shell = process.platform === 'win32';
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit', shell });
}
