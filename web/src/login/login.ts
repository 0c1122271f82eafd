import { LONGEST_TIMEOUT } from '../client/waiting.ts';
import type { LoginEnvironment, TabMessage } from './environment.ts';
import { isRefusal, Issuer, type LoginSettings, type Pending, type Session } from './issuer.ts';

const PENDING = 'statuswire.login';
const SESSION = 'statuswire.session';

/** The key of the user who logged in last in any tab; the value is empty after a logout. */
const WHO = 'statuswire.who';

/** How long before its expiry a token is renewed, in milliseconds. */
const AHEAD = 30_000;

/** No user is logged in; the page must ask the user to log in. */
export class LoggedOutError extends Error {
  override readonly name = 'LoggedOutError';
}

/**
 * The login of the page's user. The tokens are stored only for the tab: closing the tab logs the
 * user out of the page, but not of the issuer. A logout, or a login of another user, in any tab
 * ends the session in every tab. If the browser does not store site data, the login runs in another
 * window, because this page would lose the data of the login when the issuer redirects the browser
 * back.
 */
export class Login {
  readonly #environment: LoginEnvironment;
  readonly #issuer: Issuer;
  readonly #listeners = new Set<() => void>();
  #session: Session | null;
  /** The started login, if the browser does not store it. */
  #pending: Pending | null = null;
  #renewal: Promise<Session | null> | null = null;
  #problem: string | null = null;
  #isEnded = false;
  #issuerResponse: string | null = null;
  #isCompletedElsewhere = false;

  constructor(settings: LoginSettings, environment: LoginEnvironment) {
    this.#environment = environment;
    this.#issuer = new Issuer(settings, environment);
    this.#session = this.#stored<Session>(SESSION);
    environment.onBroadcast((message) => this.#onMessage(message));
    this.#endIfOtherUser();
    this.#watchExpiry();
  }

  /** Whether the page has a session. */
  get isIn(): boolean {
    return this.#session !== null;
  }

  /** Whether a session has ended since the page was opened. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /**
   * Whether another window has completed the login with the response that the issuer sent to this
   * window.
   */
  get isCompletedElsewhere(): boolean {
    return this.#isCompletedElsewhere;
  }

  /** Why the last login failed; null if it did not. */
  get problem(): string | null {
    return this.#problem;
  }

  /**
   * Calls the listener whenever one of the properties may have changed.
   *
   * @returns a function that removes the listener
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Completes the login if the issuer has just redirected the browser back. Never fails. */
  async resume(): Promise<void> {
    const { pathname, search } = this.#environment.location();
    const parameters = new URLSearchParams(search);
    if (!parameters.has('state') || !(parameters.has('code') || parameters.has('error'))) {
      return;
    }
    const pending = this.#stored<Pending>(PENDING);
    this.#environment.storage.removeItem(PENDING);
    this.#environment.replace(pathname + (pending?.hash ?? ''));
    if (pending === null) {
      this.#problem = 'This window did not start the login. Try again.';
      this.#issuerResponse = search;
      this.#environment.broadcast({ type: 'answer', search });
    } else {
      await this.#finish(search, pending);
    }
  }

  /**
   * Sends the browser to the issuer. Afterwards the browser returns to the page's current state.
   */
  async begin(): Promise<void> {
    try {
      const { url, pending } = await this.#issuer.authorization();
      if (this.#environment.storage.setItem(PENDING, JSON.stringify(pending))) {
        this.#environment.go(url);
        return;
      }
      this.#environment.storage.removeItem(PENDING);
      this.#pending = pending;
      if (!this.#environment.open(url)) {
        throw new Error(
          'The browser blocked the login window. Allow pop-ups for this page and try again.',
        );
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Returns a token for a call, renewed if it is about to expire.
   *
   * @throws {@link LoggedOutError} if there is no session that can continue without the user
   */
  async token(): Promise<string> {
    this.#endIfOtherUser();
    const session = this.#session;
    if (session === null) {
      throw new LoggedOutError('No user is logged in');
    }
    if (this.#environment.now() < session.expiresAt - AHEAD) {
      return session.accessToken;
    }
    try {
      const next = await this.#renewed(session);
      if (next !== null) {
        return next.accessToken;
      }
    } catch (error) {
      // The issuer is unreachable: use the token until it expires; the next call retries the renewal.
      if (this.#environment.now() >= session.expiresAt) {
        throw error;
      }
    }
    if (this.#session === session && this.#environment.now() < session.expiresAt) {
      return session.accessToken;
    }
    this.#forget(session);
    throw new LoggedOutError('The session has ended');
  }

  /**
   * Makes a call that has a token from {@link token}. If the server refuses the token, repeats the
   * call once with another one; a second refusal ends the session. Calls that are refused at the
   * same time renew the token only once.
   */
  async fetch(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const response = await this.#environment.fetch(url, init);
    const session = response.status === 401 ? await this.#other(headers) : null;
    if (session === null) {
      return response;
    }
    headers.set('Authorization', `Bearer ${session.accessToken}`);
    const second = await this.#environment.fetch(url, { ...init, headers });
    if (second.status === 401) {
      this.#forget(session);
    }
    return second;
  }

  /** Ends the session here, in other tabs, and at the issuer if possible. */
  async end(): Promise<void> {
    this.#environment.shared.setItem(WHO, '');
    this.#environment.broadcast({ type: 'out' });
    this.#forget(this.#session);
    const { origin, pathname } = this.#environment.location();
    const url = await this.#issuer.logout().catch(() => null);
    this.#environment.go(url ?? origin + pathname);
  }

  /**
   * Returns a session whose token is not the one that the server refused; null if there is none.
   */
  async #other(refused: Headers): Promise<Session | null> {
    const session = this.#session;
    if (session === null || refused.get('Authorization') !== `Bearer ${session.accessToken}`) {
      return session;
    }
    try {
      const next = await this.#renewed(session);
      if (next === null) {
        this.#forget(session);
      }
      return next;
    } catch (error) {
      console.debug('statuswire: could not renew the token; the next call will retry', error);
      return null;
    }
  }

  /** Returns the session that continues this one; null if the issuer refuses to continue it. */
  #renewed(session: Session): Promise<Session | null> {
    this.#renewal ??= this.#renew(session).finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #renew(session: Session): Promise<Session | null> {
    if (session.refreshToken === undefined) {
      return null;
    }
    try {
      const next = await this.#issuer.refreshed(session, session.refreshToken);
      if (this.#session !== session) {
        return null; // The session has ended in the meantime.
      }
      this.#keep(next);
      return next;
    } catch (error) {
      if (isRefusal(error)) {
        return null;
      }
      throw error;
    }
  }

  async #finish(search: string, pending: Pending): Promise<void> {
    const { origin, pathname } = this.#environment.location();
    try {
      const session = await this.#issuer.session(new URL(origin + pathname + search), pending);
      this.#environment.shared.setItem(WHO, session.who);
      this.#environment.broadcast({ type: 'in', who: session.who });
      this.#keep(session);
    } catch (error) {
      this.#fail(error);
    }
  }

  #onMessage(message: TabMessage): void {
    switch (message.type) {
      case 'in':
        if (this.#session?.who !== message.who) {
          this.#forget(this.#session);
        }
        break;
      case 'out':
        this.#forget(this.#session);
        break;
      case 'answer':
        this.#take(message.search);
        break;
      case 'taken':
        if (message.search === this.#issuerResponse) {
          this.#isCompletedElsewhere = true;
          this.#notify();
          this.#environment.close();
        }
        break;
    }
  }

