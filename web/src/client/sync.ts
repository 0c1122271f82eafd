import type { Http } from './http.ts';
import { isAnother } from './life.ts';
import { LoadedList } from './list.ts';
import { isTransient, ProblemError, waitAskedBy } from './problem.ts';
import type { Store } from './store.ts';
import type { RequestPage, StatusDocument } from './types.ts';
import { atMost } from './waiting.ts';
import type { Watched } from './watching.ts';

const PARALLEL = 4;

/** What the user of the client could not read is not read again by itself before, in milliseconds. */
const AGAIN_AFTER = 1_000;

/** Reads over HTTP into the store. Each remembers when it was started, so that none brings back the past. */
export class Sync {
  /** The loaded part of the list. */
  readonly list: LoadedList;
  readonly #http: Http;
  readonly #store: Store;
  readonly #watched: Watched;
  readonly #now: () => number;
  /** Before when the server asked not to be asked for a request again, in epoch milliseconds. */
  readonly #notBefore = new Map<string, number>();
  readonly #reading = new Map<string, Promise<boolean>>();
  /** The ETags of documents that are known whole, as the server gave them. */
  readonly #etags = new WeakMap<StatusDocument, string>();

  constructor(http: Http, store: Store, watched: Watched, now: () => number) {
    this.#http = http;
    this.#store = store;
    this.#watched = watched;
    this.#now = now;
    this.list = new LoadedList(http, store, watched, (id) => this.status(id));
    store.onUnclear((ids) => void this.again(ids));
  }

  /** Runs a write that answers the document as it is by then, and takes that in. */
  async written(call: () => Promise<StatusDocument>): Promise<StatusDocument> {
    const since = this.#store.moment;
    const document = await call();
    this.#store.take({ kind: 'pushed', document, since });
    return this.#newest(document);
  }

  /** Runs a read that answers a document, and takes that in. */
  async read(id: string, call: () => Promise<StatusDocument>): Promise<StatusDocument> {
    const since = this.#store.moment;
    const document = await this.#paced(id, call(), AGAIN_AFTER);
    this.#store.take({ kind: 'read', documents: [document], since });
    return this.#newest(document);
  }

  /** Runs a call that answers requests of anywhere in the list, and takes them in. */
  async some(call: () => Promise<RequestPage>): Promise<RequestPage> {
    const since = this.#store.moment;
    const page = await call();
    this.#store.take({ kind: 'read', documents: page.requests, since });
    return page;
  }

  /**
   * Reads one status unless it is being read; whether it changed. A 404 removes the request. If it
   * is disputed by what arrived meanwhile, it is read once more.
   */
  status(id: string): Promise<boolean> {
    const running = this.#reading.get(id);
    if (running !== undefined) {
      return running;
    }
    const reading = this.#status(id).finally(() => this.#reading.delete(id));
    this.#reading.set(id, reading);
    return reading;
  }

  /** Whether the server asked to wait before another read of this request. */
  isPaused(id: string): boolean {
    return (this.#notBefore.get(id) ?? 0) > this.#now();
  }

  /** Reads these again; one that cannot be read, or not yet, is left as it is. */
  async again(ids: readonly string[]): Promise<void> {
    const due = ids.filter((id) => !this.isPaused(id));
    await atMost(
      PARALLEL,
      due.map((id) => async () => void (await this.status(id))),
    );
  }

  async #status(id: string): Promise<boolean> {
    const since = this.#store.moment;
    const known = this.#store.get(id);
    try {
      const read = this.#http.status(id, known && this.#etags.get(known));
      const { document, etag } = await this.#paced(id, read);
      const arrived = document ?? known;
      const documents = arrived === undefined ? [] : [arrived];
      const changed = this.#store.take({ kind: 'read', documents, since }).includes(id);
      this.#tag(arrived, etag);
      return this.#store.isDisputed(id) ? (await this.#status(id)) || changed : changed;
    } catch (error) {
      if (isGone(error) && known === this.#store.get(id)) {
        const changed = this.#store.take({ kind: 'missing', id }).length > 0;
        if (known !== undefined) {
          return changed;
        }
      }
      if (!isTransient(error) && this.#store.get(id) === undefined) {
        this.#watched.refuse(id, error);
      }
      throw error;
    }
  }

  /** Remembers how long the server asks to wait if it refuses a read of this request. */
  async #paced<T>(id: string, read: Promise<T>, atLeast = 0): Promise<T> {
    this.#notBefore.delete(id);
    return read.catch((error: unknown) => {
      if (isTransient(error)) {
        this.#notBefore.set(id, this.#now() + Math.max(waitAskedBy(error), atLeast));
      }
      throw error;
    });
  }

  /** The known document may be another object that says the same. */
  #tag(read: StatusDocument | undefined, etag: string | null): void {
    const known = read && this.#store.get(read.id);
    if (read && known && etag !== null && isSame(known, read)) {
      this.#etags.set(known, etag);
    }
  }

  /** What is known of the request by now. */
  #newest(document: StatusDocument): StatusDocument {
    const known = this.#store.get(document.id);
    return known === undefined || isAnother(known, document) ? document : known;
  }
}

/** Whether both are whole documents of one version of one request. */
function isSame(known: StatusDocument, read: StatusDocument): boolean {
  return (
    !known.partial &&
    known.life === read.life &&
    known.createdAt === read.createdAt &&
    known.version === read.version
  );
}

function isGone(error: unknown): boolean {
  return error instanceof ProblemError && error.status === 404;
}
