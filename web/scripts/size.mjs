/**
 * Prints the download sizes of the page and of the element, gzipped, and fails if they exceed the
 * limits. The page's includes the parts that are loaded only for the login or the chart; the
 * element's does not include the client module, which it shares with the page that embeds it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const ASSETS = 'target/classes/statuswire/web/assets';
const LIMITS = { js: 80, css: 20 };
const ELEMENT = 'target/classes/statuswire/web/client/statuswire-request.js';
const ELEMENT_LIMIT = 12.5;

/** Returns the gzipped size of a file, in kilobytes of 1024 bytes. */
function gzipped(path) {
  return gzipSync(readFileSync(path), { level: 9 }).length / 1024;
}

for (const [extension, limit] of Object.entries(LIMITS)) {
  const files = readdirSync(ASSETS).filter((name) => name.endsWith(`.${extension}`));
  const sizes = files.map((name) => [name.replace(/-.*/, ''), gzipped(`${ASSETS}/${name}`)]);
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

const element = gzipped(ELEMENT);
console.log(`element: ${element.toFixed(1)} of ${ELEMENT_LIMIT} KB gzipped`);
if (element > ELEMENT_LIMIT) {
  console.error(`${ELEMENT} exceeds the limit of ${ELEMENT_LIMIT} KB, gzipped`);
  process.exitCode = 1;
}
