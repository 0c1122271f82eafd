import type { Json, SubmitOptions } from '../client/index.ts';
import { submissionOf } from '../client/submission.ts';

/**
 * Invisible characters, which a terminal may show incorrectly. They are written as JSON escapes.
 */
const INVISIBLE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Returns a command that submits this content under this id in any POSIX shell.
 *
 * @param server - the server's URL, with a slash at the end
 * @param login - whether the server requires a token, which the command takes from `$TOKEN`
 */
export function curl(
  server: URL,
  id: string,
  content: SubmitOptions & { readonly type: string; readonly input: Json },
  login: boolean,
): string {
  return [
    `curl -X PUT ${quoted(`${server}requests/${id}`)}`,
    `-H 'Content-Type: application/json'`,
    ...(login ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    `--data-raw ${quoted(visible(submissionOf(content.type, content.input, content)))}`,
  ].join(' \\\n  ');
}

/** Quotes a text for a shell. Within single quotes, only a single quote is special. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function visible(json: string): string {
  return json.replace(INVISIBLE, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
