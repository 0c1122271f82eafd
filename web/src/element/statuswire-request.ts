/**
 * The custom element `<statuswire-request>`, which shows one request live. Importing this module
 * defines it.
 *
 * @packageDocumentation
 */
import {
  type Client,
  connect,
  type RequestType,
  type StatusDocument,
  type TokenSource,
} from '../client/index.ts';
import { Announcer } from '../notices/announcer.ts';
import { Transitions } from '../notices/transitions.ts';
import { titleOf } from '../shared/words.ts';
import { contentOf, loading, unread } from './content.ts';
import { FollowedRequest } from './followed-request.ts';
import css from './request.css?inline';
import { RequestView } from './request-view.ts';
import { SharedClients } from './shared-clients.ts';

const NAME = 'statuswire-request';

/** How often a growing duration is shown again, in milliseconds. */
const TICK = 1_000;

const clients = new SharedClients(connect);
const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** The types of each client's server, for the titles. */
const typesOf = new WeakMap<Client, Promise<readonly RequestType[]>>();

/** What the element follows: the client, or the server and the token to connect with; the id. */
type Target = readonly [Client | string, string | TokenSource | undefined, string];

/**
 * Shows the status, progress, steps and error of one request, and keeps them current while the
 * element is in a document. Elements with the same server and token share one client. Without
 * `request`, the element shows nothing.
 *
 * Fires `change`, a `CustomEvent` that does not bubble, for each new document. Its `detail` is the
 * document, or null if the request was removed.
 */
export class StatuswireRequest extends HTMLElement {
  static readonly observedAttributes: readonly string[] = ['server', 'request'];

