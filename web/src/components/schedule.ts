import { html, type TemplateResult } from 'lit';
import type { Schedule, ScheduleSheet } from '../form/schedule.ts';
import { localTime } from '../shared/waits.ts';

/** Renders the section of the form that schedules the request. While closed, it shows the times. */
export function scheduleSection({ schedule }: ScheduleSheet, fields: unknown): TemplateResult {
  return html`
    <details class="fold schedule" @toggle=${reveal}>
      <summary>Schedule <span class="optional">${summaryOf(schedule)}</span></summary>
      <p class="zone">Local times of ${zoneAt(new Date(schedule.notBefore ?? Date.now()))}.</p>
      ${fields}
    </details>
  `;
}

/** Scrolls the section into view after it was opened. */
function reveal({ currentTarget }: Event): void {
  const section = currentTarget as HTMLDetailsElement;
  if (section.open) {
    section.scrollIntoView({ block: 'nearest' });
  }
}

function summaryOf({ notBefore, notAfter }: Schedule): string {
  const words = (before: string, time: string | undefined) =>
    Number.isNaN(Date.parse(time ?? ''))
      ? ''
      : `${before} ${localTime(time as string, Date.now())}`;
  const parts = [words('starts', notBefore), words('no later than', notAfter)];
  return parts.filter((part) => part !== '').join(', ') || 'optional';
}

/** Returns the browser's time zone and its offset at a time: `Europe/Berlin (GMT+1)`. */
function zoneAt(time: Date): string {
  const format = new Intl.DateTimeFormat(undefined, { timeZoneName: 'shortOffset' });
  const isKnown = !Number.isNaN(time.getTime());
  const offset = format
    .formatToParts(isKnown ? time : new Date())
    .find(({ type }) => type === 'timeZoneName')?.value;
  return `${format.resolvedOptions().timeZone} (${offset})`;
}
