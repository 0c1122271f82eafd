import type { Content, StepContent } from './content.ts';

/**
 * The element's own DOM, which is created once and then updated in place, so that assistive
 * technology and the user's selection keep their position. All texts are text nodes, so the
 * element works under Trusted Types.
 */
export class RequestView {
  /** The outermost element. */
  readonly box = part('div', 'box');
  readonly #title = part('span', 'title');
  readonly #status = part('span', 'status');
  readonly #progress = part('div', 'progress');
  readonly #bar = part('div', 'bar');
  readonly #percent = part('span', 'percent');
  readonly #message = part('bdi', 'message');
  readonly #line = create('p', 'class', 'line');
  readonly #prompt = part('p', 'prompt');
  readonly #steps = part('ol', 'steps');
  readonly #error = part('div', 'error');
  readonly #errorTitle = create('strong', 'class', 'error-title');
  readonly #errorDetail = create('span', 'class', 'error-detail');
  readonly #errorPlace = create('span', 'class', 'error-place');
  readonly #note = part('p', 'note');
  readonly #announcement = create('p', 'class', 'announcement');

  constructor() {
    this.#title.id = 'title';
    attributes(this.box, { role: 'group', 'aria-labelledby': 'title' });
    attributes(this.#progress, {
      role: 'progressbar',
      'aria-label': 'Progress',
      'aria-valuemin': '0',
      'aria-valuemax': '100',
    });
    attributes(this.#steps, { role: 'list', 'aria-label': 'Steps' });
    attributes(this.#announcement, { role: 'status' });
    for (const one of [this.#title, this.#prompt, this.#errorTitle, this.#errorDetail]) {
      one.dir = 'auto';
    }
    const head = create('div', 'class', 'head');
    head.append(this.#title, this.#status);
    this.#progress.append(this.#bar);
    this.#line.append(this.#percent, this.#message);
    this.#error.append(this.#errorTitle, this.#errorDetail, this.#errorPlace);
    this.box.append(head, this.#progress, this.#line, this.#prompt, this.#steps);
    this.box.append(this.#error, this.#note, this.#announcement);
    this.hide();
  }

  /** Shows nothing, because there is no request to show. */
  hide(): void {
    this.box.hidden = true;
    this.announce('');
  }

  /** Shows this content. */
  show(content: Content): void {
    this.box.hidden = false;
    this.box.setAttribute('aria-busy', String(content.isLoading));
    this.box.dataset.tone = content.status.toLowerCase();
    write(this.#title, content.title);
    write(this.#status, content.statusWord);
    this.#showProgress(content);
    write(this.#prompt, content.prompt);
    this.#showSteps(content.steps);
    write(this.#errorTitle, content.error.title);
    write(this.#errorDetail, content.error.detail);
    write(this.#errorPlace, content.error.place);
    this.#error.hidden = content.error.title === '';
    write(this.#note, content.note);
    this.#note.dataset.state = content.state;
  }

  /** Makes screen readers read this text when they have finished the current one. */
  announce(text: string): void {
    if (this.#announcement.textContent !== text) {
      this.#announcement.textContent = text;
    }
  }

  #showProgress({ percent, message }: Content): void {
    this.#progress.hidden = percent === null;
    if (percent !== null) {
      this.#progress.setAttribute('aria-valuenow', String(percent));
      this.#progress.setAttribute('aria-valuetext', `${percent}% ${message}`.trim());
      this.#bar.style.width = `${percent}%`;
    }
    write(this.#percent, percent === null ? '' : `${percent}%`);
    write(this.#message, message);
    this.#line.hidden = percent === null && message === '';
  }

  #showSteps(steps: readonly StepContent[]): void {
    while (this.#steps.childElementCount < steps.length) {
      const step = part('li', 'step');
      const name = part('span', 'step-name');
      name.dir = 'auto';
      step.append(name, ' ', part('span', 'step-status'), ' ', part('span', 'step-time'));
      this.#steps.append(step);
    }
    while (this.#steps.childElementCount > steps.length) {
      this.#steps.lastElementChild?.remove();
    }
    steps.forEach(({ name, status, statusWord, time }, index) => {
      const step = this.#steps.children[index] as HTMLElement;
      step.dataset.tone = status.toLowerCase();
      [name, statusWord, time].forEach((text, at) => write(step.children[at] as HTMLElement, text));
    });
    this.#steps.hidden = steps.length === 0;
  }
}

/** Creates an element that pages can style as a part of this name. */
function part<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  name: string,
): HTMLElementTagNameMap[K] {
  return create(tag, 'part', name);
}

function create<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attribute: 'class' | 'part',
  value: string,
): HTMLElementTagNameMap[K] {
  const created = document.createElement(tag);
  created.setAttribute(attribute, value);
  return created;
}

function attributes(element: HTMLElement, values: Readonly<Record<string, string>>): void {
  Object.entries(values).forEach(([name, value]) => element.setAttribute(name, value));
}

/** Sets a text if it has changed. Hides the element if the text is empty. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
  element.hidden = text === '';
}
