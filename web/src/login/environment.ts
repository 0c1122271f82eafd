/** What logging in takes from the browser, so that a test can give its own. */
export interface LoginEnvironment {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Epoch milliseconds. */
  now(): number;
  /** Kept for this tab, also while it is at another address. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  location(): Pick<Location, 'origin' | 'pathname' | 'search' | 'hash'>;
  /** Leaves the page for another address. */
  go(url: string): void;
  /** Shows another address of the page's own, without leaving it. */
  replace(url: string): void;
}

/** The browser's. */
export function browser(): LoginEnvironment {
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    storage: globalThis.sessionStorage,
    location: () => globalThis.location,
    go: (url) => globalThis.location.assign(url),
    replace: (url) => globalThis.history.replaceState(null, '', url),
  };
}
