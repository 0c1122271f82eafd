import { html, nothing, type TemplateResult } from 'lit';
import { isInProgress } from '../list/filter.ts';
import { isFinished, type RequestError, type StatusDocument } from '../client/index.ts';

/** Renders why a request or its last attempt failed, and what the user can do. */
export function failure(request: StatusDocument): TemplateResult | typeof nothing {
  const { error, status } = request;
  return error === null
    ? nothing
    : html`
        <div class="failure" data-tone=${status.toLowerCase()}>
          <strong dir="auto">${error.message}</strong>
          <span>
            <code>${error.code}</code>
            ${error.step ? html`in step <code>${error.step}</code>` : nothing}
          </span>
          <span>${advice(request, error)}</span>
        </div>
      `;
}

function advice({ status, steps }: StatusDocument, { retryable, step }: RequestError): string {
  if (isInProgress(status)) {
    return 'It will be retried automatically.';
  }
  if (!isFinished(status)) {
    return '';
  }
  if (!retryable && status === 'FAILED') {
    return 'A retry will not help. Change the input and submit a new request.';
  }
  const from = step ?? steps.find((one) => one.status !== 'SUCCEEDED')?.name;
  const kept = steps.some((one) => one.status === 'SUCCEEDED')
    ? ' Finished steps do not run again.'
    : '';
  return `A retry may help${from ? `; it continues at step ${from}` : ''}.${kept}`;
}
