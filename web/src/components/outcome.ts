import { html, nothing, type TemplateResult } from 'lit';
import { type FieldProblem, ProblemError } from '../client/index.ts';
import type { PlacedErrors } from '../form/values.ts';
import { problem } from './parts.ts';

/**
 * Renders why a form was not submitted. Errors that are shown at their field are not repeated.
 *
 * @param error - the error of the call, if the call was made
 * @param tried - whether the user has submitted the form with these or similar values
 */
export function problems(
  error: unknown,
  tried: boolean,
  { atFields, elsewhere }: PlacedErrors,
): TemplateResult | typeof nothing {
  const hasErrors = error instanceof ProblemError && error.errors.length > 0;
  if (error && (!hasErrors || elsewhere.length > 0)) {
    return problem(error, listOf(elsewhere));
  }
  return tried && atFields.size + elsewhere.length > 0
    ? html`<div class="problem" role="alert">
        <strong>Correct the marked fields</strong> ${listOf(elsewhere)}
      </div>`
    : nothing;
}

function listOf(errors: readonly FieldProblem[]): TemplateResult | typeof nothing {
  return errors.length === 0
    ? nothing
    : html`<ul>
        ${errors.map(
          ({ pointer, detail }) => html`<li><code>${pointer || '/'}</code> ${detail}</li>`,
        )}
      </ul>`;
}

/** Renders a note that the server has not confirmed the submission of what is filled in. */
export function unconfirmedNote(): TemplateResult {
  return html`<p class="note" role="status">
    The server has not confirmed this request. Submit it again to make sure; it will not be created
    twice.
  </p>`;
}
