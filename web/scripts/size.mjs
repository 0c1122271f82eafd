/**
 * Prints the download sizes of the page, of the page of a link and of the element, gzipped, and
 * fails if they exceed the limits. The page's includes the parts that are loaded only for the login
 * or the chart; the element's does not include the client module, which it shares with the page
 * that embeds it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const PAGES = 'target/classes/statuswire/web';
const ASSETS = `${PAGES}/assets`;
const LIMITS = { js: 85.5, css: 20 };
/** The script that only the page of a link loads. */
const LINK_SCRIPT = /^link-.*\.js$/;
const LINK_LIMIT = 38;
const ELEMENT = 'target/classes/statuswire/web/client/statuswire-request.js';
const ELEMENT_LIMIT = 12.5;

/** Returns the gzipped size of a file, in kilobytes of 1024 bytes. */
function gzipped(path) {
  return gzipSync(readFileSync(path), { level: 9 }).length / 1024;
}

/** Prints the size of files in the folder of assets, and fails if they exceed a limit. */
function check(what, names, limit) {
  const sizes = names.map((name) => [name.replace(/-.*/, ''), gzipped(`${ASSETS}/${name}`)]);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  const parts = sizes.map(([name, size]) => `${name} ${size.toFixed(1)}`).join(', ');
  console.log(`${what}: ${sum.toFixed(1)} of ${limit} KB gzipped (${parts})`);
  if (names.length === 0 || sum > limit) {
    console.error(
      names.length === 0
        ? `found no files of ${what} in ${ASSETS}`
        : `the files of ${what} exceed the limit of ${limit} KB, gzipped`,
    );
    process.exitCode = 1;
  }
}

for (const [extension, limit] of Object.entries(LIMITS)) {
  const names = readdirSync(ASSETS).filter(
    (name) => name.endsWith(`.${extension}`) && !LINK_SCRIPT.test(name),
  );
  check(extension, names, limit);
}

const linkPage = readFileSync(`${PAGES}/l/index.html`, 'utf8');
const linkScripts = [...linkPage.matchAll(/assets\/([^"]+\.js)"/g)].map(([, name]) => name);
check('js of a link', linkScripts, LINK_LIMIT);

const element = gzipped(ELEMENT);
console.log(`element: ${element.toFixed(1)} of ${ELEMENT_LIMIT} KB gzipped`);
if (element > ELEMENT_LIMIT) {
  console.error(`${ELEMENT} exceeds the limit of ${ELEMENT_LIMIT} KB, gzipped`);
  process.exitCode = 1;
}
