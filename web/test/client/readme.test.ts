import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compilerMessages } from '../compiler.ts';

const README = new URL('../../src/client/README.md', import.meta.url);

/** Returns the README's code blocks as one program that imports the module's source. */
function program(): string {
  const blocks = [...readFileSync(README, 'utf8').matchAll(/```js\n(.*?)```/gs)];
  return blocks
    .map(([, code]) => code)
    .join('')
    .replace(/'https:[^']*statuswire\.js'/, "'../../src/client/index.ts'");
}

/** One invalid line shows that the compiler checks the others. */
test('every code block of the README matches the types', () => {
  expect(compilerMessages({ 'client/snippets.ts': `${program()}\nclient.destroy();` })).toEqual([
    "Property 'destroy' does not exist on type 'Client'.",
  ]);
});
