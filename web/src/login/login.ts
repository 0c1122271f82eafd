import type { LoginEnvironment, TabMessage } from './environment.ts';
import { isRefusal, Issuer, type LoginSettings, type Pending, type Session } from './issuer.ts';

const PENDING = 'statuswire.login';
const SESSION = 'statuswire.session';

/** Who logged in last in any tab; empty after a logout. */
const WHO = 'statuswire.who';

/** How long before its end a token is renewed, in milliseconds. */
const AHEAD = 30_000;

/** What a timer can wait, in milliseconds. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** Nobody is logged in: the page has to ask for it. */
export class LoggedOutError extends Error {
  override readonly name = 'LoggedOutError';
}

/**
 * Who uses the page. The tokens are kept for the tab only: closing the tab logs out of the page,
 * but not of the issuer. A logout, or a login of another person, in any tab ends the session in
 * every tab. If the browser keeps no site data, the issuer is asked in another window, since
 * nothing would be left of what was asked when the browser comes back.
 */
export class Login {
  readonly #environment: LoginEnvironment;
  readonly #issuer: Issuer;
  readonly #listeners = new Set<() => void>();
  #session: Session | null;
  /** What is remembered here because the browser does not keep it. */
  #pending: Pending | null = null;
  #renewal: Promise<Session | null> | null = null;
  #problem: string | null = null;
  #isEnded = false;
  #answer: string | null = null;
  #isPassedOn = false;

  constructor(settings: LoginSettings, environment: LoginEnvironment) {
    this.#environment = environment;
    this.#issuer = new Issuer(settings, environment);
    this.#session = this.#stored<Session>(SESSION);
    environment.onTold((message) => this.#told(message));
    this.#forgetUnlessLast();
    this.#lookAtItsEnd();
  }

  /** Whether there is a session, as far as the page knows. */
  get isIn(): boolean {
    return this.#session !== null;
  }

  /** Whether a session has ended since the page was opened. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Whether another window has logged in by what the issuer sent to this one. */
  get isPassedOn(): boolean {
    return this.#isPassedOn;
  }

  /** Why the last attempt to log in failed; null if it did not. */
  get problem(): string | null {
    return this.#problem;
  }

  /**
   * Calls the listener whenever one of the properties may have changed.
   *
   * @returns a function that ends it
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes what the issuer sent the browser back with, if it did. Never fails. */
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
      this.#problem = 'Nothing is known here of the attempt. Please try again.';
      this.#answer = search;
      this.#environment.tell({ type: 'answer', search });
    } else {
      await this.#finish(search, pending);
    }
  }

  /** Leaves for the issuer; the browser comes back to what the page shows now. */
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
        throw new Error('The browser blocked the window to log in. Allow pop-ups for this page.');
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * Returns a token for a call, renewed if its end is near.
   *
   * @throws {@link LoggedOutError} if there is none and none can be had without asking
   */
  async token(): Promise<string> {
    this.#forgetUnlessLast();
    const session = this.#session;
    if (session === null) {
      throw new LoggedOutError('Nobody is logged in');
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
      // The issuer cannot be reached: the token does until its end, and the next call tries again.
      if (this.#environment.now() >= session.expiresAt) {
        throw error;
      }
    }
    if (this.#session === session && this.#environment.now() < session.expiresAt) {
      return session.accessToken;
    }
    this.#forget(session);
    throw new LoggedOutError('The login has ended');
  }

  /**
   * Makes a call that has a token of {@link token}. If the server refuses the token, the call is
   * made once more with another one, and a second refusal ends the session. Calls that are refused
   * together renew the token once.
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

  /** Ends the session here, in other tabs, and at the issuer if it can; nothing stays on the page. */
  async end(): Promise<void> {
    this.#environment.shared.setItem(WHO, '');
    this.#environment.tell({ type: 'out' });
    this.#forget(this.#session);
    const { origin, pathname } = this.#environment.location();
    const url = await this.#issuer.logout().catch(() => null);
    this.#environment.go(url ?? origin + pathname);
  }

  /** A session whose token is another one than the server refused; null if there is none. */
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
      console.debug('statuswire: the issuer does not answer; the next call tries again', error);
      return null;
    }
  }

  /** The session that continues this one; null if the issuer does not continue it. */
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
        return null; // It ended meanwhile, and stays so.
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
      this.#environment.tell({ type: 'in', who: session.who });
      this.#keep(session);
    } catch (error) {
      this.#fail(error);
    }
  }

  #told(message: TabMessage): void {
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
        if (message.search === this.#answer) {
          this.#isPassedOn = true;
          this.#tell();
          this.#environment.close();
        }
        break;
    }
  }

  /** Another window was sent back with this: it may be what this one asked for. */
  #take(search: string): void {
    const pending = this.#pending;
    if (pending !== null && new URLSearchParams(search).get('state') === pending.state) {
      this.#pending = null;
      this.#environment.tell({ type: 'taken', search });
      void this.#finish(search, pending);
    }
  }

  /** A tab that slept may have missed that another person logged in, or that this one logged out. */
  #forgetUnlessLast(): void {
    const last = this.#environment.shared.getItem(WHO);
    if (last !== null && this.#session !== null && last !== this.#session.who) {
      this.#forget(this.#session);
    }
  }

  #keep(session: Session): void {
    this.#session = session;
    this.#problem = null;
    this.#environment.storage.setItem(SESSION, JSON.stringify(session));
    this.#lookAtItsEnd();
    this.#tell();
  }

  /** A page that makes no call must not show an expired session. */
  #lookAtItsEnd(): void {
    const session = this.#session;
    if (session !== null) {
      const left = Math.min(session.expiresAt - this.#environment.now(), LONGEST_TIMEOUT);
      this.#environment.setTimeout(() => {
        if (this.#session === session) {
          this.token().then(
            () => this.#session === session && this.#lookAtItsEnd(),
            (error: unknown) => console.debug('statuswire: no session any more, or not yet', error),
          );
        }
      }, left);
    }
  }

  /** Does nothing if another session has started since. */
  #forget(session: Session | null): void {
    if (session !== null && session === this.#session) {
      this.#session = null;
      this.#isEnded = true;
      this.#environment.storage.removeItem(SESSION);
      this.#tell();
    }
  }

  #fail(error: unknown): void {
    this.#problem = error instanceof Error ? error.message : String(error);
    this.#tell();
  }

  #tell(): void {
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
