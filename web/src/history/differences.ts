import { type HistoryEntry, isFinished, type StatusDocument, type Step } from '../client/index.ts';
import { isInProgress } from '../shared/statuses.ts';
import { undoWords } from '../shared/undo.ts';

/** Describes what changed between two versions of a request. */
export function differences(before: StatusDocument, after: StatusDocument): string[] {
  const found = [
    ...inRequest(before, after),
    ...after.steps.flatMap((step, index) => inStep(before.steps[index], step)),
    ...inProgress(before, after),
  ];
  if (found.length > 0) {
    return found;
  }
  // A worker's sign of life changes only the version and the times.
  return [isInProgress(after.status) ? 'still in progress' : 'status changed'];
}

function inRequest(before: StatusDocument, after: StatusDocument): string[] {
  return [
    recordedIn(after),
    isFinished(before.status) && isInProgress(after.status) && 'retry requested',
    after.cancelRequested && !before.cancelRequested && 'cancel requested',
    after.undoing && !before.undoing && undoWords(after, 'undoing'),
    after.attempt > 0 && after.attempt !== before.attempt && `attempt ${after.attempt} started`,
    after.error && after.error.code !== before.error?.code && `error ${after.error.code}`,
  ].filter((words) => typeof words === 'string');
}

/** Returns what the request recorded about this version and its steps do not show. */
function recordedIn({ version, history }: StatusDocument): string | undefined {
  const last = history?.at(-1);
  return last?.version === version
    ? last.event === 'answered'
      ? answeredWords(last)
      : EVENTS.get(last.event)
    : undefined;
}

/** Returns that an answer was accepted, and whether a link was used for it. */
export function answeredWords({ by }: HistoryEntry): string {
  return by === 'link' ? 'answered by link' : 'answered';
}

const EVENTS = new Map([
  ['due', 'its start time has come'],
  ['time-is-up', 'the time is up'],
]);

function inStep(before: Step | undefined, after: Step): string[] {
  const known = before?.name === after.name ? before : undefined;
  const again = after.status === 'RUNNING' && known?.startedAt !== after.startedAt;
  if (known?.status === after.status && !again) {
    return [];
  }
  return known || after.status !== 'PENDING'
    ? [`${after.name} ${STEP.get(after.status) ?? after.status}`]
    : [];
}

const STEP = new Map([
  ['PENDING', 'pending'],
  ['RUNNING', 'started'],
  ['WAITING', 'waiting'],
  ['SUCCEEDED', 'succeeded'],
  ['UNDONE', 'undone'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'cancelled'],
]);

function inProgress({ progress: before }: StatusDocument, { progress }: StatusDocument): string[] {
  return progress === null ||
    (progress.percent === before?.percent && progress.message === before.message)
    ? []
    : [`${progress.percent}% ${progress.message ?? ''}`.trim()];
}
