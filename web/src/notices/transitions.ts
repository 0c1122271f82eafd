import type { RequestStatus, StatusDocument } from '../client/index.ts';

/** A request that came to another status while the page was open. */
export interface Transition {
  readonly from: RequestStatus;
  readonly request: StatusDocument;
}

/** Knows which status each request was last seen in. */
export class Transitions {
  readonly #statuses = new Map<string, RequestStatus>();

  /** What these requests have become, of those that were seen before. One that is gone is forgotten. */
  of(ids: readonly string[], get: (id: string) => StatusDocument | undefined): Transition[] {
    return ids.flatMap((id) => {
      const request = get(id);
      const from = this.#statuses.get(id);
      if (request === undefined) {
        this.#statuses.delete(id);
        return [];
      }
      this.#statuses.set(id, request.status);
      return from === undefined || from === request.status ? [] : [{ from, request }];
    });
  }
}
