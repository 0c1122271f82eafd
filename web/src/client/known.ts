import type { StatusDocument } from './types.ts';

/**
 * Everything known of all requests, as a value. `moment` counts arrivals: a read remembers the
 * moment it was started at, so that what it brings is weighed against what came meanwhile.
 */
export interface Known {
  readonly moment: number;
  readonly documents: ReadonlyMap<string, StatusDocument>;
  /** When each was there and arrived, for the same ids as `documents`. */
  readonly heard: ReadonlyMap<string, Heard>;
  /** The removed requests, the latest removal last; several can have the same id. */
  readonly removed: readonly Removal[];
  /** The newest reads of parts of the list. */
  readonly listings: readonly Listing[];
  /** Unknown ids of which two reads that overlapped said different things; a new read decides. */
  readonly unclear: ReadonlySet<string>;
}

/** When a request was there, and when its documents arrived, in moments. */
export interface Heard {
  /** The last moment at which it is known to have been there: a push came, a read was started. */
  readonly at: number;
  /** When its last document arrived. */
  readonly arrived: number;
  /**
   * When a document of another life arrived, or a list that overlapped with the last read of it did
   * not have it, and no read has decided since; 0 if neither did.
   */
  readonly disputed: number;
}

/** The last of a request that is gone, as far as it is known. */
export interface Removal {
  readonly id: string;
  readonly life: string | null;
  /** When the page heard of it. */
  readonly moment: number;
  readonly createdAt: string | null;
  readonly version: number;
}

/** A part of the list: ids below `below` (null: from the newest on), down to and with `downTo` (empty: all). */
export interface Range {
  readonly below: string | null;
  readonly downTo: string;
}

/** A read of a part of the list, by when it was started. */
export interface Listing extends Range {
  readonly since: number;
}

/** Something that the server said. */
export type Arrival =
  /** A document that was pushed, or the response to a write that was started at the moment `since`. */
  | { readonly kind: 'pushed'; readonly document: StatusDocument; readonly since?: number }
  /** Documents of a read that was started at the moment `since`. */
  | { readonly kind: 'read'; readonly documents: readonly StatusDocument[]; readonly since: number }
  /** All documents of a part of the list; what it does not have is gone. */
  | {
      readonly kind: 'listed';
      readonly documents: readonly StatusDocument[];
      readonly range: Range;
      readonly since: number;
    }
  /** It was pushed that a request is gone; its id may be in use anew. */
  | {
      readonly kind: 'removed';
      readonly id: string;
      readonly life: string | null;
      readonly version: number;
      readonly createdAt: string | null;
    }
  /** A read did not find it. */
  | { readonly kind: 'missing'; readonly id: string }
  /** These are not looked after any more; nothing is said of whether they are there. */
  | { readonly kind: 'forgotten'; readonly ids: readonly string[] };

/** The start: nothing known. */
export const nothingKnown: Known = {
  moment: 0,
  documents: new Map(),
  heard: new Map(),
  removed: [],
  listings: [],
  unclear: new Set(),
};
