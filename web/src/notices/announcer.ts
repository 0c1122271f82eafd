import type { RequestType } from '../client/index.ts';
import { isInProgress } from '../shared/statuses.ts';
import { isUndoFailed, isUndoing, undoWords } from '../shared/undo.ts';
import { endOfWait, isForYou } from '../shared/waits.ts';
import { statusInSentence, titleOf } from '../shared/words.ts';
import type { Transition } from './transitions.ts';

/**
 * The time between two announcements, in milliseconds, so that a screen reader can finish each of
 * them.
 */
const APART = 4_000;

/** The output and the timers of an announcer. */
export interface Voice {
  say(text: string): void;
  setTimeout(action: () => void, millis: number): unknown;
}

/**
 * Announces the status changes of requests to screen readers: a single one with its title, several
 * as counts, and never faster than a screen reader can read them.
 */
export class Announcer {
  readonly #voice: Voice;
  readonly #latest = new Map<string, Transition>();
  #waits = false;

  constructor(voice: Voice) {
    this.#voice = voice;
  }

  /**
   * Announces transitions, at once or after the current announcement.
   *
   * @param types - for the titles of requests
   */
  announce(transitions: readonly Transition[], types: readonly RequestType[]): void {
    transitions.forEach((one) => this.#latest.set(one.request.id, one));
    if (!this.#waits) {
      this.#say(types);
    }
  }

  #say(types: readonly RequestType[]): void {
    this.#waits = this.#latest.size > 0;
    if (this.#waits) {
      this.#voice.say(announcement([...this.#latest.values()], types));
      this.#latest.clear();
      this.#voice.setTimeout(() => this.#say(types), APART);
    }
  }
}

/** Returns the text of an announcement: `Place an order: succeeded`, or `3 succeeded, 1 failed`. */
export function announcement(
  transitions: readonly Transition[],
  types: readonly RequestType[],
): string {
  const [first] = transitions;
  if (transitions.length === 1 && first !== undefined) {
    return `${titleOf(first.request.type, types)}: ${happened(first)}`;
  }
  const counts = new Map<string, number>();
  transitions.map(happened).forEach((words) => counts.set(words, (counts.get(words) ?? 0) + 1));
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
}

/** Returns what happened to a request, as written within a sentence. */
export function happened({ from, request }: Transition): string {
  const { status } = request;
  if (isForYou(request)) {
    return 'waiting for an answer';
  }
  if (isUndoing(request)) {
    return undoWords(request, 'undoing');
  }
  if (isUndoFailed(request)) {
    return 'undo failed';
  }
  const isOver = from === 'WAITING' && isInProgress(status);
  return isOver && endOfWait(request) === 'answered' ? 'answered' : statusInSentence(status);
}
