import type { StatusCore } from '../client/index.ts';
import { isAnother } from '../client/life.ts';
import { isUndoing } from '../shared/undo.ts';

/** A request whose status changed, or that is being undone, since the page was opened. */
export interface Transition {
  readonly from: string;
  readonly request: StatusCore;
}

/**
 * Detects status changes by comparing each request with its last received document. While a request
 * is being undone, only the first change counts.
 */
export class Transitions {
  readonly #seen = new Map<string, StatusCore>();

  /**
   * Returns the transitions of these requests, except of new ones. Forgets requests that were
   * removed.
   */
  of(ids: readonly string[], get: (id: string) => StatusCore | undefined): Transition[] {
    return ids.flatMap((id) => {
      const request = get(id);
      const before = this.#seen.get(id);
      if (request === undefined) {
        this.#seen.delete(id);
        return [];
      }
      this.#seen.set(id, request);
      return !before || isAnother(before, request) || stateOf(before) === stateOf(request)
        ? []
        : [{ from: before.status, request }];
    });
  }
}

function stateOf(request: StatusCore): string {
  return isUndoing(request) ? 'undoing' : request.status;
}