  /**
   * Completes the login with a response that another window received, if this window started that
   * login.
   */
  #take(search: string): void {
    const pending = this.#pending;
    if (pending !== null && new URLSearchParams(search).get('state') === pending.state) {
      this.#pending = null;
      this.#environment.broadcast({ type: 'taken', search });
      void this.#finish(search, pending);
    }
  }

  /**
   * Ends the session if another user has logged in or this one has logged out: a suspended tab
   * misses messages.
   */
  #endIfOtherUser(): void {
    const last = this.#environment.shared.getItem(WHO);
    if (last !== null && this.#session !== null && last !== this.#session.who) {
      this.#forget(this.#session);
    }
  }

  #keep(session: Session): void {
    this.#session = session;
    this.#problem = null;
    this.#environment.storage.setItem(SESSION, JSON.stringify(session));
    this.#watchExpiry();
    this.#notify();
  }

  /**
   * Renews or ends the session when it expires, so that a page without calls does not show an
   * expired session.
   */
  #watchExpiry(): void {
    const session = this.#session;
    if (session !== null) {
      const left = Math.min(session.expiresAt - this.#environment.now(), LONGEST_TIMEOUT);
      this.#environment.setTimeout(() => {
        if (this.#session === session) {
          this.token().then(
            () => this.#session === session && this.#watchExpiry(),
            (error: unknown) => console.debug('statuswire: could not renew the session', error),
          );
        }
      }, left);
    }
  }

  /** Ends a session. Does nothing if another session has started since. */
  #forget(session: Session | null): void {
    if (session !== null && session === this.#session) {
      this.#session = null;
      this.#isEnded = true;
      this.#environment.storage.removeItem(SESSION);
      this.#notify();
    }
  }

  #fail(error: unknown): void {
    this.#problem = error instanceof Error ? error.message : String(error);
    this.#notify();
  }

  #notify(): void {
    this.#listeners.forEach((listener) => listener());
  }

  #stored<T>(key: string): T | null {
    try {
      return JSON.parse(this.#environment.storage.getItem(key) ?? 'null') as T | null;
    } catch {
      return null;
    }
  }
}
