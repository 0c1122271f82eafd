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
  readonly idToken?: string;
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
    const server = await this.#metadata();
    const pending = {
      state: oauth.generateRandomState(),
      nonce: oauth.generateRandomNonce(),
      verifier: oauth.generateRandomCodeVerifier(),
      hash: this.#environment.location().hash,
    };
    const url = new URL(required(server.authorization_endpoint, 'authorization_endpoint'));
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
    return this.#sessionOf(tokens, undefined);
  }

  /** A session that goes on where this one ends. */
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
    return this.#sessionOf(tokens, session);
  }

  /** Where to send the browser so that the issuer forgets it too; null where it has no such place. */
  async logout(session: Session | null): Promise<string | null> {
    const { end_session_endpoint: end } = await this.#metadata();
    if (end === undefined) {
      return null;
    }
    const url = new URL(end);
    url.searchParams.set('client_id', this.#settings.clientId);
    url.searchParams.set('post_logout_redirect_uri', this.#page());
    // What Cognito calls it; others pass over it.
    url.searchParams.set('logout_uri', this.#page());
    if (session?.idToken !== undefined) {
      url.searchParams.set('id_token_hint', session.idToken);
    }
    return url.href;
  }

  #sessionOf(tokens: oauth.TokenEndpointResponse, before: Session | undefined): Session {
    const seconds = tokens.expires_in ?? LIFETIME;
    const refreshToken = tokens.refresh_token ?? before?.refreshToken;
    const idToken = tokens.id_token ?? before?.idToken;
    return {
      accessToken: tokens.access_token,
      expiresAt: this.#environment.now() + seconds * 1_000,
      ...(refreshToken !== undefined && { refreshToken }),
      ...(idToken !== undefined && { idToken }),
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

  /** The page's address, which the issuer has to know: no query, no fragment. */
  #page(): string {
    const { origin, pathname } = this.#environment.location();
    return origin + pathname;
  }
}

/** Whether the issuer answered, and said no. */
export function isRefusal(error: unknown): boolean {
  return error instanceof oauth.ResponseBodyError;
}

function required(value: string | undefined, name: string): string {
  if (value === undefined) {
    throw new Error(`The issuer's discovery document has no ${name}`);
  }
  return value;
}
