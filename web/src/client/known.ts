import type { StatusDocument } from './types.ts';

/**
 * Everything known of all requests, as a value. `moment` counts arrivals: a read remembers the
 * moment it was started at, so that what it brings is weighed against what came meanwhile.
 */
export interface Known {
  readonly moment: number;
  readonly documents: ReadonlyMap<string, StatusDocument>;
  /** The last moment at which each is known to have been there: a push came, a read was started. */
  readonly heard: ReadonlyMap<string, number>;
  /** What was removed, also where the id came back since. */
  readonly removed: ReadonlyMap<string, Removal>;
  /** The newest reads of parts of the list. */
  readonly listings: readonly Listing[];
}

/** The last of a request that is gone, as far as it is known. */
export interface Removal {
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
  /** A document that was pushed, or what a write was answered with. */
  | { readonly kind: 'pushed'; readonly document: StatusDocument }
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
  removed: new Map(),
  listings: [],
};
