import { html, nothing, type TemplateResult } from 'lit';
import { roundWord } from '../shared/round.ts';
import { type Stretch, type Timeline, timelineOf, type Undo } from '../chart/timeline.ts';
import type { StatusCore, Step } from '../client/index.ts';
import './json.ts';
import { isUndoing } from '../shared/undo.ts';
import { absolute, clock, duration, statusWord, waitWord } from '../shared/words.ts';

/** Beyond this part of the axis, the label of a tick would not fit. */
const NO_ROOM = 0.9;

/**
 * Renders the steps in order, on one time axis. Positions are set through the property `style`,
 * because the page's Content-Security-Policy forbids the style attribute that Lit's styleMap
 * renders at first.
 */
export function waterfall(request: StatusCore, now: number): TemplateResult {
  const timeline = timelineOf(request, now);
  const pause = timeline?.pause
    ? wait(waitWord(request.status, true), timeline.pause, timeline)
    : nothing;
  const isBack = isUndoing(request);
  return html`
    <div class="waterfall" .style=${timeline ? `--tick: ${percent(timeline.tick, timeline)}` : ''}>
      ${timeline ? axis(timeline) : nothing}
      <ol role="list">
        ${timeline?.waiting ? wait(waitWord(request.status, false), timeline.waiting, timeline) : nothing}
        ${request.steps.map((step, index) => stepItem(step, timeline?.steps[index], timeline))}
        ${isBack ? nothing : pause}
      </ol>
      ${timeline ? wayBack(timeline, isBack ? pause : nothing) : nothing}
    </div>
  `;
}

function axis({ start, end, tick }: Timeline) {
  const ticks = Array.from({ length: Math.floor((end - start) / tick) + 1 }, (_, at) => at * tick);
  return html`
    <div class="axis" aria-hidden="true">
      ${ticks
        .filter((at) => at / Math.max(1, end - start) < NO_ROOM)
        .map(
          (at) =>
            html`<span .style=${`left: ${percent(at, { start, end })}`}>${roundWord(at)}</span>`,
        )}
    </div>
  `;
}

function wait(what: string, stretch: Stretch, timeline: Timeline) {
  return html`
    <li class="wait">
      <div class="step-head">
        <span class="step-name">${what}</span>
        <span class="step-time">${duration(stretch.end - stretch.start)}</span>
      </div>
      ${bar(stretch, timeline)}
    </li>
  `;
}

/** Renders the undos in their order, on the same time axis as the steps. */
function wayBack(timeline: Timeline, pause: TemplateResult | typeof nothing) {
  return timeline.back.length === 0 && pause === nothing
    ? nothing
    : html`
        <h4 id="way-back">Way back, the last step first</h4>
        <ol class="back" role="list" aria-labelledby="way-back">
          ${timeline.back.map((undo) => undoItem(undo, timeline))} ${pause}
        </ol>
      `;
}

function undoItem({ name, stretch }: Undo, timeline: Timeline) {
  const took = stretch ? duration(stretch.end - stretch.start) : '';
  return html`
    <li data-undo=${name ?? ''} data-tone="undone">
      <div class="step-head">
        ${name === null ? nothing : html`<span class="step-name" dir="auto">${name}</span>`}
        <span class="step-status">${name === null ? 'Undoing…' : 'Undone'}</span>
        <span class="step-time">
          ${name !== null && stretch ? html`${clock(stretch.end)} · ` : nothing}${took}
        </span>
      </div>
      ${bar(stretch, timeline)}
    </li>
  `;
}

function stepItem(
  step: Step,
  stretch: Stretch | null | undefined,
  timeline: Timeline | null,
): TemplateResult {
  const { name, status, error, output } = step;
  return html`
    <li data-step=${name} data-status=${status} data-tone=${status.toLowerCase()}>
      <div class="step-head">
        <span class="step-name" dir="auto">${name}</span>
        <span class="step-status">${statusWord(status)}</span>
        ${stretch ? timing(step, stretch) : nothing}
      </div>
      ${timeline ? bar(stretch ?? null, timeline) : nothing}
      ${
        error
          ? html`<p class="step-error">
              ${status === 'SUCCEEDED' ? 'Undo failed:' : html`<code>${error.code}</code>`}
              <bdi>${error.message}</bdi>
            </p>`
          : nothing
      }
      ${
        output === undefined || output === null
          ? nothing
          : html`<statuswire-json
              .label=${`Output of ${name}`}
              .value=${output}
              .folded=${true}
            ></statuswire-json>`
      }
    </li>
  `;
}

function timing({ status, startedAt, endedAt }: Step, { start, end, growing }: Stretch) {
  const times = [startedAt, endedAt].filter((time) => typeof time === 'string');
  return html`
    <span class="step-time" title=${times.map(absolute).join(' – ')}>
      <time datetime=${times[0]}>${clock(start)}</time>
      ${
        growing || endedAt
          ? html`<span class="step-duration"
              >${status === 'UNDONE' ? `undone ${clock(end)}` : duration(end - start)}</span
            >`
          : nothing
      }
    </span>
  `;
}

function bar(stretch: Stretch | null, timeline: Timeline) {
  return html`
    <div class="track" aria-hidden="true">
      ${
        stretch
          ? html`<span
              class="stretch ${stretch.growing ? 'growing' : ''}"
              .style=${`--from: ${percent(stretch.start - timeline.start, timeline)}; --took: ${percent(stretch.end - stretch.start, timeline)}`}
            ></span>`
          : nothing
      }
    </div>
  `;
}

/** Returns a duration as a percentage of the axis. */
function percent(millis: number, { start, end }: { start: number; end: number }): string {
  return `${((100 * millis) / Math.max(1, end - start)).toFixed(3)}%`;
}
