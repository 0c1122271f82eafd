import { html, nothing, type PropertyValues } from 'lit';
import { type Hour, hourOf, OUTCOMES, type Going } from '../chart/minutes.ts';
import type { Plot } from '../chart/plot.ts';
import type { StatusDocument } from '../client/index.ts';
import { sharedData } from '../site-data.ts';
import { PageElement } from './element.ts';
import { duration, minuteClock, statusInSentence, statusWord } from '../words.ts';

/** Where it is remembered whether the chart is open. */
const KEPT_AS = 'statuswire.chart';

/** Where there is room, the chart is open until somebody closes it. */
const ROOM = '(width >= 52rem) and (height >= 50rem)';

/** How the last hour went: in a sentence always, in a picture where it is asked for. */
export class StatuswireChart extends PageElement {
  static override properties = {
    requests: { attribute: false },
    complete: { attribute: false },
    now: { attribute: false },
    open: { state: true },
    hovered: { state: true },
    broken: { state: true },
  };
  declare requests: readonly StatusDocument[];
  /** Whether these are all requests that there are. */
  declare complete: boolean;
  /** Everything is counted anew when this changes, not with each request. */
  declare now: number;
  declare open: boolean;
  declare hovered: number | null;
  /** The picture could not be loaded. */
  declare broken: boolean;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #recolor = () => this.#plot?.recolor();
  #hour: Hour = hourOf([], 0);
  #plot: Plot | null = null;
  #loading = false;
  /** The URL that the picture could not be loaded from; empty if there is none. */
  #failed = '';

  constructor() {
    super();
    this.requests = [];
    this.complete = true;
    this.now = 0;
    this.open = (sharedData.getItem(KEPT_AS) ?? String(matchMedia(ROOM).matches)) === 'true';
    this.hovered = null;
    this.broken = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#recolor);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#recolor);
    this.#end();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('now') || changed.get('requests')?.length === 0) {
      this.#hour = hourOf(this.requests, this.now);
      this.#plot?.show(this.#hour);
    }
  }

  protected override render() {
    return html`
      <details class="fold going" ?open=${this.open} @toggle=${this.#toggled}>
        <summary>
          How it goes: the last hour
          <span class="going-words">${sentence(this.#hour.all)} ${this.#of()}</span>
        </summary>
        ${this.broken ? html`<p class="note">The picture could not be loaded.</p>` : nothing}
        <div class="plot" aria-hidden="true"></div>
        ${this.#legend()}
      </details>
    `;
  }

  #of() {
    const count = this.requests.length.toLocaleString();
    return this.complete ? nothing : `Of the ${count} requests that are loaded.`;
  }

  /** What the colours mean, and the numbers of the minute under the pointer. */
  #legend() {
    const minute = this.#hour.minutes[this.hovered ?? -1];
    const { counts, p50, p95 } = minute ?? this.#hour.all;
    return html`
      <ul class="legend" role="list" aria-hidden="true">
        <li>${minute ? minuteClock(minute.start) : 'Hour'}</li>
        ${OUTCOMES.map(
          (outcome) =>
            html`<li class="key-bar" data-tone=${outcome.toLowerCase()}>
              ${statusWord(outcome)} <span class="number">${counts[outcome].toLocaleString()}</span>
            </li>`,
        )}
        ${took('Half within', 'key-line', p50)} ${took('95 % within', 'key-line dashed', p95)}
      </ul>
    `;
  }

  protected override updated(): void {
    if (this.open && this.#plot === null && !this.#loading && !this.broken) {
      void this.#load();
    } else if (!this.open) {
      this.#end();
    }
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      const { Plot } = await this.#picture();
      const place = this.querySelector<HTMLElement>('.plot');
      if (this.open && this.isConnected && place !== null) {
        this.#plot = new Plot(place, this.#hour, (minute) => (this.hovered = minute));
      }
    } catch (error) {
      console.debug('statuswire: no picture, the next opening tries again', error);
      this.#failed = /https?:\S+/.exec(String(error))?.[0] ?? '';
      this.broken = true;
    } finally {
      this.#loading = false;
    }
  }

  /** A browser may remember that a module failed to load, so a retry uses another URL. */
  #picture(): Promise<typeof import('../chart/plot.ts')> {
    return this.#failed === ''
      ? import('../chart/plot.ts')
      : (import(/* @vite-ignore */ `${this.#failed}?`) as Promise<
          typeof import('../chart/plot.ts')
        >);
  }

  #end(): void {
    this.#plot?.end();
    this.#plot = null;
  }

  #toggled(event: Event): void {
    const { open } = event.target as HTMLDetailsElement;
    if (open !== this.open) {
      this.open = open;
      this.broken = false;
      sharedData.setItem(KEPT_AS, String(open));
    }
  }
}

function took(words: string, key: string, millis: number | null) {
  return html`<li class=${key}>
    ${words} <span class="number">${millis === null ? '–' : duration(millis)}</span>
  </li>`;
}

function sentence({ counts, p50, p95 }: Going): string {
  const count = OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
  if (count === 0) {
    return 'Nothing finished in the last hour.';
  }
  const outcomes = OUTCOMES.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome].toLocaleString()} ${statusInSentence(outcome)}`)
    .join(', ');
  const times =
    p50 === null || p95 === null
      ? ''
      : `; half within ${duration(p50)}, 95 % within ${duration(p95)}`;
  return `${count.toLocaleString()} finished: ${outcomes}${times}.`;
}

customElements.define('statuswire-chart', StatuswireChart);
