import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curl } from '../../src/components/curl.ts';

const input = { text: `it's "$(id)" \`id\` \\ !!\n\t'' $HOME`, bidi: '\u202eabc\u2028\u009b' };

/** Returns the arguments that a shell passes to curl. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for it in "$@"; do printf '%s\\0' "$it"; done; }; TOKEN=secret; ${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

const server = new URL('http://server/');

test('a shell passes the content unchanged', () => {
  const command = curl(server, '0199-id', { type: "o'rder", input }, false);
  const [, method, url, , header, , body] = argumentsOf(command);
  expect([method, url, header]).toEqual([
    'PUT',
    `${server}requests/0199-id`,
    'Content-Type: application/json',
  ]);
  expect(JSON.parse(body ?? '')).toEqual({ type: "o'rder", input });
});

test('the options of the request are in the command, in the order of a submission', () => {
  const options = { tags: ['a', 'b'], notBefore: '2030-01-31T14:30:00Z', notAfter: null };
  const command = curl(server, '0199-id', { type: 'order', input: 1, ...options }, false);
  expect(argumentsOf(command).at(-1)).toBe(
    '{"type":"order","notBefore":"2030-01-31T14:30:00Z","tags":["a","b"],"input":1}',
  );
});

test('a terminal shows the command exactly as it is', () => {
  const command = curl(server, '0199-id', { type: 'a', input }, false);
  expect(command).toMatch(/^[\n\x20-\x7e]+$/);
  expect(command).toContain('\\u202eabc\\u2028\\u009b');
});

test('if a login is required, the command contains a token', () => {
  const command = curl(server, '0199-id', { type: 'a', input: null }, true);
  expect(argumentsOf(command)).toContain('Authorization: Bearer secret');
});
