import type { ConnectionUser } from './connection.ts';
import type { Http } from './http.ts';
import type { LiveMessage } from './socket.ts';
import type { Store } from './store.ts';
import type { Sync } from './sync.ts';
import { deferred } from './waiting.ts';
import type { Watched } from './watching.ts';

/** The requests of one owner that are loaded, as the connection keeps them current. */
export class OwnRequests implements ConnectionUser {
  readonly #http: Http;
  readonly #store: Store;
  readonly #sync: Sync;
  readonly #watched: Watched;
  readonly #ready = deferred();

  constructor(http: Http, store: Store, sync: Sync, watched: Watched) {
    this.#http = http;
    this.#store = store;
    this.#sync = sync;
    this.#watched = watched;
  }

  /** Fulfilled when the list has been read for the first time. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  ticket() {
    return this.#http.ticket();
  }

  async readAll(): Promise<void> {
    await this.#sync.list.readAgain();
    this.#ready.resolve();
  }

  readUnfinished(): Promise<void> {
    return this.#sync.readAgain(this.wanted());
  }

  readMissing(): Promise<void> {
    const partial = this.#store.unsettled().filter((id) => this.#store.get(id)?.partial);
    const missing = [...partial, ...this.#store.uncertain(), ...this.#watched.unread()];
    return this.#sync.readAgain([...new Set(missing)]);
  }

  wanted(): readonly string[] {
    const ids = new Set([...this.#store.unsettled(), ...this.#watched.unknown()]);
    return [...ids].filter((id) => !this.#sync.isPaused(id));
  }

  poll(id: string | null): Promise<boolean> {
    return id === null ? this.#readFirstPage() : this.#sync.status(id);
  }

  receive(message: LiveMessage): void {
    if (message.type === 'status') {
      this.#store.apply({ kind: 'pushed', document: message.request });
      this.#readIfUnclear(message.request.id);
    } else if (message.type === 'removed') {
      this.#store.apply({ ...message, kind: 'removed' });
    }
  }

  markStale(): void {
    this.#store.markStale();
  }

  isUnfinished(): boolean {
    return this.#store.unsettled().length > 0;
  }

  async #readFirstPage(): Promise<boolean> {
    const changed = await this.#sync.list.first();
    this.#ready.resolve();
    return changed;
  }

  /** Reads a request again if a push left out parts of it, or if another life disputes it. */
  #readIfUnclear(id: string): void {
    const known = this.#store.get(id);
    if (known && (known.partial || !this.#store.isCertain(id))) {
      void this.#sync.readAgain([id]);
    }
  }
}
