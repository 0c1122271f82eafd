import type { JsonNumber } from './json.ts';

/**
 * Anything that JSON can say. A number is a `number` if JavaScript writes that in the same way, and a
 * {@link JsonNumber} if not, so that it keeps its digits.
 */
export type Json = null | boolean | number | JsonNumber | string | Json[] | { [key: string]: Json };

/** The statuses of a request. The last three are finished. */
export type RequestStatus =
  'ACCEPTED' | 'RUNNING' | 'RETRYING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** A status that only a newer release of the server knows: any other text. */
export type UnknownStatus = string & {};

/** The statuses of a step. */
export type StepStatus = 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** One step of a request. Times are ISO 8601 in UTC. */
export interface Step {
  readonly name: string;
  readonly status: StepStatus | UnknownStatus;
  readonly startedAt?: string | null;
  readonly endedAt?: string | null;
  /** Absent until the step succeeded, and in a partial document. */
  readonly output?: Json;
  readonly error?: { readonly code: string; readonly message: string } | null;
}

/** How far a running request is. */
export interface Progress {
  /** 0 to 100. */
  readonly percent: number;
  readonly message?: string | null;
}

/** Why a request failed, or why its last try did. */
export interface RequestError {
  readonly code: string;
  readonly message: string;
  readonly step?: string | null;
  /** Whether the same input may succeed on another try. */
  readonly retryable: boolean;
}

/** What the server says of one request, the same in every answer and push. */
export interface StatusDocument {
  readonly id: string;
  /**
   * Identifies the request among all that ever used its id: random text, never used twice. Null in
   * what another program wrote until it is first worked on, and in requests of the previous release.
   */
  readonly life: string | null;
  readonly type: string;
  readonly status: RequestStatus | UnknownStatus;
  /** 1, 2, 3 …: one up with every change; what orders documents of one life. */
  readonly version: number;
  readonly attempt: number;
  readonly failures?: number;
  /** Absent only in a partial document. */
  readonly input?: Json;
  readonly progress: Progress | null;
  readonly steps: readonly Step[];
  readonly result?: Json;
  readonly error: RequestError | null;
  readonly cancelRequested: boolean;
  /** ISO 8601, UTC; null in what another program wrote until it is first worked on. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** Paths on the server; null where the call would be refused now. */
  readonly links: {
    readonly self: string;
    readonly cancel: string | null;
    readonly retry: string | null;
  };
  /** True where input, result and outputs were too large to be pushed and are still being read. */
  readonly partial?: boolean;
}

/** A kind of work that the server takes. */
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
}

/** One page of the list, newest first. */
export interface RequestPage {
  readonly requests: readonly StatusDocument[];
  /** What to give as `cursor` for the next page; null on the last. */
  readonly next: string | null;
}

/** What {@link Client.list} can be narrowed by. What is absent, null or empty does not narrow it. */
export interface ListQuery {
  readonly status?: RequestStatus | readonly RequestStatus[] | null | undefined;
  readonly type?: string | readonly string[] | null | undefined;
  /** 1 to 100; 50 if absent. */
  readonly limit?: number | null | undefined;
  /** The `next` of the page before. */
  readonly cursor?: string | null | undefined;
}

/**
 * Whether a request in this status changes only by the user's retry; false for a status that this
 * release does not know.
 */
export function isFinished(status: RequestStatus | UnknownStatus): boolean {
  return status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED';
}

/** Whether there is more of this request to come or to read. */
export function isUnsettled(document: StatusDocument): boolean {
  return !isFinished(document.status) || document.partial === true;
}
