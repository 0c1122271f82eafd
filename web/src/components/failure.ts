import { html, nothing, type TemplateResult } from 'lit';
import { isInProgress } from '../list/filter.ts';
import { isFinished, type RequestError, type StatusDocument } from '../client/index.ts';

/** Why a request failed, or its last try did, and what can be done. */
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
    return 'It is tried again by itself; there is nothing to do.';
  }
  if (!isFinished(status)) {
    return '';
  }
  if (!retryable && status === 'FAILED') {
    return 'Trying again will not help. Change the input and submit it as a new request.';
  }
  const from = step ?? steps.find((one) => one.status !== 'SUCCEEDED')?.name;
  const kept = steps.some((one) => one.status === 'SUCCEEDED') ? ' What is done stays done.' : '';
  return `Trying again may help: Retry goes on${from ? ` at step ${from}` : ''}.${kept}`;
}
