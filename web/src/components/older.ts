import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Client } from '../client/index.ts';
import { problem } from './parts.ts';

/** So many requests are loaded by themselves for a filter that finds few of them. */
const SEARCHED = 1_000;

/** Loads older requests where somebody may want to see them, and tells how that goes. */
export class Older {
  readonly #host: ReactiveControllerHost;
  #searchedFrom = 0;
  #loading = false;
  #failure: unknown = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** The filter is another: from so many requests on it may look through older ones by itself. */
  restart(count: number): void {
    this.#searchedFrom = count;
  }

  /** A failure is of the past where the connection is another. */
  forgive(): void {
    this.#failure = null;
  }

  /**
   * Loads the next older requests, unless it does already, failed, or has looked through many.
   *
   * @param count - how many are loaded
   */
  loadMore(client: Client, count: number): void {
    if (!this.#loading && this.#failure === null && this.#mayGoOn(count)) {
      void this.#load(client);
    }
  }

  /** What stands after the last row; nothing where there is nothing to say. */
  view(client: Client, count: number, none: TemplateResult): TemplateResult | typeof nothing {
    if (this.#failure !== null) {
      return html`${problem(this.#failure)} ${this.#button('Try again', client, count)}`;
    }
    if (this.#loading) {
      return html`<p class="list-end" aria-busy="true">Reading older requests</p>`;
    }
    if (client.isComplete) {
      return none;
    }
    const soFar = `Look through older requests (${count.toLocaleString()} so far)`;
    return this.#mayGoOn(count) ? nothing : this.#button(soFar, client, count);
  }

  #button(words: string, client: Client, count: number) {
    const go = () => {
      this.restart(count);
      void this.#load(client);
    };
    return html`<button type="button" class="secondary outline" @click=${go}>${words}</button>`;
  }

  #mayGoOn(count: number): boolean {
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
