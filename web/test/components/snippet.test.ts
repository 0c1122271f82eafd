import { expect, test } from 'vitest';
import { parseJson } from '../../src/client/index.ts';
import { page } from '../../src/components/snippet.ts';

const server = new URL('http://server/');

test('the page contains the server and the submission', () => {
  const text = page(server, 'place-order', { dish: 'soup' });
  expect(text).toContain(`import { connect } from 'http://server/client/statuswire.js';`);
  expect(text).toContain(`client.submit("place-order", {"dish":"soup"})`);
});

test.each([
  '{"account":1970670598291982290}',
  '[0.1000]',
  '-0',
  '1e400',
  '{"__proto__":{"dish":"soup"}}',
])('an input that JavaScript would read differently is parsed from JSON: %s', (json) => {
  const text = page(server, 'count', parseJson(json));
  expect(text).toContain(
    `import { connect, parseJson } from 'http://server/client/statuswire.js';`,
  );
  expect(text).toContain(`client.submit("count", parseJson(${JSON.stringify(json)}))`);
});

test('no input can end the script', () => {
  const input = { note: '</script><img src=x onerror=alert(1)><!--' };
  const text = page(server, '</script>', input);
  expect(text.match(/<\/script>/g)).toHaveLength(1);
  expect(text).not.toContain('<img');
  const [, json = ''] = /submit\("[^"]*", (.*)\);/.exec(text) ?? [];
  expect(JSON.parse(json)).toEqual(input);
});
