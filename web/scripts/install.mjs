/**
 * Runs `npm ci` unless node_modules is what package-lock.json asks for. npm itself writes down what
 * it installed, in node_modules/.package-lock.json; what is optional (other platforms' binaries)
 * may be missing there.
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
  // npm is a script on Windows, which only a shell starts.
  const shell = process.platform === 'win32';
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit', shell });
}
