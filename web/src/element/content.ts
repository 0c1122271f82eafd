import { timelineOf } from '../chart/timeline.ts';
import { type ConnectionState, isFinished, type StatusDocument } from '../client/index.ts';
import { errorBesidesUndo, isUndoFailed, isUndoing, undoWords } from '../shared/undo.ts';
import { waitReason } from '../shared/waits.ts';
import {
  CANCELLING,
  connectionMeaning,
  duration,
  explainUnread,
  statusWord,
  tookWord,
  waitWord,
} from '../shared/words.ts';

/** What the element shows. Empty texts are not shown. */
export interface Content {
  readonly title: string;
  /** The status of the request, which selects the colour. */
  readonly status: string;
  readonly statusWord: string;
  /** 0 to 100; null if there is no progress to show. */
  readonly percent: number | null;
  readonly message: string;
  /** What to answer, if the request waits for an answer. */
  readonly prompt: string;
  readonly steps: readonly StepContent[];
  /** Why the request failed or cannot be shown, and the code and step of a failure. */
  readonly error: { readonly title: string; readonly detail: string; readonly place: string };
  /** What the user must know about the connection. */
  readonly note: string;
  readonly state: ConnectionState;
  readonly isLoading: boolean;
  /** Whether a duration grows or shrinks, so that the content changes with the clock. */
  readonly isGrowing: boolean;
}

/** One step as the element shows it. */
export interface StepContent {
  readonly name: string;
  readonly status: string;
  readonly statusWord: string;
  readonly time: string;
}

const NO_ERROR = { title: '', detail: '', place: '' };

const NOTHING: Content = {
  title: 'Request',
  status: '',
  statusWord: '',
  percent: null,
  message: '',
  prompt: '',
  steps: [],
  error: NO_ERROR,
  note: '',
  state: 'live',
  isLoading: false,
  isGrowing: false,
};

/** Returns what to show while the request is being read. */
export function loading(state: ConnectionState): Content {
  const note = state === 'offline' ? connectionMeaning(state) : '';
  return { ...NOTHING, message: 'Loading request…', note, state, isLoading: true };
}

/** Returns what to show if the request could not be read. */
export function unread(error: unknown, state: ConnectionState): Content {
  return { ...NOTHING, error: { ...explainUnread(error), place: '' }, state };
}

/**
 * Returns what to show of a request.
 *
 * @param title - the title of its type
 * @param now - when the document was last known to be current, in epoch milliseconds
 */
export function contentOf(
  request: StatusDocument,
  title: string,
  state: ConnectionState,
  now: number,
): Content {
  const { status, progress } = request;
  const timeline = timelineOf(request, now);
  const stretches = timeline?.steps ?? [];
  const isProgressing = progress !== null && (status === 'RUNNING' || status === 'RETRYING');
  return {
    title,
    status,
    statusWord: isUndoing(request) ? 'Undoing' : statusWord(status),
    percent: isProgressing ? progress.percent : null,
    message: messageOf(request, stretches.some(Boolean), now),
    prompt: request.waiting?.prompt ?? '',
    steps: request.steps.map((step, index) => {
      const stretch = stretches[index];
      const isTimed = stretch && step.status !== 'UNDONE';
      const time = isTimed ? duration(stretch.end - stretch.start) : '';
      return { name: step.name, status: step.status, statusWord: statusWord(step.status), time };
    }),
    error: errorOf(request),
    note:
      state === 'live' || (state === 'polling' && isFinished(status))
        ? ''
        : connectionMeaning(state),
    state,
    isLoading: false,
    isGrowing: Boolean(request.waiting) || stretches.some((stretch) => stretch?.growing),
  };
}

function messageOf(request: StatusDocument, isStarted: boolean, now: number): string {
  const { status, progress, cancelRequested } = request;
  if (cancelRequested && !isFinished(status)) {
    return CANCELLING;
  }
  if (isUndoing(request)) {
    return [undoWords(request), request.undoing?.error?.message].filter(Boolean).join(': ');
  }
  const reason = waitReason(request, now);
  if (reason !== '') {
    return reason;
  }
  if (status === 'ACCEPTED' || status === 'RETRYING') {
    return waitWord(status, isStarted);
  }
  return status === 'RUNNING' ? (progress?.message ?? '') : tookWord(request);
}

function errorOf(request: StatusDocument): Content['error'] {
  const error = errorBesidesUndo(request);
  if (error === null || request.status === 'SUCCEEDED') {
    return NO_ERROR;
  }
  const place = error.step ? `${error.code} in step ${error.step}` : error.code;
  const detail = isUndoFailed(request) ? 'Some effects of the request may remain.' : '';
  return { title: error.message, detail, place };
}
