import type { Environment } from './environment.ts';
import { Pause } from './waiting.ts';

/** Time between two beats, in milliseconds. */
const BEAT = 4_000;

/**
 * Browsers run a hidden tab's timers once a minute. If a beat is later still, the machine has
 * slept.
 */
const SLEPT_AFTER = 75_000;

/** Calls `onBeat` with every beat, and `onWake` if the machine seems to have slept. */
export async function heartbeat(
  environment: Environment,
  signal: AbortSignal,
  onBeat: () => void,
  onWake: () => void,
): Promise<void> {
  const pause = new Pause(environment);
  while (!signal.aborted) {
    const started = environment.now();
    await pause.wait(BEAT, signal);
    if (signal.aborted) {
      return;
    }
    if (environment.now() - started > BEAT + SLEPT_AFTER) {
      onWake();
    }
    onBeat();
  }
}
