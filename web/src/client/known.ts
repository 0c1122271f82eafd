import type { StatusDocument } from './types.ts';

/**
 * Everything that the client knows about all requests, as an immutable value. `moment` counts
 * arrivals. Each read records the moment at which it started, so that its result can be compared
 * with what arrived in the meantime.
 */
export interface Known {
  readonly moment: number;
  readonly documents: ReadonlyMap<string, StatusDocument>;
  /** When each request existed and arrived, for the same ids as `documents`. */
  readonly heard: ReadonlyMap<string, Heard>;
  /** The removed requests, the latest removal last. Several can have the same id. */
  readonly removed: readonly Removal[];
  /** The newest reads of parts of the list. */
  readonly listings: readonly Listing[];
  /** Unknown ids on which two overlapping reads disagree; another read must decide. */
  readonly unclear: ReadonlySet<string>;
}

/** When a request existed, and when its documents arrived, in moments. */
export interface Heard {
  /** The last moment at which the request certainly existed: a push arrived, or a read started. */
  readonly at: number;
  /** When its last document arrived. */
  readonly arrived: number;
  /**
   * When the last contradiction arrived: a document of another life, or a list that overlapped with
   * the last read of the request and did not contain it. 0 if there was none, or a read has decided
   * since.
   */
  readonly disputed: number;
}

/** The last known state of a removed request. */
export interface Removal {
  readonly id: string;
  readonly life: string | null;
  /** When the client learned of the removal. */
  readonly moment: number;
  readonly createdAt: string | null;
  readonly version: number;
}

/**
 * A part of the list: ids below `below` (null: no upper bound), down to and including `downTo`
 * (empty: no lower bound).
 */
export interface Range {
  readonly below: string | null;
  readonly downTo: string;
}

/** A read of a part of the list that started at the moment `since`. */
export interface Listing extends Range {
  readonly since: number;
}

/** Information that arrived from the server. */
export type Arrival =
  /** A pushed document, or the response to a write that started at the moment `since`. */
  | { readonly kind: 'pushed'; readonly document: StatusDocument; readonly since?: number }
  /** Documents of a read that started at the moment `since`. */
  | { readonly kind: 'read'; readonly documents: readonly StatusDocument[]; readonly since: number }
  /** All documents of a part of the list. Requests of that part that are missing here are gone. */
  | {
      readonly kind: 'listed';
      readonly documents: readonly StatusDocument[];
      readonly range: Range;
      readonly since: number;
    }
  /** A pushed removal. Another request may already have the same id. */
  | {
      readonly kind: 'removed';
      readonly id: string;
      readonly life: string | null;
      readonly version: number;
      readonly createdAt: string | null;
    }
  /** A read did not find the request. */
  | { readonly kind: 'missing'; readonly id: string }
  /** The client drops these from memory; they may still exist on the server. */
  | { readonly kind: 'forgotten'; readonly ids: readonly string[] };

/** The initial value: nothing is known. */
export const nothingKnown: Known = {
  moment: 0,
  documents: new Map(),
  heard: new Map(),
  removed: [],
  listings: [],
  unclear: new Set(),
};
