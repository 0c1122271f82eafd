import { html, nothing, type PropertyValues } from 'lit';
import {
  type Json,
  ProblemError,
  type RequestType,
  type StatusCore,
  stringifyJson,
} from '../client/index.ts';
import { canonical } from '../form/equal.ts';
import { Sheet } from '../form/sheet.ts';
import { answerLimit, endOfWait, isForYou } from '../shared/waits.ts';
import { absolute, ago } from '../shared/words.ts';
import { PageElement } from './element.ts';
import './json.ts';
import { problems } from './outcome.ts';
import { SheetView } from './sheet-view.ts';

/** How a wait ended, and the answer with which the request continues, if there is one. */
interface End {
  readonly words: string;
  readonly answer?: Json | undefined;
}

/** The calls of the form. A {@link Client} has them. */
export interface AnswerCalls {
  answer(id: string, step: string, answer: unknown): Promise<StatusCore>;
  get(id: string): Promise<StatusCore>;
}

const SENT: End = { words: 'Answer sent.' };

/**
 * The form with which the user answers a request that waits for an answer, and how that ended. The
 * fields come from the schema of the step. Shows nothing for any other request.
 */
export class StatuswireAnswer extends PageElement {
  static override properties = {
    client: { attribute: false },
    request: { attribute: false },
    types: { attribute: false },
    now: { attribute: false },
    shareable: { attribute: false },
    busy: { state: true },
    error: { state: true },
    end: { state: true },
  };
  declare client: AnswerCalls;
  declare request: StatusCore;
  declare types: readonly RequestType[];
  declare now: number;
  /**
   * Whether the user can create links. A press of the button for that is the event `share`, which
   * contains the step.
   */
  declare shareable: boolean;
  declare busy: boolean;
  /** Why the last answer was not accepted. */
  declare error: unknown;
  declare end: End | null;
  readonly #view = new SheetView(this, () => this.requestUpdate());
  #sheet: Sheet | null = null;
  /** The wait that the sheet is for. */
  #asked = '';
  #step = '';
  #sent: Json | undefined;

  constructor() {
    super();
    this.types = [];
    this.now = 0;
    this.shareable = false;
    this.busy = false;
    this.error = null;
    this.end = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const asked = isForYou(this.request) ? askedBy(this.request) : '';
    if (asked !== this.#asked && !this.busy) {
      this.#ended(asked);
    }
    if (asked !== '' && asked === this.#asked && (changed.has('types') || this.#sheet === null)) {
      this.#open();
    }
  }

