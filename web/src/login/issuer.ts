import * as oauth from 'oauth4webapi';
import type { LoginEnvironment } from './environment.ts';

/** What `GET /identity` says of where to log in. */
export interface LoginSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/** What the issuer gave. Times are epoch milliseconds. */
export interface Session {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshToken?: string;
  /** A text that only this person has, made from the subject of the ID token. */
  readonly who: string;
}

/** What has to be remembered from the way to the issuer until the way back. */
export interface Pending {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** The fragment that the page had. */
  readonly hash: string;
}

/** How long a token is good where the issuer does not say, in seconds. */
const LIFETIME = 300;

/**
 * An OpenID Connect issuer: authorization code flow with PKCE, as a public client.
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

  /** Where to send the browser, and what to remember meanwhile. */
  async authorization(): Promise<{ url: string; pending: Pending }> {
    if (globalThis.crypto.subtle === undefined) {
      throw new Error('This page must be opened over https to log in.');
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

  /** Makes a session of what the issuer sent the browser back with. */
  async session(answer: URL, pending: Pending): Promise<Session> {
    const server = await this.#metadata();
    const parameters = oauth.validateAuthResponse(server, this.#client, answer, pending.state);
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
   * Returns a session that continues this one.
   *
   * @throws an error for which {@link isRefusal} is true if the issuer does not continue it
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
      throw new AnotherPersonError('The issuer renewed the login of another person');
    }
    // An issuer that gives no new refresh token leaves the old one valid.
    return { refreshToken, ...this.#sessionOf(tokens, session.who) };
  }

  /**
   * Returns where to send the browser to end the session at the issuer; null if the issuer has no
   * such URL. The URL has no token: it would stay in histories and logs. The issuer knows the
   * session by its cookie, and the page by `client_id`.
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
    // Cognito's name for it; other issuers ignore it.
    url.searchParams.set('logout_uri', this.#page());
    return url.href;
  }

  /** The ID token has served its purpose: it is neither kept nor sent anywhere. */
  #sessionOf(tokens: oauth.TokenEndpointResponse, who: string): Session {
    const { access_token, refresh_token, expires_in = LIFETIME } = tokens;
    return {
      accessToken: access_token,
      expiresAt: this.#environment.now() + expires_in * 1_000,
      ...(refresh_token !== undefined && { refreshToken: refresh_token }),
      who,
    };
  }

  /** The discovery document; asked for again where it could not be had. */
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

  /** The server takes an issuer without TLS only on its own machine, and so does the page. */
  #options() {
    return {
      [oauth.customFetch]: (url: string, init: object) => this.#environment.fetch(url, init),
      [oauth.allowInsecureRequests]: this.#settings.issuer.startsWith('http:'),
    };
  }

  /** An address that the browser may be sent to: one over TLS, unless the issuer itself has none. */
  #address(endpoint: string): URL {
    const url = new URL(endpoint);
    if (url.protocol !== 'https:' && url.protocol !== new URL(this.#settings.issuer).protocol) {
      throw new Error(`The issuer names an address that is not safe: ${endpoint}`);
    }
    return url;
  }

  /** The page's address, which the issuer has to know: no query, no fragment. */
  #page(): string {
    const { origin, pathname } = this.#environment.location();
    return origin + pathname;
  }
}

class AnotherPersonError extends Error {
  override readonly name = 'AnotherPersonError';
}

/** Whether the issuer answered, and the session cannot continue. */
export function isRefusal(error: unknown): boolean {
  return error instanceof oauth.ResponseBodyError || error instanceof AnotherPersonError;
}

/** A digest, since all tabs keep it: a subject may be a name. */
async function whoOf(tokens: oauth.TokenEndpointResponse): Promise<string> {
  const { iss, sub } = oauth.getValidatedIdTokenClaims(tokens) ?? {};
  return oauth.calculatePKCECodeChallenge(`${required(iss, 'iss')} ${required(sub, 'sub')}`);
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) {
    throw new Error(`The issuer gave no ${name}`);
  }
  return value;
}
