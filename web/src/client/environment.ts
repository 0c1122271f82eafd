/** The part of the WebSocket interface that the client uses; the browser's own WebSocket has it. */
export interface SocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

/**
 * An event of the browser: the network is `online` or `offline`, or the tab became `visible` again
 * or was `resumed` after it had been frozen.
 */
export type Signal = 'online' | 'offline' | 'visible' | 'resumed';

/** The client's external dependencies, which tests can replace. */
export interface Environment {
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Null if the runtime has none (Node 20); the client then polls. */
  readonly WebSocket: (new (url: string) => SocketLike) | null;
  setTimeout(action: () => void, millis: number): unknown;
  clearTimeout(timer: unknown): void;
  /** Epoch milliseconds. */
  now(): number;
  /** At least 0, less than 1. */
  random(): number;
  randomBytes(length: number): Uint8Array;
  /** Whether the page is hidden now; false if there is no page. */
  isHidden(): boolean;
  /** Calls the listener for each signal until the returned function is called. */
  onSignal(listener: (signal: Signal) => void): () => void;
  /** Logs a failure. The message contains what failed and what the client does next. */
  report(message: string, error: unknown): void;
}

/** Returns the environment of the browser, or of Node, that this code runs in. */
export function defaultEnvironment(): Environment {
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    WebSocket: globalThis.WebSocket ?? null,
    setTimeout: (action, millis) => globalThis.setTimeout(action, millis),
    clearTimeout: (timer) => globalThis.clearTimeout(timer as number),
    now: () => Date.now(),
    random: () => Math.random(),
    randomBytes: (length) => globalThis.crypto.getRandomValues(new Uint8Array(length)),
    isHidden: () => globalThis.document?.visibilityState === 'hidden',
    onSignal: browserSignals,
    report: (message, error) => console.debug(`statuswire: ${message}`, error),
  };
}

function browserSignals(listener: (signal: Signal) => void): () => void {
  if (typeof window === 'undefined') {
    return () => {};
  }
  const abort = new AbortController();
  const on = (target: EventTarget, type: string, signal: Signal, when = (_: Event) => true) =>
    target.addEventListener(type, (event) => when(event) && listener(signal), abort);
  on(window, 'online', 'online');
  on(window, 'offline', 'offline');
  on(document, 'visibilitychange', 'visible', () => document.visibilityState === 'visible');
  on(document, 'resume', 'resumed');
  on(window, 'pageshow', 'resumed', (event) => (event as PageTransitionEvent).persisted);
  return () => abort.abort();
}
