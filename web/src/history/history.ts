import {
  type Client,
  type HistoryEntry,
  isFinished,
  type StatusDocument,
} from '../client/index.ts';
import { isAnother } from '../client/life.ts';
import { answeredWords, differences } from './differences.ts';

/** A version of a request that this page has received, or that the request has recorded. */
export interface Change {
  readonly version: number;
  readonly status: string;
  /** What changed in this version; empty if that is unknown. */
  readonly what: readonly string[];
  /** When the server wrote it, ISO 8601. */
  readonly at: string | null;
  /** When the page received it, in epoch milliseconds; null if it did not, or has forgotten it. */
  readonly seen: number | null;
}

/** Versions that are unknown, because the page did not receive them or has discarded them. */
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
 * All received changes of the requests that changed most recently. A request records the changes of
 * its status, but not its progress. If it has recorded nothing, versions that the page did not
 * receive are reported as gaps.
 */
export class History {
  readonly #requests: number;
  readonly #each: number;
  /** The logs; those of the most recently changed requests are at the end. */
  readonly #logs = new Map<string, Log>();

  /**
   * @param requests - the number of requests to remember
   * @param each - the number of changes to remember for each
   */
  constructor(requests = 500, each = 200) {
    this.#requests = requests;
    this.#each = each;
  }

  /** Records the newest document of a request; `now` is in epoch milliseconds. */
  see(document: StatusDocument, now: number): void {
    const log = this.#logs.get(document.id);
    if (log === undefined || isAnother(document, log.document)) {
      this.#start(document, now);
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

  /** Discards the changes of a request that was removed. */
  forget(id: string): void {
    this.#logs.delete(id);
  }

  /** Returns the known changes up to this document, newest first, with the gaps between them. */
  of(document: StatusDocument): readonly (Change | Gap)[] {
    const log = this.#logs.get(document.id);
    const known = log !== undefined && !isAnother(document, log.document);
    const recorded = document.history ?? [];
    const all = merged(document, known ? log.changes : [change(document, [], null)]);
    const complete = recorded[0]?.version ?? Number.POSITIVE_INFINITY;
    const lines: (Change | Gap)[] = [];
    let next = 1;
    for (const one of all) {
      if (one.version > next && next < complete) {
        const why = next === 1 && known && log.forgot ? 'forgotten' : 'unseen';
        lines.push({ from: next, to: one.version - 1, why });
      }
      lines.push(one);
      next = one.version + 1;
    }
    return lines.reverse();
  }

  /**
   * Starts a log. If the history is full, ignores finished requests, because they rarely change.
   */
  #start(document: StatusDocument, now: number): void {
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
 * Records everything that a client receives in a history.
 *
 * @returns a function that stops the recording
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

/**
 * Adds the recorded changes to those that the page has received. What the page has received says
 * more, except in the first version.
 */
function merged(document: StatusDocument, received: readonly Change[]): Change[] {
  const recorded = document.history ?? [];
  const all = new Map(
    recorded.map((entry, index) => {
      const isBack = hasTurned(recorded.slice(0, index));
      return [entry.version, ofEntry(entry, document, isBack)] as const;
    }),
  );
  for (const one of received) {
    const what = one.what.length > 0 ? one.what : (all.get(one.version)?.what ?? []);
    all.set(one.version, { ...one, what });
  }
  return [...all.values()].sort((a, b) => a.version - b.version);
}

/** Returns whether the request is being undone after these entries. */
function hasTurned(entries: readonly HistoryEntry[]): boolean {
  const last = entries.findLast(({ event }) => TURNS.has(event));
  return last?.event === 'undoing' || last?.code === 'undo-failed';
}

const TURNS = new Set(['undoing', 'succeeded', 'failed', 'cancelled']);

/** @param isBack - whether the request was being undone before this entry */
function ofEntry(entry: HistoryEntry, { notBefore }: StatusDocument, isBack: boolean): Change {
  const { version, at, event, code } = entry;
  const usual = EVENTS.get(event)?.[0] ?? '';
  const isScheduled = event === 'submitted' && Date.parse(notBefore ?? '') > Date.parse(at);
  const status = isScheduled ? 'SCHEDULED' : usual;
  const words = wordsOf(entry, isBack);
  return { version, status, what: [code ? `${words}: ${code}` : words], at, seen: null };
}

function wordsOf(entry: HistoryEntry, isBack: boolean): string {
  const { event, by, code } = entry;
  if (event === 'answered') {
    return answeredWords(entry);
  }
  if (event === 'undoing') {
    return code ? 'undoing, because it failed' : 'undoing, because it was cancelled';
  }
  return isBack && event === 'retrying'
    ? 'an undo failed'
    : (EVENTS.get(event)?.[1] ?? `${event} by ${by}`);
}

const EVENTS = new Map<string, readonly [status: string, words: string]>([
  ['submitted', ['ACCEPTED', 'submitted']],
  ['started', ['RUNNING', 'started']],
  ['retrying', ['RETRYING', 'a step failed']],
  ['offered', ['ACCEPTED', 'the wait is over']],
  ['due', ['ACCEPTED', 'its start time has come']],
  ['waiting', ['WAITING', 'a step waits']],
  ['answered', ['ACCEPTED', 'answered']],
  ['time-is-up', ['ACCEPTED', 'the time is up']],
  ['handed-back', ['ACCEPTED', 'its worker had to stop']],
  ['worker-lost', ['ACCEPTED', 'its worker was lost']],
  ['cancel-requested', ['RUNNING', 'cancel requested']],
  ['succeeded', ['SUCCEEDED', 'succeeded']],
  ['failed', ['FAILED', 'failed']],
  ['cancelled', ['CANCELLED', 'cancelled']],
  ['retried', ['ACCEPTED', 'retry requested']],
]);

function change(document: StatusDocument, what: readonly string[], seen: number | null): Change {
  const { version, status, updatedAt: at } = document;
  return { version, status, what, at, seen };
}
