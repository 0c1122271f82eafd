import type { RequestStatus } from '../client/index.ts';

/** Every status that this release knows, in the order in which a request may have them. */
export const STATUSES: readonly RequestStatus[] = [
  'SCHEDULED',
  'ACCEPTED',
  'RUNNING',
  'RETRYING',
  'WAITING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
];

/**
 * Returns whether a request with this status is known to be in progress: it does not wait for a
 * person or a planned time.
 */
export function isInProgress(status: string): boolean {
  return ['ACCEPTED', 'RUNNING', 'RETRYING'].includes(status);
}

/** Returns whether a request with this status is known to be unfinished. */
export function isUnfinished(status: string): boolean {
  return isInProgress(status) || status === 'SCHEDULED' || status === 'WAITING';
}
