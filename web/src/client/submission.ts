import { stringifyJson } from './json.ts';
import type { StatusDocument, SubmitOptions } from './types.ts';

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
    notBefore: timeOf('notBefore', options.notBefore),
    notAfter: timeOf('notAfter', options.notAfter),
    tags: tags && tags.length > 0 ? tags : undefined,
  };
  return `${stringifyJson(members).slice(0, -1)},"input":${stringifyJson(input)}}`;
}

/**
 * Returns the options of a request for another submission of its input: its tags, and its times
 * unless they have passed.
 */
export function optionsOf(request: StatusDocument, now: number): SubmitOptions {
  const { notBefore, notAfter, tags } = request;
  const future = (time: string | null | undefined) => (Date.parse(time ?? '') > now ? time : null);
  return { notBefore: future(notBefore), notAfter: future(notAfter), tags };
}

/**
 * Returns a time as the server reads it; undefined if it is absent, null or empty.
 *
 * @param name - of the option
 * @throws TypeError if it is neither a valid Date nor a text
 */
export function timeOf(name: string, time: Date | string | null | undefined): string | undefined {
  const text = time instanceof Date ? (time.toJSON() as string | null) : time || undefined;
  if (text !== undefined && typeof text !== 'string') {
    throw new TypeError(`${name} must be a valid Date or a text`);
  }
  return text;
}
