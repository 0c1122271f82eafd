import type { Environment } from './environment.ts';
import { Pause } from './waiting.ts';

/** Milliseconds between two beats. */
const BEAT = 4_000;

/** Browsers wake a timer of a hidden tab once a minute; what is later still was a sleeping machine. */
const SLEPT_AFTER = 75_000;

/** Calls one function with every beat, and another when the machine seems to have slept. */
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
