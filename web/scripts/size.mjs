/**
 * Prints the download size of the page, gzipped, and fails if it exceeds the limits. Includes the
 * parts that are loaded only for the login or the chart.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const ASSETS = 'target/classes/statuswire/web/assets';
const LIMITS = { js: 75, css: 20 };

/** Returns the gzipped size of a file, in kilobytes of 1024 bytes. */
function gzipped(file) {
  return gzipSync(readFileSync(`${ASSETS}/${file}`), { level: 9 }).length / 1024;
}

for (const [extension, limit] of Object.entries(LIMITS)) {
  const files = readdirSync(ASSETS).filter((name) => name.endsWith(`.${extension}`));
  const sizes = files.map((name) => [name.replace(/-.*/, ''), gzipped(name)]);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  const parts = sizes.map(([name, size]) => `${name} ${size.toFixed(1)}`).join(', ');
  console.log(`${extension}: ${sum.toFixed(1)} of ${limit} KB gzipped (${parts})`);
  if (files.length === 0 || sum > limit) {
    console.error(
      files.length === 0
        ? `found no ${extension} files in ${ASSETS}`
        : `the page's ${extension} files exceed the limit of ${limit} KB, gzipped`,
    );
    process.exitCode = 1;
  }
}
