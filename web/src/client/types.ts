import type { JsonNumber } from './json-number.ts';

/**
 * Any JSON value. A number is a `number` if JavaScript writes it in the same way, and otherwise a
 * {@link JsonNumber}, which keeps its digits.
 */
export type Json = null | boolean | number | JsonNumber | string | Json[] | { [key: string]: Json };

/** The statuses of a request. The last three are finished. */
export type RequestStatus =
  | 'SCHEDULED'
  | 'ACCEPTED'
  | 'RUNNING'
  | 'RETRYING'
  | 'WAITING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED';

/**
 * A status that this release does not know: any other text. A server of a newer release may send
 * it.
 */
export type UnknownStatus = string & {};

/** The statuses of a step. `UNDONE`: the step succeeded, and its effect was undone afterwards. */
export type StepStatus =
  'PENDING' | 'RUNNING' | 'WAITING' | 'SUCCEEDED' | 'UNDONE' | 'FAILED' | 'CANCELLED';

/** One step of a request. Times are ISO 8601 in UTC. */
export interface Step {
  readonly name: string;
  readonly status: StepStatus | UnknownStatus;
  readonly startedAt?: string | null;
  /** When the step ended; for an undone step, when its undo ended. */
  readonly endedAt?: string | null;
  /** Absent until the step has succeeded, and in a partial document. */
  readonly output?: Json;
  /** Why the step failed; for a step that has succeeded, why its undo failed. */
  readonly error?: { readonly code: string; readonly message: string } | null;
}

/** The progress of a running request. */
export interface Progress {
  /** 0 to 100. */
  readonly percent: number;
  readonly message?: string | null;
}

/** Why a request failed, or why its last attempt failed. */
export interface RequestError {
  readonly code: string;
  readonly message: string;
  readonly step?: string | null;
  /** Whether the same input may succeed in another attempt. */
  readonly retryable: boolean;
}

/** How a request ends when its finished steps have been undone. */
export interface Undoing {
  readonly outcome: 'FAILED' | 'CANCELLED';
  /** Why the request failed; null if it was cancelled. */
  readonly error: RequestError | null;
}

/** A change of a request's status. */
export interface HistoryEntry {
  /** The version that the change made. */
  readonly version: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What happened, such as `started` or `retrying`; a later release may add others. */
  readonly event: string;
  /** Who caused it: `owner`, `link` or `system`; a later release may add others. */
  readonly by: string;
  /** The code of the error; only after a failure. */
  readonly code?: string;
}

/** Why no worker works on an unfinished request. Times are ISO 8601 in UTC. */
export interface Waiting {
  /**
   * `schedule` (its start time has not come), `queue` (it waits for a worker), `backoff` (a step
   * failed and will be retried), `answer` or `time` (a step waits); a later release may add others.
   */
  readonly reason: string;
  readonly since?: string;
  /** When the wait ends at the latest; absent for a queue. */
  readonly until?: string;
  /** The step that waits; only for the reasons `answer` and `time`. */
  readonly step?: string;
  /** What to answer, for people; only for the reason `answer`. */
  readonly prompt?: string;
}

/** The state of one request, as its owner and those with a link to it see it. */
export interface StatusCore {
  readonly id: string;
  /**
   * Identifies the request among all that ever used its id: random text, never used twice. Null if
   * another program wrote the request and no worker has claimed it yet, or if the previous release
   * stored it.
   */
  readonly life: string | null;
  readonly type: string;
  readonly status: RequestStatus | UnknownStatus;
  /** 1, 2, 3 …: increases by one with every change, and orders the documents of one life. */
  readonly version: number;
  readonly attempt: number;
  readonly failures?: number;
  /** Absent in a partial document, and through a link that does not show it. */
  readonly input?: Json;
  /** When to start the request at the earliest, as submitted. Absent from an older server. */
  readonly notBefore?: string | null;
  /** When to start the request at the latest, as submitted. Absent from an older server. */
  readonly notAfter?: string | null;
  /** As submitted. Absent from an older server. */
  readonly tags?: readonly string[];
  /**
   * Null while a worker has the request, and once it is finished. Absent from an older server.
   */
  readonly waiting?: Waiting | null;
  readonly progress: Progress | null;
  readonly steps: readonly Step[];
  readonly result?: Json;
  readonly error: RequestError | null;
  /**
   * Null unless the finished steps are being undone, the last one first, because the request has
   * failed or was cancelled. Still set in a request that failed because a step could not be undone
   * (`undo-failed`); a retry goes on with undoing. Absent from an older server.
   */
  readonly undoing?: Undoing | null;
  readonly cancelRequested: boolean;
  /**
   * The changes of the status, oldest first, at most the last 64. Absent in a partial document and
   * from a server without a history.
   */
  readonly history?: readonly HistoryEntry[];
  /** ISO 8601, UTC; null if another program wrote the request and no worker has claimed it yet. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** Paths on the server. Null if the server would refuse the call now. */
  readonly links: {
    readonly self: string;
    /** Absent from an older server. */
    readonly answer?: string | null;
  };
}

