import type { LoginEnvironment } from './environment.ts';
import { isRefusal, Issuer, type LoginSettings, type Pending, type Session } from './issuer.ts';

const PENDING = 'statuswire.login';
const SESSION = 'statuswire.session';

/** How long before its end a token is renewed, in milliseconds. */
const AHEAD = 30_000;

/** Nobody is logged in: the page has to ask for it. */
export class LoggedOutError extends Error {
  override readonly name = 'LoggedOutError';
}

/**
 * Who uses the page. The tokens are kept for the tab only; whoever closes it has logged out of the
 * page, though not of the issuer.
 */
export class Login {
  readonly #environment: LoginEnvironment;
  readonly #issuer: Issuer;
  readonly #listeners = new Set<() => void>();
  #session: Session | null;
  #renewal: Promise<string> | null = null;
  #problem: string | null = null;

  constructor(settings: LoginSettings, environment: LoginEnvironment) {
    this.#environment = environment;
    this.#issuer = new Issuer(settings, environment);
    this.#session = this.#stored<Session>(SESSION);
  }

  /** Whether there is a session, as far as the page knows. */
  get isIn(): boolean {
    return this.#session !== null;
  }

  /** Why the last try to log in failed; null where it did not. */
  get problem(): string | null {
    return this.#problem;
  }

  /**
   * Calls the listener whenever {@link isIn} or {@link problem} may have changed.
   *
   * @returns a function that ends it
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes what the issuer sent the browser back with, where it did. Never fails. */
  async resume(): Promise<void> {
    const { origin, pathname, search } = this.#environment.location();
    const parameters = new URLSearchParams(search);
    if (!parameters.has('state') || !(parameters.has('code') || parameters.has('error'))) {
      return;
    }
    const pending = this.#stored<Pending>(PENDING);
    this.#environment.storage.removeItem(PENDING);
    this.#environment.replace(pathname + (pending?.hash ?? ''));
    if (pending === null) {
      return;
    }
    try {
      this.#keep(await this.#issuer.session(new URL(origin + pathname + search), pending));
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Leaves for the issuer; the browser comes back to what the page shows now. */
  async begin(): Promise<void> {
    try {
      const { url, pending } = await this.#issuer.authorization();
      this.#environment.storage.setItem(PENDING, JSON.stringify(pending));
      this.#environment.go(url);
    } catch (error) {
      this.#fail(error);
    }
  }

  /**
   * A token for a call, renewed where its end is near.
   *
   * @throws {@link LoggedOutError} where there is none and none can be had without asking
   */
  async token(): Promise<string> {
    const session = this.#session;
    if (session === null) {
      throw new LoggedOutError('Nobody is logged in');
    }
    if (this.#environment.now() < session.expiresAt - AHEAD) {
      return session.accessToken;
    }
    this.#renewal ??= this.#renewed(session).finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  /** The server did not take the token. */
  refused(): void {
    this.#forget();
  }

  /** Ends the session here, and at the issuer where that can be done; nothing stays on the page. */
  async end(): Promise<void> {
    const session = this.#session;
    this.#forget();
    const { origin, pathname } = this.#environment.location();
    const url = await this.#issuer.logout(session).catch(() => null);
    this.#environment.go(url ?? origin + pathname);
  }

  async #renewed(session: Session): Promise<string> {
    if (session.refreshToken !== undefined) {
      try {
        const next = await this.#issuer.refreshed(session, session.refreshToken);
        this.#keep(next);
        return next.accessToken;
      } catch (error) {
        if (!isRefusal(error)) {
          return this.#asLongAsItLasts(session, error);
        }
      }
    }
    if (this.#environment.now() < session.expiresAt) {
      return session.accessToken;
    }
    this.#forget();
    throw new LoggedOutError('The login has ended');
  }

  /** The issuer is away: the token does until its end, and the next call tries again. */
  #asLongAsItLasts(session: Session, error: unknown): string {
    if (this.#environment.now() < session.expiresAt) {
      return session.accessToken;
    }
    throw error;
  }

  #keep(session: Session): void {
    this.#session = session;
    this.#problem = null;
    this.#environment.storage.setItem(SESSION, JSON.stringify(session));
    this.#tell();
  }

  #forget(): void {
    this.#session = null;
    this.#environment.storage.removeItem(SESSION);
    this.#tell();
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
