/** What tells apart the requests that use one id one after another. */
export interface Identity {
  readonly life: string | null;
  readonly createdAt: string | null;
}

/** Whether both lives are known, so that they alone tell whether this is one request. */
export function haveLives(one: Identity, other: Identity): boolean {
  return Boolean(one.life && other.life);
}

/** Whether two documents of one id belong to different requests. Without lives `createdAt` tells. */
export function isAnother(one: Identity, other: Identity): boolean {
  return haveLives(one, other)
    ? one.life !== other.life
    : Boolean(one.createdAt && other.createdAt) && one.createdAt !== other.createdAt;
}
