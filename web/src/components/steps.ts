import { html, nothing, type TemplateResult } from 'lit';
import type { Step } from '../client/index.ts';
import { json } from './parts.ts';
import { absolute, clock, duration, statusWord } from './words.ts';

/** The steps in their order, as a line that fills from top to bottom. */
export function stepLine(steps: readonly Step[], now: number): TemplateResult {
  return html`<ol class="steps" role="list">
    ${steps.map((step) => stepItem(step, now))}
  </ol>`;
}

function stepItem(step: Step, now: number): TemplateResult {
  return html`
    <li data-step=${step.name} data-status=${step.status} data-tone=${step.status.toLowerCase()}>
      <div class="step-head">
        <span class="step-name">${step.name}</span>
        <span class="step-status">${statusWord(step.status)}</span>
        ${timing(step, now)}
      </div>
      ${
        step.error
          ? html`<p class="step-error"><code>${step.error.code}</code> ${step.error.message}</p>`
          : nothing
      }
      ${
        step.output === undefined || step.output === null
          ? nothing
          : json('Output', step.output, false)
      }
    </li>
  `;
}

function timing({ startedAt, endedAt, status }: Step, now: number) {
  if (!startedAt) {
    return nothing;
  }
  const running = status === 'RUNNING' && !endedAt;
  const end = running ? now : endedAt ? Date.parse(endedAt) : null;
  const span = endedAt ? `${absolute(startedAt)} – ${absolute(endedAt)}` : absolute(startedAt);
  return html`
    <span class="step-time" title=${span}>
      <time datetime=${startedAt}>${clock(startedAt)}</time>
      ${endedAt ? html`– <time datetime=${endedAt}>${clock(endedAt)}</time>` : nothing}
      ${
        end === null
          ? nothing
          : html`<span class="step-duration">${duration(end - Date.parse(startedAt))}</span>`
      }
    </span>
  `;
}
