import type { Http } from './http.ts';
import { ProblemError } from './problem.ts';
import type { Store } from './store.ts';
import type { RequestPage, StatusDocument } from './types.ts';
import { atMost } from './waiting.ts';

/** The largest page that the server gives. */
const PAGE = 100;
const PARALLEL = 4;

/** Reads over HTTP into the store. Each remembers when it was started, so that none brings back the past. */
export class Sync {
  readonly #http: Http;
  readonly #store: Store;
  readonly #reading = new Map<string, Promise<boolean>>();

  constructor(http: Http, store: Store) {
    this.#http = http;
    this.#store = store;
  }

  /** Runs a write that answers the document as it is by then, and takes that in. */
  async written(call: () => Promise<StatusDocument>): Promise<StatusDocument> {
    const document = await call();
    this.#store.take({ kind: 'pushed', document });
    return this.#newest(document);
  }

  /** Runs a read that answers a document, and takes that in. */
  async read(call: () => Promise<StatusDocument>): Promise<StatusDocument> {
    const since = this.#store.moment;
    const document = await call();
    this.#store.take({ kind: 'read', documents: [document], since });
    return this.#newest(document);
  }

  /** Runs a call that answers a page, and takes the answer in; with whether it changed something. */
  async page(call: () => Promise<RequestPage>): Promise<{ page: RequestPage; changed: boolean }> {
    const since = this.#store.moment;
    const page = await call();
    const changes = this.#store.take({ kind: 'read', documents: page.requests, since });
    return { page, changed: changes.length > 0 };
  }

  /** Reads the whole list; what it does not have any more is forgotten. */
  async everything(): Promise<void> {
    const since = this.#store.moment;
    const ids = new Set<string>();
    let cursor: string | null = null;
    do {
      const query: { limit: number; cursor?: string } = { limit: PAGE, ...(cursor && { cursor }) };
      const { page } = await this.page(() => this.#http.list(query));
      page.requests.forEach(({ id }) => ids.add(id));
      cursor = page.next;
    } while (cursor !== null);
    this.#store.take({ kind: 'listed', ids, since });
  }

  /** Reads one status unless it is being read; whether it changed. A 404 removes the request. */
  status(id: string): Promise<boolean> {
    const running = this.#reading.get(id);
    if (running !== undefined) {
      return running;
    }
    const reading = this.#status(id).finally(() => this.#reading.delete(id));
    this.#reading.set(id, reading);
    return reading;
  }

  /** Reads these again; one that cannot be read is left as it is. */
  async again(ids: readonly string[]): Promise<void> {
    await atMost(
      PARALLEL,
      ids.map((id) => async () => void (await this.status(id))),
    );
  }

  async #status(id: string): Promise<boolean> {
    const since = this.#store.moment;
    const known = this.#store.get(id);
    const version = known?.partial ? undefined : known?.version;
    try {
      const document = await this.#http.status(id, version);
      const arrived = document === null ? [] : [document];
      return this.#store.take({ kind: 'read', documents: arrived, since }).includes(id);
    } catch (error) {
      if (isGone(error) && known !== undefined && known === this.#store.get(id)) {
        return this.#store.take({ kind: 'removed', id }).length > 0;
      }
      throw error;
    }
  }

  #newest(document: StatusDocument): StatusDocument {
    return this.#store.get(document.id) ?? document;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 404;
}
