import { type Client, isFinished, type StatusDocument } from '../client/index.ts';
import { isAnother } from '../client/life.ts';
import { differences } from './differences.ts';

/** A version of a request that this page has seen. */
export interface Change {
  readonly version: number;
  readonly status: string;
  /** What was new in it; empty in the first that was seen. */
  readonly what: readonly string[];
  /** When the server wrote it, ISO 8601. */
  readonly at: string | null;
  /** When it came here, epoch milliseconds; null if that is not known any more. */
  readonly seen: number | null;
}

/** Versions that this page does not have: they did not come, or came and are not kept. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly why: 'unseen' | 'forgotten';
}

interface Log {
  document: StatusDocument;
  readonly changes: Change[];
  forgot: boolean;
}

/**
 * Every change that this page has seen, of the requests that changed last. The server keeps only
 * the newest version, so what nobody saw is said to be missing.
 */
export class History {
  readonly #requests: number;
  readonly #each: number;
  /** Those that changed last are at the end. */
  readonly #logs = new Map<string, Log>();

  /**
   * @param requests - how many requests are remembered
   * @param each - how many changes of each
   */
  constructor(requests = 500, each = 200) {
    this.#requests = requests;
    this.#each = each;
  }

  /** Takes in the newest document of a request, `now` in epoch milliseconds. */
  see(document: StatusDocument, now: number): void {
    const log = this.#logs.get(document.id);
    if (log === undefined || isAnother(document, log.document)) {
      this.#begin(document, now);
    } else if (document.version > log.document.version) {
      log.changes.push(change(document, differences(log.document, document), now));
      log.document = document;
      if (log.changes.length > this.#each) {
        log.changes.shift();
        log.forgot = true;
      }
      this.#keep(document.id, log);
    }
  }

  /** The request is gone. */
  forget(id: string): void {
    this.#logs.delete(id);
  }

  /** What is known of the changes up to this document, newest first, with what is missing. */
  of(document: StatusDocument): readonly (Change | Gap)[] {
    const log = this.#logs.get(document.id);
    const known = log !== undefined && !isAnother(document, log.document);
    const lines: (Change | Gap)[] = [];
    let next = 1;
    for (const one of known ? log.changes : [change(document, [], null)]) {
      if (one.version > next) {
        const why = next === 1 && known && log.forgot ? 'forgotten' : 'unseen';
        lines.push({ from: next, to: one.version - 1, why });
      }
      lines.push(one);
      next = one.version + 1;
    }
    return lines.reverse();
  }

  /** What is finished when it is first seen hardly changes: it takes nobody's place. */
  #begin(document: StatusDocument, now: number): void {
    if (this.#logs.size < this.#requests || !isFinished(document.status)) {
      this.#keep(document.id, { document, changes: [change(document, [], now)], forgot: false });
    }
  }

  #keep(id: string, log: Log): void {
    this.#logs.delete(id);
    this.#logs.set(id, log);
    if (this.#logs.size > this.#requests) {
      this.#logs.delete(this.#logs.keys().next().value as string);
    }
  }
}

/**
 * Tells a history of everything that a client hears.
 *
 * @returns a function that ends it
 */
export function recorded(history: History, client: Client, now: () => number): () => void {
  client.requests.forEach((document) => history.see(document, now()));
  return client.onRequests((ids) => {
    for (const id of ids) {
      const document = client.request(id);
      if (document === undefined) {
        history.forget(id);
      } else {
        history.see(document, now());
      }
    }
  });
}

function change(document: StatusDocument, what: readonly string[], seen: number | null): Change {
  const { version, status, updatedAt: at } = document;
  return { version, status, what, at, seen };
}
