/** One fault of an input: where it is, as a JSON Pointer (RFC 6901), and what it is. */
export interface FieldProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** The body of an `application/problem+json` answer, RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly FieldProblem[];
}

/** The server answered, and said no. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** How long the server asks to wait before another try, in milliseconds; null if it does not say. */
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

  /** The faults of the input; empty where the problem is another. */
  get errors(): readonly FieldProblem[] {
    return this.problem.errors ?? [];
  }
}

/** No answer came, or none that makes sense: whether the call was carried out is unknown. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** The problem that an answer of status 400 or above tells of, whatever its body is. */
export function problemOf(status: number, body: unknown): Problem {
  const told = typeof body === 'object' && body !== null ? (body as Partial<Problem>) : {};
  const title = typeof told.title === 'string' ? told.title : `The server answered ${status}`;
  return {
    type: typeof told.type === 'string' ? told.type : 'about:blank',
    title,
    status,
    ...(typeof told.detail === 'string' && { detail: told.detail }),
    ...(typeof told.instance === 'string' && { instance: told.instance }),
    ...(Array.isArray(told.errors) && { errors: told.errors.filter(isFieldProblem) }),
  };
}

function isFieldProblem(value: unknown): value is FieldProblem {
  const { pointer, detail } = (value ?? {}) as Partial<FieldProblem>;
  return typeof pointer === 'string' && typeof detail === 'string';
}

/** The client waits no longer than this because of a `Retry-After`, in milliseconds. */
const LONGEST_RETRY_AFTER = 60_000;

/** Returns how long the client waits because the answer to a call asks for it, in milliseconds. */
export function waitAskedBy(error: unknown): number {
  return mostWaited(error instanceof ProblemError ? error.retryAfter : null);
}

/** Returns how long the client waits of the time that a `Retry-After` asks for, in milliseconds. */
export function mostWaited(asked: number | null): number {
  return Math.min(asked ?? 0, LONGEST_RETRY_AFTER);
}

/** Whether the same call may succeed later: no answer came, or one that says "not now". */
export function isTransient(error: unknown): boolean {
  return error instanceof ProblemError
    ? error.status >= 500 || error.status === 408 || error.status === 429
    : error instanceof ConnectionError;
}

/** The three forms of a date in HTTP, RFC 9110 section 5.6.7; all are in UTC, the last without saying so. */
const HTTP_DATE =
  /^(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?(, \d\d[ -][A-Z][a-z]{2}[ -](\d\d){1,2} \d\d:\d\d:\d\d GMT| [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})$/;

/**
 * Returns the milliseconds that a `Retry-After` asks for: seconds or a date, RFC 9110 section 10.2.3.
 * Null if there is none, or it is neither.
 */
export function retryAfterOf(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) {
    return Number(text) * 1000;
  }
  const date = HTTP_DATE.test(text) ? Date.parse(text.replace(/( GMT)?$/, ' GMT')) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
