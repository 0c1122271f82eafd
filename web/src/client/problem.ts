/** One error in an input: its location as a JSON Pointer (RFC 6901), and a description. */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** The body of an `application/problem+json` response, RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly FieldProblem[];
}

/** The server refused a call, or failed to handle it: a response with a status of 400 or above. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** The `Retry-After` of the response, in milliseconds; null if it has none. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status. */
  get status(): number {
    return this.problem.status;
  }

  /** The errors in the input; empty if the problem is not about the input. */
  get errors(): readonly FieldProblem[] {
    return this.problem.errors ?? [];
  }
}

/**
 * There was no response, or no readable one. The server may or may not have carried out the call.
 */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/**
 * Returns the problem that a response with status 400 or above describes; its body may be anything.
 */
export function problemOf(status: number, body: unknown): Problem {
  const parts = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  const title = typeof parts.title === 'string' ? parts.title : `The server responded ${status}`;
  return {
    type: typeof parts.type === 'string' ? parts.type : 'about:blank',
    title,
    status,
    ...(typeof parts.detail === 'string' && { detail: parts.detail }),
    ...(typeof parts.instance === 'string' && { instance: parts.instance }),
    ...(Array.isArray(parts.errors) && { errors: parts.errors.filter(isFieldProblem) }),
  };
}

function isFieldProblem(value: unknown): value is FieldProblem {
  const { pointer, detail } = (value ?? {}) as Partial<FieldProblem>;
  return typeof pointer === 'string' && typeof detail === 'string';
}

/** The longest `Retry-After` that the client respects, in milliseconds. */
const LONGEST_RETRY_AFTER = 60_000;

/** Returns the capped `Retry-After` of a failed call, in milliseconds; 0 if there is none. */
export function retryAfterIn(error: unknown): number {
  return cappedRetryAfter(error instanceof ProblemError ? error.retryAfter : null);
}

/**
 * Returns a `Retry-After`, capped to what the client respects, in milliseconds; 0 if there is none.
 */
export function cappedRetryAfter(retryAfter: number | null): number {
  return Math.min(retryAfter ?? 0, LONGEST_RETRY_AFTER);
}

/** Returns whether the same call may succeed later: there was no response, or a temporary error. */
export function isTransient(error: unknown): boolean {
  return error instanceof ProblemError
    ? error.status >= 500 || error.status === 408 || error.status === 429
    : error instanceof ConnectionError;
}

/**
 * The three date formats of HTTP, RFC 9110 section 5.6.7. All are in UTC; the last does not contain
 * `GMT`.
 */
const HTTP_DATE =
  /^(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?(, \d\d[ -][A-Z][a-z]{2}[ -](\d\d){1,2} \d\d:\d\d:\d\d GMT| [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})$/;

/**
 * Converts a `Retry-After`, in seconds or as a date (RFC 9110 section 10.2.3), to milliseconds.
 * Returns null if there is none or it is neither.
 */
export function retryAfterOf(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) {
    return Number(text) * 1000;
  }
  const date = HTTP_DATE.test(text) ? Date.parse(text.replace(/( GMT)?$/, ' GMT')) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
