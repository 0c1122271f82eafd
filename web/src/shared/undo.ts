import { isFinished, type StatusCore } from '../client/index.ts';

const CAUSES = new Map<string, string>([
  ['FAILED', 'because it failed'],
  ['CANCELLED', 'because it was cancelled'],
]);

/** Returns whether the finished steps of a request are being undone. */
export function isUndoing({ undoing, status }: StatusCore): boolean {
  return Boolean(undoing) && !isFinished(status);
}

/** Returns whether a request failed because a step could not be undone; a retry goes on undoing. */
export function isUndoFailed({ undoing, status }: StatusCore): boolean {
  return Boolean(undoing) && isFinished(status);
}

/**
 * Returns that a request is being undone, and why: `Undoing, because it failed`.
 *
 * @param verb - the first word, as it is written there
 */
export function undoWords({ undoing }: StatusCore, verb = 'Undoing'): string {
  return [verb, CAUSES.get(undoing?.outcome ?? '')].filter(Boolean).join(', ');
}

/** Returns the error of a request, unless it is only the reason why the request is being undone. */
export function errorBesidesUndo(request: StatusCore): StatusCore['error'] {
  const { error, undoing } = request;
  const cause = isUndoing(request) ? undoing?.error : null;
  return error?.code === cause?.code && error?.message === cause?.message ? null : error;
}
