import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type Client, connect } from '../client/index.ts';
import { mostWaited, retryAfterOf } from '../client/problem.ts';
import { Memory } from '../form/memory.ts';
import { browser, type LoginEnvironment } from '../login/environment.ts';
import type { LoginSettings } from '../login/issuer.ts';
import type { Login } from '../login/login.ts';
import { SiteData } from '../site-data.ts';
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
  /** What the form of the person who uses the page remembers. */
  #memory = new Memory();
  #endNotice = () => {};

  constructor() {
    super();
    this.environment = browser();
    this.login = undefined;
    this.client = null;
    this.away = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endNotice = SiteData.onRefusal(() => this.requestUpdate());
    void this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endNotice();
  }

  protected override render() {
    return html`${SiteData.isRefused ? this.#notice() : nothing} ${this.#content()}`;
  }

  #content() {
    if (this.login === undefined) {
      return this.away
        ? this.#door(html`<p>The server does not answer. Still trying.</p>`)
        : nothing;
    }
    if (this.client === null) {
      return this.#door(this.#question());
    }
    // Another client is another person's, so its page is another one.
    return keyed(
      this.client,
      html`<statuswire-app
        .client=${this.client}
        .login=${this.login}
        .memory=${this.#memory}
      ></statuswire-app>`,
    );
  }

  #notice() {
    return html`<p class="page-notice" role="status">
      The browser does not keep data of this page: what is
      typed${this.login ? ', and the login,' : ''} will be lost when the page is reloaded.
    </p>`;
  }

  #door(content: TemplateResult) {
    return html`
      <main class="door">
        <section class="panel" aria-labelledby="door-title">
          <img src="favicon.svg" alt="" width="48" height="48" />
          <h1 id="door-title">Statuswire</h1>
          ${content}
        </section>
      </main>
    `;
  }

  #question() {
    const { login } = this;
    if (login?.isPassedOn) {
      return html`<p>You are logged in in the other window. Close this one.</p>`;
    }
    return html`
      <p>
        ${
          login?.isEnded
            ? 'Your login has ended. What was shown and typed here was removed.'
            : 'Submit work, get an answer at once, watch it finish.'
        }
      </p>
      ${
        login?.problem
          ? html`<p class="problem" role="alert">Logging in failed: ${login.problem}</p>`
          : nothing
      }
      <button @click=${() => void login?.begin()}>Log in</button>
    `;
  }

  async #begin(): Promise<void> {
    const settings = await this.#settings();
    if (settings === null) {
      this.login = null;
      this.client = connect('.');
      return;
    }
    const { Login } = await import('../login/login.ts');
    const login = new Login(settings, this.environment);
    await login.resume();
    login.onChange(() => this.#follow(login));
    this.login = login;
    this.#follow(login);
  }

  /** Nothing of a person stays on the page or in the browser after their session. */
  #follow(login: Login): void {
    if (login.isIn) {
      this.client ??= connect('.', {
        token: () => login.token(),
        environment: { fetch: (url, init) => login.fetch(url, init) },
      });
    } else {
      this.#memory.clear();
      this.#memory = new Memory();
      if (this.client !== null) {
        this.client.close();
        this.client = null;
        this.environment.replace(this.environment.location().pathname);
      }
    }
    this.requestUpdate();
  }

  /** Asks until there is an answer. */
  async #settings(): Promise<LoginSettings | null> {
    for (;;) {
      let asked: number | null = null;
      try {
        const answer = await this.environment.fetch('identity', {});
        if (answer.ok) {
          const settings = (await answer.json()) as LoginSettings | { issuer: null };
          return settings.issuer === null ? null : settings;
        }
        asked = retryAfterOf(answer.headers.get('Retry-After'), Date.now());
      } catch (error) {
        console.debug('statuswire: no answer, asked again', error);
      }
      this.away = true;
      await new Promise((resolve) => setTimeout(resolve, Math.max(AGAIN, mostWaited(asked))));
    }
  }
}

customElements.define('statuswire-page', StatuswirePage);