/** The state of one request, in the same format in every response and push to its owner. */
export interface StatusDocument extends StatusCore {
  readonly links: StatusCore['links'] & {
    readonly cancel: string | null;
    readonly retry: string | null;
    /** Absent from an older server, which cannot delete requests. */
    readonly delete?: string | null;
  };
  /**
   * True if input, result, history and outputs were too large for the push and the client has not
   * read them yet.
   */
  readonly partial?: boolean;
}

/** `watch` allows to see the request, `answer` to answer it as well. */
export type LinkScope = 'watch' | 'answer';

/** What a link allows, and until when. */
export interface LinkTerms {
  readonly scope: LinkScope;
  /** The only step that can be answered with the link; null for every step. */
  readonly step: string | null;
  /** From when on the link is invalid, ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** The state of one request, as seen through a link. */
export interface LinkedStatusDocument extends StatusCore {
  /** `answer` is null if the request does not wait for an answer that the link allows. */
  readonly links: StatusCore['links'] & { readonly tickets: string };
  readonly link: LinkTerms;
}

/** A link to a request: everyone who has its URL can see the request. */
export interface Link extends LinkTerms {
  readonly linkId: string;
  readonly label: string | null;
  /** Whether the link shows the input of the request. */
  readonly showsInput: boolean;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** A new link. Only the response to its creation contains its URL. */
export interface CreatedLink extends Link {
  /** The page of the link; contains its secret. */
  readonly url: string;
}

/** The options of {@link Client.link}. Those that are absent, null or empty have no effect. */
export interface LinkOptions {
  readonly scope: LinkScope;
  /** The only step that can be answered with the link; only if `scope` is `answer`. */
  readonly step?: string | null | undefined;
  /** A text of up to 100 characters by which you can tell your links apart. */
  readonly label?: string | null | undefined;
  /**
   * From when on the link is invalid: a Date, or a text in UTC; at most 400 days from now, which is
   * the default.
   */
  readonly expiresAt?: Date | string | null | undefined;
  /** Whether the link shows the input of the request; false if absent. */
  readonly showsInput?: boolean | null | undefined;
}

/** A kind of work that the server accepts. */
export interface RequestType {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema, draft 4, of the input. */
  readonly schema: { readonly [key: string]: Json };
  /** Names of the steps, in order. */
  readonly steps: readonly string[];
  /** An input that the schema accepts. */
  readonly example?: Json;
  /**
   * JSON Schema, draft 4, of the answers that steps wait for, by the name of the step. Absent from
   * an older server.
   */
  readonly answers?: { readonly [step: string]: { readonly [key: string]: Json } };
}

/**
 * The options of {@link Client.submit}. Times and tags that are absent, null or empty have no
 * effect.
 */
export interface SubmitOptions {
  /**
   * An id of your own, `[A-Za-z0-9_-]{8,64}`; if absent, the client generates `~` and a UUIDv7.
   * After a {@link ConnectionError}, it is safe to submit again with the same id and options.
   */
  readonly id?: string | undefined;
  /**
   * When to start the request at the earliest: a Date, or a text in UTC, such as
   * `2030-01-31T14:30:00Z`. A time in the past starts it at once.
   */
  readonly notBefore?: Date | string | null | undefined;
  /** When to start the request at the latest; after that, it fails with the code `too-late`. */
  readonly notAfter?: Date | string | null | undefined;
  /** Up to 10 texts by which you can find your requests; their order has no meaning. */
  readonly tags?: readonly string[] | null | undefined;
}

/** One page of the list, newest first. */
export interface RequestPage {
  readonly requests: readonly StatusDocument[];
  /** The `cursor` of the next page; null on the last page. */
  readonly next: string | null;
}

/**
 * The filters and the position of {@link Client.list}. Filters that are absent, null or empty have
 * no effect.
 */
export interface ListQuery {
  readonly status?: RequestStatus | readonly RequestStatus[] | null | undefined;
  readonly type?: string | readonly string[] | null | undefined;
  /** Requests with one of these tags. */
  readonly tag?: string | readonly string[] | null | undefined;
  /** 1 to 100; 50 if absent. */
  readonly limit?: number | null | undefined;
  /** The `next` of the previous page. */
  readonly cursor?: string | null | undefined;
}

/**
 * Returns whether a request with this status changes only if the user retries it. Returns false for
 * a status that this release does not know.
 */
export function isFinished(status: RequestStatus | UnknownStatus): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED';
}

/** Returns whether a document will change, or must be read because it is partial. */
export function isUnsettled(document: StatusDocument): boolean {
  return !isFinished(document.status) || document.partial === true;
}
