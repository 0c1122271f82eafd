import * as oauth from 'oauth4webapi';
import type { LoginEnvironment } from './environment.ts';

/** The login settings that `GET /identity` returns. */
export interface LoginSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/** A session of a user, from the issuer's tokens. Times are in epoch milliseconds. */
export interface Session {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshToken?: string;
  /** A text that identifies the user, derived from the subject of the ID token. */
  readonly who: string;
}

/** The data of a login that has started, needed when the issuer redirects the browser back. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The fragment of the page's URL. */
  readonly hash: string;
}

/** The assumed lifetime of a token if the issuer does not specify it, in seconds. */
const LIFETIME = 300;

/**
 * A client of an OpenID Connect issuer: authorization code flow with PKCE, as a public client.
 *
 * @see RFC 9700, OAuth 2.0 Security Best Current Practice
 */
export class Issuer {
  readonly #settings: LoginSettings;
  readonly #environment: LoginEnvironment;
  readonly #client: oauth.Client;
  #server: Promise<oauth.AuthorizationServer> | null = null;

  constructor(settings: LoginSettings, environment: LoginEnvironment) {
    this.#settings = settings;
    this.#environment = environment;
    this.#client = { client_id: settings.clientId, [oauth.clockTolerance]: 60 };
  }

  /** Returns the URL to send the browser to, and the data to store until it returns. */
  async authorization(): Promise<{ url: string; pending: Pending }> {
    if (globalThis.crypto.subtle === undefined) {
      throw new Error('Login requires HTTPS. Open this page with an https URL.');
    }
    const server = await this.#metadata();
    const pending = {
      state: oauth.generateRandomState(),
      nonce: oauth.generateRandomNonce(),
      verifier: oauth.generateRandomCodeVerifier(),
      hash: this.#environment.location().hash,
    };
    const url = this.#address(required(server.authorization_endpoint, 'authorization_endpoint'));
    const parameters = {
      client_id: this.#settings.clientId,
      redirect_uri: this.#page(),
      response_type: 'code',
      scope: this.#settings.scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(parameters)) {
      url.searchParams.set(name, value);
    }
    return { url: url.href, pending };
  }

  /** Creates a session from the URL to which the issuer redirected the browser. */
  async session(redirect: URL, pending: Pending): Promise<Session> {
    const server = await this.#metadata();
    const parameters = oauth.validateAuthResponse(server, this.#client, redirect, pending.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      this.#client,
      oauth.None(),
      parameters,
      this.#page(),
      pending.verifier,
      this.#options(),
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, this.#client, response, {
      expectedNonce: pending.nonce,
      requireIdToken: true,
    });
    return this.#sessionOf(tokens, await whoOf(tokens));
  }

  /**
   * Returns a session that continues this one, with new tokens.
   *
   * @throws an error for which {@link isRefusal} is true if the issuer refuses to continue the
   *   session
   */
  async refreshed(session: Session, refreshToken: string): Promise<Session> {
    const server = await this.#metadata();
    const response = await oauth.refreshTokenGrantRequest(
      server,
      this.#client,
      oauth.None(),
      refreshToken,
      this.#options(),
    );
    const tokens = await oauth.processRefreshTokenResponse(server, this.#client, response);
    if (tokens.id_token !== undefined && (await whoOf(tokens)) !== session.who) {
      throw new AnotherUserError('The issuer refreshed the session of another user');
    }
    // If the issuer returns no new refresh token, the old one remains valid.
    return { refreshToken, ...this.#sessionOf(tokens, session.who) };
  }

  /**
   * Returns the URL that ends the session at the issuer; null if the issuer has none. The URL
   * contains no token, because a token would remain in histories and logs. The issuer identifies
   * the session by its cookie, and the page by `client_id`.
   *
   * @see OpenID Connect RP-Initiated Logout 1.0, section 2
   */
  async logout(): Promise<string | null> {
    const { end_session_endpoint: end } = await this.#metadata();
    if (end === undefined) {
      return null;
    }
    const url = this.#address(end);
    url.searchParams.set('client_id', this.#settings.clientId);
    url.searchParams.set('post_logout_redirect_uri', this.#page());
    // The name of this parameter at Cognito; other issuers ignore it.
    url.searchParams.set('logout_uri', this.#page());
    return url.href;
  }

  /** Creates a session. The ID token is no longer needed, so it is neither stored nor sent. */
  #sessionOf(tokens: oauth.TokenEndpointResponse, who: string): Session {
    const { access_token, refresh_token, expires_in = LIFETIME } = tokens;
    return {
      accessToken: access_token,
      expiresAt: this.#environment.now() + expires_in * 1_000,
      ...(refresh_token !== undefined && { refreshToken: refresh_token }),
      who,
    };
  }

  /** Returns the discovery document, which is fetched once; a failure is not cached. */
  #metadata(): Promise<oauth.AuthorizationServer> {
    this.#server ??= this.#discover().catch((error: unknown) => {
      this.#server = null;
      throw error;
    });
    return this.#server;
  }

  async #discover(): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(this.#settings.issuer);
    const response = await oauth.discoveryRequest(issuer, this.#options());
    return oauth.processDiscoveryResponse(issuer, response);
  }

  /**
   * Returns the options of the calls. The server accepts an issuer without TLS only on its own
   * machine.
   */
  #options() {
    return {
      [oauth.customFetch]: (url: string, init: object) => this.#environment.fetch(url, init),
      [oauth.allowInsecureRequests]: this.#settings.issuer.startsWith('http:'),
    };
  }

  /**
   * Checks a URL to which the browser will be sent: it must use TLS, unless the issuer itself does
   * not.
   */
  #address(endpoint: string): URL {
    const url = new URL(endpoint);
    if (url.protocol !== 'https:' && url.protocol !== new URL(this.#settings.issuer).protocol) {
      throw new Error(`The issuer specifies an insecure URL: ${endpoint}`);
    }
    return url;
  }

  /** Returns the page's URL as registered at the issuer, without query and fragment. */
  #page(): string {
    const { origin, pathname } = this.#environment.location();
    return origin + pathname;
  }
}

class AnotherUserError extends Error {
  override readonly name = 'AnotherUserError';
}

/** Returns whether the issuer responded and the session cannot continue. */
export function isRefusal(error: unknown): boolean {
  return error instanceof oauth.ResponseBodyError || error instanceof AnotherUserError;
}

/**
 * Returns a digest of the user's identity. It is a digest because all tabs store it, and a subject
 * may be a name.
 */
async function whoOf(tokens: oauth.TokenEndpointResponse): Promise<string> {
  const { iss, sub } = oauth.getValidatedIdTokenClaims(tokens) ?? {};
  return oauth.calculatePKCECodeChallenge(`${required(iss, 'iss')} ${required(sub, 'sub')}`);
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) {
    throw new Error(`The issuer's response has no ${name}`);
  }
  return value;
}
