import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type Client, connect } from '../client/index.ts';
import { cappedRetryAfter, retryAfterOf } from '../client/problem.ts';
import { Memory } from '../form/memory.ts';
import { browser, type LoginEnvironment } from '../login/environment.ts';
import type { LoginSettings } from '../login/issuer.ts';
import type { Login } from '../login/login.ts';
import { SiteData } from '../shared/site-data.ts';
import './app.ts';
import { PageElement } from './element.ts';

/** How long to wait before asking the server again whether it requires a login, in milliseconds. */
const AGAIN = 3_000;

/** The page, behind a login if the server requires one. */
export class StatuswirePage extends PageElement {
  static override properties = {
    environment: { attribute: false },
    login: { state: true },
    client: { state: true },
    away: { state: true },
  };
  declare environment: LoginEnvironment;
  /** Undefined until the server has reported whether it requires a login; null if it does not. */
  declare login: Login | null | undefined;
  declare client: Client | null;
  /** Whether the server does not respond. */
  declare away: boolean;
  /** The form's data of the current user. */
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
    void this.#start();
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
        ? this.#screen(html`<p>The server does not respond. Retrying automatically.</p>`)
        : nothing;
    }
    if (this.client === null) {
      return this.#screen(this.#question());
    }
    // Each client belongs to one user, so a new client gets a new page.
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
      The browser does not store data for this page. Your
      input${this.login ? ' and your login' : ''} will be lost when you reload the page.
    </p>`;
  }

  #screen(content: TemplateResult) {
    return html`
      <main class="login-screen">
        <section class="panel" aria-labelledby="login-title">
          <img src="favicon.svg" alt="" width="48" height="48" />
          <h1 id="login-title">Statuswire</h1>
          ${content}
        </section>
      </main>
    `;
  }

  #question() {
    const { login } = this;
    if (login?.isCompletedElsewhere) {
      return html`<p>Login completed in the other window. You can close this one.</p>`;
    }
    return html`
      <p>
        ${
          login?.isEnded
            ? 'Your session has ended. Everything on this page was removed. Log in to continue.'
            : 'Submit work, get a response at once, watch it finish.'
        }
      </p>
      ${
        login?.problem
          ? html`<p class="problem" role="alert">Login failed: ${login.problem}</p>`
          : nothing
      }
      <button @click=${() => void login?.begin()}>Log in</button>
    `;
  }

  async #start(): Promise<void> {
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

  /**
   * Creates the user's client, or removes all of the user's data from the page and the browser
   * after a session.
   */
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

  /** Asks the server until it responds. */
  async #settings(): Promise<LoginSettings | null> {
    for (;;) {
      let retryAfter: number | null = null;
      try {
        const response = await this.environment.fetch('identity', {});
        if (response.ok) {
          const settings = (await response.json()) as LoginSettings | { issuer: null };
          return settings.issuer === null ? null : settings;
        }
        retryAfter = retryAfterOf(response.headers.get('Retry-After'), Date.now());
      } catch (error) {
        console.debug('statuswire: could not read the login settings; will retry', error);
      }
      this.away = true;
      const wait = Math.max(AGAIN, cappedRetryAfter(retryAfter));
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

customElements.define('statuswire-page', StatuswirePage);
