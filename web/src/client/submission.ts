import { stringifyJson } from './json.ts';
import type { SubmitOptions } from './types.ts';

/**
 * Writes the body of a submission. Members that are null or empty are left out; the order of the
 * others is the one that every server accepts.
 *
 * @throws TypeError if a part of it is invalid or cannot be written as JSON
 */
export function submissionOf(type: string, input: unknown, options: SubmitOptions = {}): string {
  const { tags } = options;
  const members = {
    type,
    notBefore: timeOf('notBefore', options),
    notAfter: timeOf('notAfter', options),
    tags: tags && tags.length > 0 ? tags : undefined,
  };
  return `${stringifyJson(members).slice(0, -1)},"input":${stringifyJson(input)}}`;
}

function timeOf(name: 'notBefore' | 'notAfter', options: SubmitOptions): string | undefined {
  const time = options[name] || undefined;
  const text = time instanceof Date ? (time.toJSON() as string | null) : time;
  if (text !== undefined && typeof text !== 'string') {
    throw new TypeError(`${name} must be a valid Date or a text`);
  }
  return text;
}
