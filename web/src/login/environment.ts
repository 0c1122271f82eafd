import { type SiteData, sharedData, tabData } from '../site-data.ts';

/** What logging in takes from the browser, so that a test can give its own. */
export interface LoginEnvironment {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Epoch milliseconds. */
  now(): number;
  /** Calls the action once, after so many milliseconds. */
  setTimeout(action: () => void, millis: number): void;
  /** Kept for this tab, also while it is at another address. */
  readonly storage: Pick<SiteData, 'getItem' | 'setItem' | 'removeItem'>;
  /** Kept for all tabs. */
  readonly shared: Pick<SiteData, 'getItem' | 'setItem'>;
  /** Sends a message to the other tabs of the page. */
  tell(message: TabMessage): void;
  /** Calls the listener with each message of another tab. */
  onTold(listener: (message: TabMessage) => void): void;
  location(): Pick<Location, 'origin' | 'pathname' | 'search' | 'hash'>;
  /** Leaves the page for another address. */
  go(url: string): void;
  /**
   * Opens another window.
   *
   * @returns whether the browser allowed it
   */
  open(url: string): boolean;
  /** Closes this window if the browser allows it. */
  close(): void;
  /** Shows another address of the page's own, without leaving it. */
  replace(url: string): void;
}

/** What tabs tell each other. */
export type TabMessage =
  /** A user has logged in; `who` is a text that only they have. */
  | { readonly type: 'in'; readonly who: string }
  | { readonly type: 'out' }
  /** The issuer sent this window back here, but another one had asked it. */
  | { readonly type: 'answer'; readonly search: string }
  /** The window that had asked has that answer. */
  | { readonly type: 'taken'; readonly search: string };

/** The browser's. */
export function browser(): LoginEnvironment {
  let channel: BroadcastChannel | null | undefined;
  const opened = () => (channel === undefined ? (channel = channelOrNull()) : channel);
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    setTimeout: (action, millis) => void globalThis.setTimeout(action, millis),
    storage: tabData,
    shared: sharedData,
    tell: (message) => opened()?.postMessage(message),
    onTold: (listener) =>
      opened()?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => listener(data)),
    location: () => globalThis.location,
    go: (url) => globalThis.location.assign(url),
    open: (url) => globalThis.open(url, '_blank', 'popup,width=520,height=680') !== null,
    close: () => globalThis.close(),
    replace: (url) => globalThis.history.replaceState(null, '', url),
  };
}

/** A browser that blocks site data may refuse this too. */
function channelOrNull(): BroadcastChannel | null {
  try {
    return new BroadcastChannel('statuswire.login');
  } catch (error) {
    console.debug('statuswire: tabs cannot tell each other who logs in or out', error);
    return null;
  }
}
