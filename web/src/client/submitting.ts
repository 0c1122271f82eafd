import type { Environment } from './environment.ts';
import { ConnectionError, ProblemError } from './problem.ts';
import { fullJitter, Pause } from './waiting.ts';

/** How long after the first try another may start, in milliseconds: without an answer, and with one. */
const WITHOUT_ANSWER = 20_000;
const NOT_NOW_FOR = 60_000;

/** The shortest time between two tries, in milliseconds. */
const SHORTEST = 250;

/** "Not now" of the server, of a gateway before it, or of a limit: the same call may succeed. */
const NOT_NOW = new Set([408, 429, 502, 503, 504]);

/**
 * Repeats an idempotent call while its answer is lost or "not now", waiting as long as a
 * `Retry-After` says, else with backoff. Throws what the last try threw.
 */
export async function untilAnswered<T>(
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
      const limit = error instanceof ConnectionError ? WITHOUT_ANSWER : NOT_NOW_FOR;
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
    error instanceof ConnectionError || (error instanceof ProblemError && NOT_NOW.has(error.status))
  );
}

function waitBefore(error: unknown, failures: number, random: number): number {
  const asked = error instanceof ProblemError ? error.retryAfter : null;
  return (asked ?? 0) + Math.max(SHORTEST, fullJitter(failures, 500, 8_000, random));
}
