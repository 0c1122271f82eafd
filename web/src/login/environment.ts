import { type SiteData, sharedData, tabData } from '../shared/site-data.ts';

/** The browser functions that the login uses, which tests can replace. */
export interface LoginEnvironment {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Epoch milliseconds. */
  now(): number;
  /** Calls the action once, after this many milliseconds. */
  setTimeout(action: () => void, millis: number): void;
  /** Data of this tab, which remains while the tab shows another page. */
  readonly storage: Pick<SiteData, 'getItem' | 'setItem' | 'removeItem'>;
  /** Data of all tabs. */
  readonly shared: Pick<SiteData, 'getItem' | 'setItem'>;
  /** Sends a message to the other tabs of the page. */
  broadcast(message: TabMessage): void;
  /** Calls the listener with each message from another tab. */
  onBroadcast(listener: (message: TabMessage) => void): void;
  location(): Pick<Location, 'origin' | 'pathname' | 'search' | 'hash'>;
  /** Leaves the page for another URL. */
  go(url: string): void;
  /**
   * Opens another window.
   *
   * @returns whether the browser allowed it
   */
  open(url: string): boolean;
  /** Closes this window if the browser allows it. */
  close(): void;
  /** Replaces the page's URL without leaving the page. */
  replace(url: string): void;
}

/** A message between tabs. */
export type TabMessage =
  /** A user has logged in; `who` is a text that identifies the user. */
  | { readonly type: 'in'; readonly who: string }
  | { readonly type: 'out' }
  /** The issuer redirected this window back to the page, but another window started the login. */
  | { readonly type: 'answer'; readonly search: string }
  /** The window that started the login has received the issuer's response. */
  | { readonly type: 'taken'; readonly search: string };

/** Returns the functions of the browser. */
export function browser(): LoginEnvironment {
  let channel: BroadcastChannel | null | undefined;
  const opened = () => (channel === undefined ? (channel = channelOrNull()) : channel);
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => Date.now(),
    setTimeout: (action, millis) => void globalThis.setTimeout(action, millis),
    storage: tabData,
    shared: sharedData,
    broadcast: (message) => opened()?.postMessage(message),
    onBroadcast: (listener) =>
      opened()?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => listener(data)),
    location: () => globalThis.location,
    go: (url) => globalThis.location.assign(url),
    open: (url) => globalThis.open(url, '_blank', 'popup,width=520,height=680') !== null,
    close: () => globalThis.close(),
    replace: (url) => globalThis.history.replaceState(null, '', url),
  };
}

/**
 * Opens the channel between tabs; null if the browser refuses it, as it may do if it blocks site
 * data.
 */
function channelOrNull(): BroadcastChannel | null {
  try {
    return new BroadcastChannel('statuswire.login');
  } catch (error) {
    console.debug('statuswire: no channel between tabs; ignoring logins in other tabs', error);
    return null;
  }
}
