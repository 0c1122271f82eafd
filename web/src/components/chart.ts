import { html, nothing, type PropertyValues } from 'lit';
import { type Hour, hourOf, OUTCOMES, type Statistics } from '../chart/minutes.ts';
import type { Plot } from '../chart/plot.ts';
import type { StatusDocument } from '../client/index.ts';
import { sharedData } from '../shared/site-data.ts';
import { PageElement } from './element.ts';
import { duration, minuteClock, statusInSentence, statusWord } from '../shared/words.ts';

/** The key under which the browser stores whether the chart is open. */
const KEPT_AS = 'statuswire.chart';

/** On windows of at least this size, the chart is open until the user closes it. */
const ROOM = '(width >= 52rem) and (height >= 50rem)';

/** Statistics for the last hour: always as a sentence, and as a chart if the user opens it. */
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
  /** Whether these are all of the user's requests. */
  declare complete: boolean;
  /** The statistics are computed again when this changes, not with each change of a request. */
  declare now: number;
  declare open: boolean;
  declare hovered: number | null;
  /** The chart could not be loaded. */
  declare broken: boolean;
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #recolor = () => this.#plot?.recolor();
  #hour: Hour = hourOf([], 0);
  #plot: Plot | null = null;
  #loading = false;
  /** The URL from which loading the chart failed; empty if there is none. */
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
          Last hour
          <span class="going-words">${sentence(this.#hour.all)} ${this.#of()}</span>
        </summary>
        ${
          this.broken
            ? html`<p class="note">
                The chart could not be loaded. Close and open this section to try again.
              </p>`
            : nothing
        }
        <div class="plot" aria-hidden="true"></div>
        ${this.#legend()}
      </details>
    `;
  }

  #of() {
    const count = this.requests.length.toLocaleString();
    return this.complete ? nothing : `Counts only the loaded requests (${count}).`;
  }

  /**
   * The legend of the colours, with the numbers of the minute under the pointer, or of the hour.
   */
  #legend() {
    const minute = this.#hour.minutes[this.hovered ?? -1];
    const { counts, p50, p95 } = minute ?? this.#hour.all;
    return html`
      <ul class="legend" role="list" aria-hidden="true">
        <li>${minute ? minuteClock(minute.start) : 'Last hour'}</li>
        ${OUTCOMES.map(
          (outcome) =>
            html`<li class="key-bar" data-tone=${outcome.toLowerCase()}>
              ${statusWord(outcome)} <span class="number">${counts[outcome].toLocaleString()}</span>
            </li>`,
        )}
        ${took('Median', 'key-line', p50)} ${took('95th percentile', 'key-line dashed', p95)}
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
      const { Plot } = await this.#plotModule();
      const place = this.querySelector<HTMLElement>('.plot');
      if (this.open && this.isConnected && place !== null) {
        this.#plot = new Plot(place, this.#hour, (minute) => (this.hovered = minute));
      }
    } catch (error) {
      console.debug('statuswire: could not load the chart; will retry when it is reopened', error);
      this.#failed = /https?:\S+/.exec(String(error))?.[0] ?? '';
      this.broken = true;
    } finally {
      this.#loading = false;
    }
  }

  /**
   * Loads the chart. A browser may cache a module's failure to load, so a retry uses another URL.
   */
  #plotModule(): Promise<typeof import('../chart/plot.ts')> {
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

function sentence({ counts, p50, p95 }: Statistics): string {
  const count = OUTCOMES.reduce((sum, outcome) => sum + counts[outcome], 0);
  if (count === 0) {
    return 'No requests finished.';
  }
  const outcomes = OUTCOMES.filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome].toLocaleString()} ${statusInSentence(outcome)}`)
    .join(', ');
  const times =
    p50 === null || p95 === null
      ? ''
      : ` · median ${duration(p50)}, 95th percentile ${duration(p95)}`;
  return `${count.toLocaleString()} finished: ${outcomes}${times}.`;
}

customElements.define('statuswire-chart', StatuswireChart);
