import { html, nothing, type TemplateResult } from 'lit';
import { type FieldProblem, ProblemError } from '../client/index.ts';
import type { PlacedErrors } from '../form/values.ts';
import { problem } from './parts.ts';

/**
 * Why a form is not submitted. What is told at its field is not told again.
 *
 * @param error - what the call threw, if it was made
 * @param tried - whether the person has submitted the form as it is, or nearly so
 */
export function whatIsWrong(
  error: unknown,
  tried: boolean,
  { atFields, elsewhere }: PlacedErrors,
): TemplateResult | typeof nothing {
  const isTold = error instanceof ProblemError && error.errors.length > 0;
  if (error && (!isTold || elsewhere.length > 0)) {
    return problem(error, listOf(elsewhere));
  }
  return tried && atFields.size + elsewhere.length > 0
    ? html`<div class="problem" role="alert">
        <strong>Check the marked fields</strong> ${listOf(elsewhere)}
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

/** Says of what is filled in that nobody knows whether it arrived. */
export function unansweredNote(): TemplateResult {
  return html`<p class="note" role="status">
    This was submitted, but not answered. Submit it again to make sure: it will not be made twice.
  </p>`;
}
