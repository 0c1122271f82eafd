import type { Environment } from './environment.ts';
import { parseJson } from './json.ts';
import { ConnectionError, ProblemError, problemOf, retryAfterOf } from './problem.ts';
import type {
  CreatedLink,
  Link,
  LinkedStatusDocument,
  ListQuery,
  RequestPage,
  RequestType,
  StatusDocument,
} from './types.ts';

/** The secret of a link in a path, which no message may contain. */
const LINK_SECRET = /( \/links\/)[^/]+/;

/** How long a response may take, in milliseconds. */
const RESPONSE_TIMEOUT = 10_000;

/**
 * Returns the bearer token. The client calls it before every call to the server, so it can renew
 * the token.
 */
export type TokenSource = () => string | Promise<string>;

/** A ticket that opens the live socket once, within 30 s. */
export interface LiveTicket {
  /** The complete URL of the socket; it contains the ticket. */
  readonly url: string;
}

/** The response to a read of one status. */
export interface StatusResponse<D = StatusDocument> {
  /** Null if the document still has the ETag that was sent. */
  readonly document: D | null;
  /** Null if the response has none. */
  readonly etag: string | null;
}

/** The headers, and the body as JSON. The body is null if the response is a 204 or a 304. */
interface HttpResponse {
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * The HTTP calls, without retries. Each throws a {@link ProblemError} if the server refuses it, and
 * a {@link ConnectionError} if there is no response within 10 s or the client is closed. A token
 * that is not valid in a header is a TypeError.
 */
export class Http {
  readonly #base: string;
  readonly #environment: Environment;
  readonly #token: TokenSource | undefined;
  readonly #lifetime: AbortSignal;

  constructor(
    base: string,
    environment: Environment,
    token: TokenSource | undefined,
    lifetime: AbortSignal,
  ) {
    this.#base = base.replace(/\/+$/, '');
    this.#environment = environment;
    this.#token = token;
    this.#lifetime = lifetime;
  }

  /** @param content - the type, the input and the options, as JSON */
  submit(id: string, content: string): Promise<StatusDocument> {
    return this.#call('PUT', requestPath(id), content);
  }

  /** @param content - the step and the answer, as JSON */
  answer(id: string, content: string): Promise<StatusDocument> {
    return this.#call('POST', `${requestPath(id)}/answer`, content);
  }

  cancel(id: string): Promise<StatusDocument> {
    return this.#call('POST', `${requestPath(id)}/cancel`);
  }

  retry(id: string): Promise<StatusDocument> {
    return this.#call('POST', `${requestPath(id)}/retry`);
  }

  delete(id: string): Promise<void> {
    return this.#call('DELETE', requestPath(id));
  }

  /**
   * Reads one status.
   *
   * @param etag - the ETag of the document that the caller has
   */
  status(id: string, etag?: string): Promise<StatusResponse> {
    return this.#status(`/status/${encodeURIComponent(id)}`, etag);
  }

