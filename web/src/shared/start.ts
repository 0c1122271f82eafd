import type { StatusCore } from '../client/index.ts';

/**
 * Returns when a request could start: when it was submitted, or its start time if that was later
 * and has come. In epoch milliseconds; NaN if it is not known.
 */
export function startableAt({ createdAt, notBefore, updatedAt }: StatusCore): number {
  const created = Date.parse(createdAt ?? '');
  const planned = Date.parse(notBefore ?? '');
  return planned > created && planned <= Date.parse(updatedAt ?? '') ? planned : created;
}
