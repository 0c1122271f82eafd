import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Client } from '../client/index.ts';
import { problem } from './parts.ts';

/** How many requests are loaded automatically for a filter that matches only a few of them. */
const SEARCHED = 1_000;

/**
 * Loads older requests when the user reaches the end of the loaded ones, and renders the progress.
 */
export class Older {
  readonly #host: ReactiveControllerHost;
  #searchedFrom = 0;
  #loading = false;
  #failure: unknown = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /**
   * Restarts the automatic loading, after the filter has changed while this many requests were
   * loaded.
   */
  restart(count: number): void {
    this.#searchedFrom = count;
  }

  /** Clears the last failure, after the connection has changed. */
  forgive(): void {
    this.#failure = null;
  }

  /**
   * Loads the next older requests, unless a load is already running, the last one failed, or many
   * have been loaded automatically.
   *
   * @param count - how many requests are loaded
   */
  loadMore(client: Client, count: number): void {
    if (!this.#loading && this.#failure === null && this.#mayLoad(count)) {
      void this.#load(client);
    }
  }

  /** Renders what follows the last row: a failure, the progress, a button, or nothing. */
  view(client: Client, count: number, none: TemplateResult): TemplateResult | typeof nothing {
    if (this.#failure !== null) {
      return html`${problem(this.#failure)} ${this.#button('Try again', client, count)}`;
    }
    if (this.#loading) {
      return html`<p class="list-end" aria-busy="true">Loading older requests…</p>`;
    }
    if (client.isComplete) {
      return none;
    }
    const search = `Search older requests (${count.toLocaleString()} searched so far)`;
    return this.#mayLoad(count) ? nothing : this.#button(search, client, count);
  }

  #button(words: string, client: Client, count: number) {
    const go = () => {
      this.restart(count);
      void this.#load(client);
    };
    return html`<button type="button" class="secondary outline" @click=${go}>${words}</button>`;
  }

  #mayLoad(count: number): boolean {
    return count - this.#searchedFrom < SEARCHED;
  }

  async #load(client: Client): Promise<void> {
    this.#failure = null;
    this.#loading = true;
    this.#host.requestUpdate();
    try {
      await client.loadOlder();
    } catch (error) {
      this.#failure = error;
    }
    this.#loading = false;
    this.#host.requestUpdate();
  }
}
