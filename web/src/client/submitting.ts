import type { Environment } from './environment.ts';
import { ConnectionError, ProblemError } from './problem.ts';
import { fullJitter, Pause } from './waiting.ts';

/**
 * How long after the first try the client may retry, in milliseconds: without a response, and after
 * a temporary error.
 */
const RETRY_WITHOUT_RESPONSE = 20_000;
const RETRY_TEMPORARY_ERROR = 60_000;

/** The shortest time between two tries, in milliseconds. */
const SHORTEST = 250;

/**
 * Statuses of temporary errors of the server, a gateway or a limit: the same call may succeed
 * later.
 */
const TEMPORARY = new Set([408, 429, 502, 503, 504]);

/**
 * Calls an idempotent function, and retries if there is no response or a temporary error. Before
 * each retry, waits for the time in `Retry-After` plus a backoff. Throws the error of the last try.
 */
export async function withRetries<T>(
  call: () => Promise<T>,
  environment: Environment,
  lifetime: AbortSignal,
): Promise<T> {
  const started = environment.now();
  for (let failures = 0; ; failures++) {
    try {
      return await call();
    } catch (error) {
      const wait = waitBefore(error, failures, environment.random());
      const limit =
        error instanceof ConnectionError ? RETRY_WITHOUT_RESPONSE : RETRY_TEMPORARY_ERROR;
      const late = environment.now() - started + wait > limit;
      if (!mayRepeat(error) || late || lifetime.aborted) {
        throw error;
      }
      await new Pause(environment).wait(wait, lifetime);
    }
  }
}

function mayRepeat(error: unknown): boolean {
  return (
    error instanceof ConnectionError ||
    (error instanceof ProblemError && TEMPORARY.has(error.status))
  );
}

function waitBefore(error: unknown, failures: number, random: number): number {
  const retryAfter = error instanceof ProblemError ? error.retryAfter : null;
  return (retryAfter ?? 0) + Math.max(SHORTEST, fullJitter(failures, 500, 8_000, random));
}