  list(query: ListQuery): Promise<RequestPage> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      const values = [value]
        .flat()
        .filter((one) => one !== undefined && one !== null && one !== '');
      if (values.length > 0) {
        parameters.set(name, values.join());
      }
    }
    const search = parameters.toString();
    return this.#call('GET', search === '' ? '/requests' : `/requests?${search}`);
  }

  types(): Promise<RequestType[]> {
    return this.#call('GET', '/types');
  }

  ticket(): Promise<LiveTicket> {
    return this.#ticket('/live/tickets');
  }

  /** @param content - the options, as JSON */
  createLink(id: string, content: string): Promise<CreatedLink> {
    return this.#call('POST', `${requestPath(id)}/links`, content);
  }

  links(id: string): Promise<{ readonly links: readonly Link[] }> {
    return this.#call('GET', `${requestPath(id)}/links`);
  }

  revokeLink(id: string, linkId: string): Promise<void> {
    return this.#call('DELETE', `${requestPath(id)}/links/${linkId}`);
  }

  /** Reads the status of the request of a link, as {@link status} does. */
  linkedStatus(secret: string, etag?: string): Promise<StatusResponse<LinkedStatusDocument>> {
    return this.#status(`/links/${secret}/status`, etag);
  }

  /** @param content - the step and the answer, as JSON */
  answerByLink(secret: string, content: string): Promise<LinkedStatusDocument> {
    return this.#call('POST', `/links/${secret}/answer`, content);
  }

  ticketByLink(secret: string): Promise<LiveTicket> {
    return this.#ticket(`/links/${secret}/tickets`);
  }

  async #status<D>(path: string, etag?: string): Promise<StatusResponse<D>> {
    const { headers, body } = await this.#response('GET', path, undefined, etag);
    return { document: body as D | null, etag: headers.get('ETag') };
  }

  /**
   * Gets a ticket. Its URL uses TLS if this page or the server's URL does: a browser refuses to
   * open `ws:` from an `https:` page, and without TLS the ticket would be sent in clear text.
   */
  async #ticket(path: string): Promise<LiveTicket> {
    const { url } = await this.#call<LiveTicket>('POST', path);
    const isSecure = [this.#base, globalThis.location?.protocol ?? ''].some((one) =>
      /^https:/i.test(one),
    );
    return { url: isSecure ? url.replace(/^ws:/i, 'wss:') : url };
  }

  async #call<T>(method: string, path: string, body?: string): Promise<T> {
    return (await this.#response(method, path, body)).body as T;
  }

  async #response(
    method: string,
    path: string,
    body?: string,
    etag?: string,
  ): Promise<HttpResponse> {
    const headers = await this.#headers(body !== undefined, etag);
    const limit = new AbortController();
    const stop = () => limit.abort();
    const timer = this.#environment.setTimeout(stop, RESPONSE_TIMEOUT);
    this.#lifetime.addEventListener('abort', stop);
    try {
      this.#lifetime.throwIfAborted();
      return await this.#fetch(path, {
        method,
        headers,
        signal: limit.signal,
        cache: 'no-store',
        ...(body !== undefined && { body }),
      });
    } catch (error) {
      throw error instanceof ProblemError ? error : this.#noResponse(`${method} ${path}`, error);
    } finally {
      this.#environment.clearTimeout(timer);
      this.#lifetime.removeEventListener('abort', stop);
    }
  }

  async #fetch(path: string, init: RequestInit): Promise<HttpResponse> {
    const response = await this.#environment.fetch(this.#base + path, init);
    if (response.status === 204 || response.status === 304) {
      return { headers: response.headers, body: null };
    }
    if (response.ok) {
      return { headers: response.headers, body: parseJson(await response.text()) };
    }
    const body = await response
      .text()
      .then(parseJson)
      .catch(() => null);
    const retryAfter = retryAfterOf(response.headers.get('Retry-After'), this.#environment.now());
    throw new ProblemError(problemOf(response.status, body), retryAfter);
  }

  async #headers(hasBody: boolean, etag: string | undefined): Promise<Record<string, string>> {
    return {
      Accept: 'application/json, application/problem+json',
      ...(hasBody && { 'Content-Type': 'application/json' }),
      ...(etag !== undefined && { 'If-None-Match': etag }),
      ...(this.#token !== undefined && {
        Authorization: `Bearer ${await this.#bearer(this.#token)}`,
      }),
    };
  }

  async #bearer(source: TokenSource): Promise<string> {
    let token: unknown;
    try {
      token = await source();
    } catch (cause) {
      throw new ConnectionError('Could not get an access token; nothing was sent', { cause });
    }
    if (typeof token !== 'string' || !/^[!-~]*$/.test(token)) {
      throw new TypeError('the access token must be ASCII without spaces');
    }
    return token;
  }

  #noResponse(call: string, cause: unknown): ConnectionError {
    const why = this.#lifetime.aborted
      ? 'The client is closed'
      : `The server did not respond${orRefused(this.#base)}`;
    return new ConnectionError(`${why}: ${call.replace(LINK_SECRET, '$1-')}`, { cause });
  }
}

/** A browser does not report to a page of another origin that the server refused it. */
function orRefused(base: string): string {
  const page = globalThis.location?.origin;
  // A sandboxed page has the origin "null", which is not a valid base URL.
  const foreign = page === 'null' || (page !== undefined && new URL(base, page).origin !== page);
  return foreign ? `, or does not allow pages of ${page}` : '';
}

function requestPath(id: string): string {
  return `/requests/${encodeURIComponent(id)}`;
}