  /** Closes the form, if there is one, and starts the next wait, if there is one. */
  #ended(asked: string): void {
    const hasFocus = this.contains(document.activeElement);
    const isUsed = hasFocus || this.#sheet?.isEdited || this.#sent !== undefined;
    this.end = isUsed && asked === '' ? this.#endOf(this.request) : null;
    if (hasFocus) {
      void this.#view.focus('.answer-end, #answer-title');
    }
    this.#asked = asked;
    this.#step = this.request.waiting?.step ?? '';
    this.#sheet = null;
    this.#sent = undefined;
    this.error = null;
  }

  #endOf(request: StatusCore): End {
    const answer = request.steps.find(({ name }) => name === this.#step)?.output;
    if (answer === undefined) {
      return { words: 'The request no longer waits for an answer.' };
    }
    if (this.#sent !== undefined && canonical(answer) === canonical(this.#sent)) {
      return SENT;
    }
    return endOfWait(request) === 'time-is-up'
      ? { words: 'The time to answer is over. The default answer was used:', answer }
      : { words: 'Another answer was accepted first:', answer };
  }

  /** Creates the form, or shows a newer version of it and keeps what the user has entered. */
  #open(): void {
    if (this.types.length === 0) {
      return;
    }
    const { type, schema } = { type: this.request.type, schema: this.#schema() ?? {} };
    if (this.#sheet !== null && stringifyJson(this.#sheet.type.schema) === stringifyJson(schema)) {
      return;
    }
    const asType = { name: type, title: '', description: '', steps: [], schema };
    this.#sheet = this.#sheet?.renewed(asType) ?? new Sheet(asType, undefined, 'answer');
  }

  #schema(): RequestType['schema'] | undefined {
    const type = this.types.find(({ name }) => name === this.request.type);
    return type?.answers && Object.hasOwn(type.answers, this.#step)
      ? type.answers[this.#step]
      : undefined;
  }

  protected override render() {
    return html`${this.#asked === '' ? nothing : this.#form()} ${this.#outcome()}`;
  }

  #form() {
    const { prompt, since, until } = this.request.waiting ?? {};
    return html`
      <section class="answer" aria-labelledby="answer-title" data-answer=${this.#step}>
        <h3 id="answer-title" tabindex="-1">Waiting for your answer</h3>
        <p class="answer-prompt" dir="auto">${prompt ?? `Step ${this.#step}`}</p>
        <p class="note" title=${until ? absolute(until) : nothing}>
          ${since ? `Asked ${ago(since, this.now)}.` : nothing}
          ${answerLimit(this.request, this.now)}
        </p>
        ${
          this.#sheet === null
            ? html`<p aria-busy="true">Loading the form…</p>`
            : this.#fields(this.#sheet)
        }
        ${this.shareable ? this.#sharing() : nothing}
      </section>
    `;
  }

  #sharing() {
    const share = () => this.dispatchEvent(new CustomEvent('share', { detail: this.#step }));
    return html`<p class="note answer-share">
      Is another person to answer?
      <button type="button" class="secondary outline" @click=${share}>
        Create a link to this form
      </button>
    </p>`;
  }

  #fields(sheet: Sheet) {
    const { errors } = sheet;
    return html`
      <form
        novalidate
        aria-labelledby="answer-title"
        @submit=${this.#submit}
        @click=${this.#view.pressed}
      >
        ${
          this.#schema() === undefined
            ? html`<p class="note">
                This page does not know the fields of the answer. Enter JSON.
              </p>`
            : nothing
        }
        ${this.#view.fields(sheet, 'answer-', errors)} ${problems(this.error, sheet.tried, errors)}
        <button
          type="submit"
          aria-disabled=${this.busy ? 'true' : nothing}
          aria-busy=${this.busy ? 'true' : nothing}
        >
          Send answer
        </button>
        <p class="visually-hidden" role="status">${this.#view.announced}</p>
      </form>
    `;
  }

  #outcome() {
    const { words, answer } = this.end ?? {};
    return html`
      ${words === undefined ? nothing : html`<p class="answer-end" tabindex="-1">${words}</p>`}
      ${
        answer === undefined
          ? nothing
          : html`<statuswire-json .label=${'Accepted answer'} .value=${answer}></statuswire-json>`
      }
    `;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const sheet = this.#sheet;
    if (sheet === null || this.busy) {
      return;
    }
    this.error = null;
    const { input, errors } = sheet.submit();
    if (sheet.form.kind === 'json' && String(sheet.values.get('') ?? '').trim() === '') {
      sheet.refuse([{ pointer: '', detail: 'Enter JSON.' }]);
      await this.#view.focusFirstError();
    } else if (errors.length > 0) {
      await this.#view.focusFirstError();
    } else {
      await this.#send(sheet, input);
    }
  }

  async #send(sheet: Sheet, answer: Json): Promise<void> {
    const { id } = this.request;
    this.busy = true;
    this.#sent = answer;
    try {
      this.request = await this.client.answer(id, this.#step, answer);
    } catch (error) {
      this.error = error;
      sheet.refuse(error instanceof ProblemError ? error.errors : []);
      if (error instanceof ProblemError && error.status === 409) {
        this.request = await this.client.get(id).catch(() => this.request);
      }
      await this.#view.focusFirstError();
    } finally {
      this.busy = false;
    }
  }
}

/** Identifies one wait for an answer. */
function askedBy({ waiting }: StatusCore): string {
  return `${waiting?.step ?? ''} ${waiting?.since ?? ''}`;
}

customElements.define('statuswire-answer', StatuswireAnswer);
