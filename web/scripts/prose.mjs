/**
 * Checks the English of the whole project with textlint: the Markdown, and in other files the
 * comments and texts. `docs/phrases.yml` lists the phrases to avoid, each with its reason.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { TextlintKernel } from '@textlint/kernel';

const ROOT = '..';
const PHRASES = join(ROOT, 'docs', 'phrases.yml');
const SKIPPED = /^(node_modules|target|package-lock\.json|phrases\.yml|\.(?!ci$|mvn$).*)$/;
const SCRIPTS = ['run', 'test', 'bench', 'deploy', 'new-type'];

/** Files in which only comments and string literals are prose, and files that are checked whole. */
const CODE = new Set(['.java', '.ts', '.js', '.mjs', '.css']);
const WHOLE = new Set(['.md', '.yaml', '.yml', '.html', '.vtl', '.sh', '.xml']);
const PROSE =
  /\/\*[^]*?\*\/|\/\/[^\n]*|"""[^]*?"""|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;

/** Entries of `textlint-rule-terminology` that differ from the usage of this project or of AWS. */
const OTHER_TERMS = [
  'API',
  "API['’]?s",
  'ID',
  "id['’]?s",
  'ZIP',
  'blank line(s)?',
  'cURL',
  'error ?prone',
  'indexes\\b',
  'readme(s)?',
  'regexp?(s)?',
];

const kernel = new TextlintKernel();
const require = createRequire(import.meta.url);
const load = (name) => require(name).default ?? require(name);
const phrases = {
  ruleId: 'prh',
  rule: load('textlint-rule-prh'),
  options: { rulePaths: [PHRASES] },
};
const terms = {
  ruleId: 'terminology',
  rule: load('textlint-rule-terminology'),
  options: { exclude: OTHER_TERMS },
};
const plugins = ['markdown', 'text'].map((pluginId) => ({
  pluginId,
  plugin: load(`@textlint/textlint-plugin-${pluginId}`),
}));

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (SKIPPED.test(entry.name)) continue;
    if (entry.isDirectory()) yield* filesIn(path);
    else if (CODE.has(extname(path)) || WHOLE.has(extname(path))) yield path;
  }
}

/** The comments and string literals of `code`, each at its own line and column. */
function proseOf(code) {
  let prose = '';
  let end = 0;
  const blank = (text) => text.replace(/[^\n]/g, ' ');
  for (const { 0: text, index } of code.matchAll(PROSE)) {
    prose += blank(code.slice(end, index)) + text;
    end = index + text.length;
  }
  return prose;
}

async function check(path) {
  const isMarkdown = extname(path) === '.md';
  const text = readFileSync(path, 'utf8');
  const { messages } = await kernel.lintText(CODE.has(extname(path)) ? proseOf(text) : text, {
    filePath: path,
    ext: isMarkdown ? '.md' : '.txt',
    plugins,
    rules: isMarkdown ? [phrases, terms] : [phrases],
  });
  for (const { line, column, message } of messages) {
    console.error(`${path.slice(ROOT.length + 1)}:${line}:${column}: ${message}`);
  }
  return messages.length;
}

let found = 0;
for (const path of [...SCRIPTS.map((it) => join(ROOT, it)), ...filesIn(ROOT)]) {
  found += await check(path);
}
if (found > 0) {
  console.error(`${found} places to reword; docs/phrases.yml has the reasons`);
  process.exitCode = 1;
}
