import { html, nothing, type TemplateResult } from 'lit';
import { type Client, connect, type ConnectOptions } from '../client/index.ts';
import { browser, type LoginEnvironment } from '../login/environment.ts';
import type { LoginSettings } from '../login/issuer.ts';
import type { Login } from '../login/login.ts';
import './app.ts';
import { PageElement } from './element.ts';

/** Milliseconds between two tries to learn whether one has to log in. */
const AGAIN = 3_000;

/** The page, behind a login where the server asks for one. */
export class StatuswirePage extends PageElement {
  static override properties = {
    environment: { attribute: false },
    login: { state: true },
    client: { state: true },
    away: { state: true },
  };
  declare environment: LoginEnvironment;
  /** Undefined until the server has said whether one has to log in; null where not. */
  declare login: Login | null | undefined;
  declare client: Client | null;
  /** The server does not answer. */
  declare away: boolean;

  constructor() {
    super();
    this.environment = browser();
    this.login = undefined;
    this.client = null;
    this.away = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#begin();
  }

  protected override render() {
    if (this.login === undefined) {
      return this.away
        ? this.#door(html`<p>The server does not answer. Still trying.</p>`)
        : nothing;
    }
    if (this.client === null) {
      return this.#door(this.#question());
    }
    return html`
      ${this.login === null || this.login.isIn ? nothing : this.#ended(this.login)}
      <statuswire-app .client=${this.client} .login=${this.login}></statuswire-app>
    `;
  }

  #door(content: TemplateResult) {
    return html`
      <main class="door">
        <section class="panel" aria-labelledby="door-title">
          <img src="./favicon.svg" alt="" width="48" height="48" />
          <h1 id="door-title">Statuswire</h1>
          ${content}
        </section>
      </main>
    `;
  }

  #question() {
    return html`
      <p>Submit work, get an answer at once, watch it finish.</p>
      ${this.#problem()}
      <button @click=${() => void this.login?.begin()}>Log in</button>
    `;
  }

  /** What is shown stays, but nothing new comes. */
  #ended(login: Login) {
    return html`
      <div class="ended" role="alert">
        <p>Your login has ended; what is shown may be old.</p>
        ${this.#problem()}
        <button @click=${() => void login.begin()}>Log in again</button>
      </div>
    `;
  }

  #problem() {
    const problem = this.login?.problem ?? null;
    return problem === null
      ? nothing
      : html`<p class="problem" role="alert">Logging in failed: ${problem}</p>`;
  }

  async #begin(): Promise<void> {
    const settings = await this.#settings();
    if (settings === null) {
      this.login = null;
      this.client = connect();
      return;
    }
    const { Login } = await import('../login/login.ts');
    const login = new Login(settings, this.environment);
    await login.resume();
    login.onChange(() => this.requestUpdate());
    this.login = login;
    if (login.isIn) {
      this.client = connect(undefined, withToken(login));
    }
  }

  /** Asks until there is an answer. */
  async #settings(): Promise<LoginSettings | null> {
    for (;;) {
      try {
        const answer = await this.environment.fetch('/identity', { cache: 'no-store' });
        if (answer.ok) {
          const settings = (await answer.json()) as LoginSettings | { issuer: null };
          return settings.issuer === null ? null : settings;
        }
      } catch (error) {
        console.debug('statuswire: the server does not answer, asked again', error);
      }
      this.away = true;
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }
}

/** Every call carries a token, and an answer that refuses it ends the login. */
function withToken(login: Login): ConnectOptions {
  return {
    token: () => login.token(),
    environment: {
      fetch: async (url, init) => {
        const answer = await globalThis.fetch(url, init);
        if (answer.status === 401) {
          login.refused();
        }
        return answer;
      },
    },
  };
}

customElements.define('statuswire-page', StatuswirePage);
