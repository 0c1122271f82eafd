import type { Http } from './http.ts';
import { isAnother } from './life.ts';
import { LoadedList } from './list.ts';
import { isTransient, ProblemError, retryAfterIn } from './problem.ts';
import type { Store } from './store.ts';
import type { RequestPage, StatusDocument } from './types.ts';
import { atMost } from './waiting.ts';
import type { Watched } from './watching.ts';

const PARALLEL = 4;

/**
 * After a failed `get`, the client does not read the request again automatically for this long, in
 * milliseconds.
 */
const AGAIN_AFTER = 1_000;

/**
 * Reads over HTTP into the store. Each read records when it started, so that it never restores an
 * old state.
 */
export class Sync {
  /** The loaded part of the list. */
  readonly list: LoadedList;
  readonly #http: Http;
  readonly #store: Store;
  readonly #watched: Watched;
  readonly #now: () => number;
  /**
   * The earliest time at which the server allows the next read of a request, in epoch milliseconds.
   */
  readonly #notBefore = new Map<string, number>();
  readonly #reading = new Map<string, Promise<boolean>>();
  /** The ETags of known whole documents, as received from the server. */
  readonly #etags = new WeakMap<StatusDocument, string>();

  constructor(http: Http, store: Store, watched: Watched, now: () => number) {
    this.#http = http;
    this.#store = store;
    this.#watched = watched;
    this.#now = now;
    this.list = new LoadedList(http, store, watched, (id) => this.readAgain([id]));
    store.onUnclear((ids) => void this.readAgain(ids));
  }

  /** Runs a write that returns the current document, and merges that. */
  async write(call: () => Promise<StatusDocument>): Promise<StatusDocument> {
    const since = this.#store.moment;
    const document = await call();
    this.#store.apply({ kind: 'pushed', document, since });
    return this.#newest(document);
  }

  /** Runs a call that deletes a request, and removes the request that was known before. */
  async delete(id: string, call: () => Promise<void>): Promise<void> {
    const known = this.#store.get(id);
    await call();
    if (known) {
      this.#store.apply({ ...known, kind: 'removed' });
    }
  }

  /** Runs a read that returns a document, and merges that. */
  async read(id: string, call: () => Promise<StatusDocument>): Promise<StatusDocument> {
    const since = this.#store.moment;
    const document = await this.#paced(id, call(), AGAIN_AFTER);
    this.#store.apply({ kind: 'read', documents: [document], since });
    return this.#newest(document);
  }

  /** Runs a call that returns requests from any part of the list, and merges them. */
  async readPage(call: () => Promise<RequestPage>): Promise<RequestPage> {
    const since = this.#store.moment;
    const page = await call();
    this.#store.apply({ kind: 'read', documents: page.requests, since });
    return page;
  }

  /**
   * Reads one status, or joins a read of it that is already running; returns whether it changed. A
   * 404 removes the request. If something that arrived meanwhile disputes it, reads it once more.
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

  /** Returns whether the server asked to wait before the next read of this request. */
  isPaused(id: string): boolean {
    return (this.#notBefore.get(id) ?? 0) > this.#now();
  }

  /**
   * Reads these requests again, except those that must not be read yet. If a read fails, the known
   * document stays.
   */
  async readAgain(ids: readonly string[]): Promise<void> {
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
      const changed = this.#store.apply({ kind: 'read', documents, since }).includes(id);
      this.#tag(arrived, etag);
      return this.#store.isDisputed(id) ? (await this.#status(id)) || changed : changed;
    } catch (error) {
      if (isGone(error) && known === this.#store.get(id)) {
        const changed = this.#store.apply({ kind: 'missing', id }).length > 0;
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

  /**
   * Waits for a read. If it fails temporarily, records how long to wait before the next read of
   * this request.
   */
  async #paced<T>(id: string, read: Promise<T>, atLeast = 0): Promise<T> {
    this.#notBefore.delete(id);
    return read.catch((error: unknown) => {
      if (isTransient(error)) {
        this.#notBefore.set(id, this.#now() + Math.max(retryAfterIn(error), atLeast));
      }
      throw error;
    });
  }

  /** Stores an ETag for the known document, which may be another object with the same content. */
  #tag(read: StatusDocument | undefined, etag: string | null): void {
    const known = read && this.#store.get(read.id);
    if (read && known && etag !== null && isSame(known, read)) {
      this.#etags.set(known, etag);
    }
  }

  /** Returns the newest known document of the request. */
  #newest(document: StatusDocument): StatusDocument {
    const known = this.#store.get(document.id);
    return known === undefined || isAnother(known, document) ? document : known;
  }
}

/** Returns whether both are whole documents of the same version of the same request. */
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
