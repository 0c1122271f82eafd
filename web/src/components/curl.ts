import { type Json, stringifyJson } from '../client/index.ts';

/** What of a text would be seen as something else in a terminal: it is written as JSON escapes. */
const UNSEEN = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * A command that submits this content under this id, for every POSIX shell.
 *
 * @param server - its URL, with a slash at the end
 * @param login - whether a token has to be given: `$TOKEN`
 */
export function curl(
  server: URL,
  id: string,
  content: { readonly type: string; readonly input: Json },
  login: boolean,
): string {
  return [
    `curl -X PUT ${quoted(`${server}requests/${id}`)}`,
    `-H 'Content-Type: application/json'`,
    ...(login ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    `--data-raw ${quoted(seen(stringifyJson(content)))}`,
  ].join(' \\\n  ');
}

/** Within single quotes a shell takes everything as it is, except a single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function seen(json: string): string {
  return json.replace(UNSEEN, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
