import type { Environment } from './environment.ts';
import { parseJson } from './json.ts';
import { ConnectionError, ProblemError, problemOf, retryAfterOf } from './problem.ts';
import type { ListQuery, RequestPage, RequestType, StatusDocument } from './types.ts';

/** How long an answer may take, in milliseconds. */
const ANSWER_WITHIN = 10_000;

/** Makes the value of a Bearer header; asked before every call, so that it can be renewed. */
export type TokenSource = () => string | Promise<string>;

/** What opens the live socket once within 30 s. */
export interface LiveTicket {
  /** The whole address of the socket; it contains the ticket. */
  readonly url: string;
}

/** The response to a read of one status. */
export interface StatusResponse {
  /** Null if the server still has the document that the ETag belongs to. */
  readonly document: StatusDocument | null;
  /** Null if the server gave none. */
  readonly etag: string | null;
}

/** The headers, and the body as JSON; null for a 304. */
interface HttpResponse {
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * The HTTP calls, one try each. Each throws a {@link ProblemError} where the server said no and a
 * {@link ConnectionError} where no answer came within 10 s, or where the lifetime is over. A token
 * that no header can hold is a TypeError.
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

  /** @param content - the type and the input, as JSON */
  submit(id: string, content: string): Promise<StatusDocument> {
    return this.#call('PUT', requestPath(id), content);
  }

  cancel(id: string): Promise<StatusDocument> {
    return this.#call('POST', `${requestPath(id)}/cancel`);
  }

  retry(id: string): Promise<StatusDocument> {
    return this.#call('POST', `${requestPath(id)}/retry`);
  }

  /**
   * Reads one status.
   *
   * @param etag - what the server gave with the document that the caller has
   */
  async status(id: string, etag?: string): Promise<StatusResponse> {
    const path = `/status/${encodeURIComponent(id)}`;
    const { headers, body } = await this.#response('GET', path, undefined, etag);
    return { document: body as StatusDocument | null, etag: headers.get('ETag') };
  }

  list(query: ListQuery): Promise<RequestPage> {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      const wanted = [value]
        .flat()
        .filter((one) => one !== undefined && one !== null && one !== '');
      if (wanted.length > 0) {
        parameters.set(name, wanted.join());
      }
    }
    const search = parameters.toString();
    return this.#call('GET', search === '' ? '/requests' : `/requests?${search}`);
  }

  types(): Promise<RequestType[]> {
    return this.#call('GET', '/types');
  }

  /**
   * Gets a ticket. Its URL has TLS if this page or the server's URL does: a browser refuses to open
   * `ws:` from an `https:` page, and elsewhere the ticket would be sent in clear text.
   */
  async ticket(): Promise<LiveTicket> {
    const { url } = await this.#call<LiveTicket>('POST', '/live/tickets');
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
    const timer = this.#environment.setTimeout(stop, ANSWER_WITHIN);
    this.#lifetime.addEventListener('abort', stop);
    try {
      this.#lifetime.throwIfAborted();
      return await this.#answer(path, {
        method,
        headers,
        signal: limit.signal,
        cache: 'no-store',
        ...(body !== undefined && { body }),
      });
    } catch (error) {
      throw error instanceof ProblemError ? error : this.#unanswered(`${method} ${path}`, error);
    } finally {
      this.#environment.clearTimeout(timer);
      this.#lifetime.removeEventListener('abort', stop);
    }
  }

  async #answer(path: string, init: RequestInit): Promise<HttpResponse> {
    const answer = await this.#environment.fetch(this.#base + path, init);
    if (answer.status === 304) {
      return { headers: answer.headers, body: null };
    }
    if (answer.ok) {
      return { headers: answer.headers, body: parseJson(await answer.text()) };
    }
    const told = await answer
      .text()
      .then(parseJson)
      .catch(() => null);
    const retryAfter = retryAfterOf(answer.headers.get('Retry-After'), this.#environment.now());
    throw new ProblemError(problemOf(answer.status, told), retryAfter);
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

  #unanswered(call: string, cause: unknown): ConnectionError {
    const why = this.#lifetime.aborted
      ? 'The client is closed'
      : `The server did not answer${orRefused(this.#base)}`;
    return new ConnectionError(`${why}: ${call}`, { cause });
  }
}

/** A browser does not tell a page of another origin that it was refused. */
function orRefused(base: string): string {
  const page = globalThis.location?.origin;
  // A page in a sandbox has the origin "null", which no URL can be resolved against.
  const foreign = page === 'null' || (page !== undefined && new URL(base, page).origin !== page);
  return foreign ? `, or does not allow pages of ${page}` : '';
}

function requestPath(id: string): string {
  return `/requests/${encodeURIComponent(id)}`;
}
