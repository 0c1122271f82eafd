import { html, nothing, type TemplateResult } from 'lit';
import { isInProgress } from '../shared/statuses.ts';
import { isFinished, type RequestError, type StatusCore } from '../client/index.ts';
import { errorBesidesUndo, isUndoFailed, isUndoing } from '../shared/undo.ts';
import { undoReason } from './parts.ts';

/**
 * Renders why a request or its last attempt failed or is being undone, and what its owner can do.
 * Those who see it through a link can do nothing.
 */
export function failure(request: StatusCore): TemplateResult | typeof nothing {
  const { undoing, status } = request;
  const error = errorBesidesUndo(request);
  return html`
    ${isUndoing(request) ? box('undone', undoReason(request), undoing?.error ?? null, turned(request)) : nothing}
    ${error === null ? nothing : box(status.toLowerCase(), error.message, error, advice(request, error))}
  `;
}

function box(tone: string, title: unknown, error: RequestError | null, advice: unknown) {
  return html`
    <div class="failure" data-tone=${tone}>
      <strong dir="auto">${title}</strong>
      ${error === null ? nothing : place(error)}
      <span>${advice}</span>
    </div>
  `;
}

function place({ code, step }: RequestError) {
  return html`<span>
    <code>${code}</code> ${step ? html`in step <code>${step}</code>` : nothing}
  </span>`;
}

/** Returns how a request that is being undone ends. */
function turned({ undoing }: StatusCore): string {
  const end = undoing?.outcome === 'CANCELLED' ? ' Then the request is cancelled.' : '';
  return `The finished steps are undone, the last one first.${end}`;
}

function advice(request: StatusCore, { retryable, step }: RequestError): unknown {
  const { status, steps } = request;
  const isOwn = 'retry' in request.links;
  if (isUndoFailed(request)) {
    return html`Some effects of the request may remain.${isOwn ? ' A retry goes on undoing.' : ''}
    ${undoReason(request, 'It was being undone')}`;
  }
  if (isInProgress(status)) {
    return `${isUndoing(request) ? 'The undo' : 'It'} will be retried automatically.`;
  }
  if (!isFinished(status) || !isOwn) {
    return '';
  }
  if (!retryable && status === 'FAILED') {
    return 'A retry will not help. Change the input and submit a new request.';
  }
  const has = (wanted: string) => steps.some((one) => one.status === wanted);
  const first = steps.find((one) => one.status !== 'SUCCEEDED')?.name;
  const from = has('UNDONE') ? first : (step ?? first);
  const kept = has('SUCCEEDED') ? ' Finished steps do not run again.' : '';
  const again = has('UNDONE') ? ' Undone steps run again.' : '';
  return `A retry may help${from ? `; it continues at step ${from}` : ''}.${kept}${again}`;
}
