/**
 * Prints how much of the page goes over the wire, gzipped, and fails where it is more than it may
 * be: all of it, also what is loaded only where one has to log in or opens the chart.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const ASSETS = 'target/classes/statuswire/web/assets';
const LIMITS = { js: 75, css: 20 };

/** Of one file, in kilobytes of 1024 bytes. */
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
    console.error(`the page's ${extension} may be ${limit} KB, gzipped`);
    process.exitCode = 1;
  }
}