  readonly #view: RequestView = new RequestView();
  #client: Client | undefined;
  #token: string | TokenSource | undefined;
  #target: Target | null = null;
  #followed: FollowedRequest | null = null;
  #types: readonly RequestType[] = [];
  #shown: StatusDocument | null = null;
  #transitions = new Transitions();
  #announcer = this.#newAnnouncer();
  #isPlanned = false;
  #tick: ReturnType<typeof setTimeout> | undefined;
  #ends: (() => void)[] = [];

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#view.box);
  }

  /** The server's URL, relative to the page; null for the page's own server. */
  get server(): string | null {
    return this.getAttribute('server');
  }

  set server(url: string | null | undefined) {
    this.#reflect('server', url);
  }

  /** The id of the request; null if there is none to show. */
  get request(): string | null {
    return this.getAttribute('request');
  }

  set request(id: string | null | undefined) {
    this.#reflect('request', id);
  }

  /**
   * The access token, or a function that returns it, which is called before every call to the
   * server. Elements share a client only if they have the same token or the same function.
   */
  get token(): string | TokenSource | undefined {
    return this.#token;
  }

  set token(token: string | TokenSource | undefined) {
    this.#token = token;
    this.#plan();
  }

  /** A client of the page to use instead of `server` and `token`. The element never closes it. */
  get client(): Client | undefined {
    return this.#client;
  }

  set client(client: Client | undefined) {
    this.#client = client;
    this.#plan();
  }

  /** Starts following. */
  connectedCallback(): void {
    this.#adoptProperties();
    this.#plan();
  }

  /** Stops following at once. */
  disconnectedCallback(): void {
    this.#stop();
  }

  /** Follows the request that the attributes name now. */
  attributeChangedCallback(): void {
    this.#plan();
  }

  #reflect(name: string, value: string | null | undefined): void {
    if (value === null || value === undefined) {
      this.removeAttribute(name);
    } else {
      this.setAttribute(name, value);
    }
  }

  /** Passes on properties that the page set before this class was defined. */
  #adoptProperties(): void {
    for (const name of ['server', 'request', 'token', 'client'] as const) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete (this as Partial<Record<typeof name, unknown>>)[name];
        Object.assign(this, { [name]: value });
      }
    }
  }

  /** Waits for the end of the page's own code, which may set several properties. */
  #plan(): void {
    if (!this.#isPlanned) {
      this.#isPlanned = true;
      queueMicrotask(() => {
        this.#isPlanned = false;
        this.#update();
      });
    }
  }

  #update(): void {
    const { request } = this;
    if (!this.isConnected) {
      return;
    }
    if (!request) {
      this.#stop();
      this.#view.hide();
      return;
    }
    const target: Target = this.#client
      ? [this.#client, undefined, request]
      : [this.server || location.origin, this.#token, request];
    if (this.#target === null || target.some((part, index) => part !== this.#target?.[index])) {
      this.#stop();
      this.#start(target);
    }
  }

  #start(target: Target): void {
    const [server, token, id] = target;
    this.#target = target;
    this.#transitions = new Transitions();
    this.#announcer = this.#newAnnouncer();
    this.#view.announce('');
    try {
      const client = typeof server === 'string' ? this.#borrow(server, token) : server;
      this.#followed = new FollowedRequest(client, id, () => this.#changed());
      this.#ends.push(client.onConnection(() => void this.#readTypes(client)));
      this.#changed();
      void this.#readTypes(client);
    } catch (error) {
      this.#view.show(unread(error, 'live')); // The server or the id is invalid.
    }
  }

  #borrow(server: string, token: string | TokenSource | undefined): Client {
    const url = new URL(server, location.href).href.replace(/\/+$/, '');
    const { client, release } = clients.borrow(url, token);
    this.#ends.push(release);
    return client;
  }

  #stop(): void {
    clearTimeout(this.#tick);
    this.#followed?.stop();
    this.#ends.forEach((end) => end());
    this.#ends = [];
    this.#followed = null;
    this.#target = null;
    this.#shown = null;
    this.#types = [];
  }

  #newAnnouncer(): Announcer {
    const announcer: Announcer = new Announcer({
      say: (text) => announcer === this.#announcer && this.#say(text),
      setTimeout: (action, millis) => setTimeout(action, millis),
    });
    return announcer;
  }

  #say(text: string): void {
    const { status, error } = this.#shown ?? { status: '', error: null };
    this.#view.announce(status === 'FAILED' && error ? `${text}. ${error.message}` : text);
  }

  #changed(): void {
    this.#render();
    const request = this.#followed?.request;
    const before = this.#shown;
    if (request !== undefined && request !== before) {
      this.#shown = request;
      if (before === null) {
        this.#view.announce(''); // Perhaps that there was no request.
      }
      this.#announcer.announce(
        this.#transitions.of([request.id], () => request),
        this.#types,
      );
      this.dispatchEvent(new CustomEvent('change', { detail: request }));
    } else if (request === undefined && before !== null) {
      this.#shown = null;
      this.dispatchEvent(new CustomEvent('change', { detail: null }));
    }
  }

  #render(): void {
    clearTimeout(this.#tick);
    if (this.#followed === null) {
      return;
    }
    const { client, request, error } = this.#followed;
    if (request === undefined) {
      const content = error === null ? loading(client.state) : unread(error, client.state);
      this.#view.show(content);
      this.#view.announce(content.error.title);
      return;
    }
    const isCurrent = client.isCurrent(request.id);
    const now = isCurrent ? Date.now() : (client.confirmedAt(request.id) ?? Date.now());
    const content = contentOf(request, titleOf(request.type, this.#types), client.state, now);
    this.#view.show(content);
    if (isCurrent && content.isGrowing) {
      this.#tick = setTimeout(() => this.#render(), TICK);
    }
  }

  /** Reads the types of the server, once for all elements, unless they are known. */
  async #readTypes(client: Client): Promise<void> {
    if (this.#types.length > 0 || client.state === 'offline') {
      return;
    }
    const reading = typesOf.get(client) ?? client.types();
    typesOf.set(client, reading);
    try {
      const types = await reading;
      if (client === this.#followed?.client) {
        this.#types = types;
        this.#render();
      }
    } catch (error) {
      typesOf.delete(client);
      console.debug('statuswire: could not read the request types; showing their names', error);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'statuswire-request': StatuswireRequest;
  }
}

// Another copy of this module, such as that of another server, may have defined the element.
if (!customElements.get(NAME)) {
  customElements.define(NAME, StatuswireRequest);
}
