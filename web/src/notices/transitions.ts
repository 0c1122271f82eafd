import type { StatusDocument } from '../client/index.ts';
import { isAnother } from '../client/life.ts';

/** A request that came to another status while the page was open. */
export interface Transition {
  readonly from: string;
  readonly request: StatusDocument;
}

/** Knows each request as it was last seen. */
export class Transitions {
  readonly #seen = new Map<string, StatusDocument>();

  /** What these requests have become, of those that were seen before. One that is gone is forgotten. */
  of(ids: readonly string[], get: (id: string) => StatusDocument | undefined): Transition[] {
    return ids.flatMap((id) => {
      const request = get(id);
      const before = this.#seen.get(id);
      if (request === undefined) {
        this.#seen.delete(id);
        return [];
      }
      this.#seen.set(id, request);
      return !before || isAnother(before, request) || before.status === request.status
        ? []
        : [{ from: before.status, request }];
    });
  }
}
