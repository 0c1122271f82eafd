/** Distinguishes requests that use the same id one after another. */
export interface Identity {
  readonly life: string | null;
  readonly createdAt: string | null;
}

/** Returns whether both lives are known. If so, comparing them is enough to identify a request. */
export function haveLives(one: Identity, other: Identity): boolean {
  return Boolean(one.life && other.life);
}

/**
 * Returns whether two documents with the same id belong to different requests. Without lives,
 * compares `createdAt`.
 */
export function isAnother(one: Identity, other: Identity): boolean {
  return haveLives(one, other)
    ? one.life !== other.life
    : Boolean(one.createdAt && other.createdAt) && one.createdAt !== other.createdAt;
}
