// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client, Json, RequestType, StatusDocument } from '../../src/client/index.ts';
import '../../src/components/answer.ts';
import type { StatuswireAnswer } from '../../src/components/answer.ts';
import { World } from '../client/world.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const at = (millis: number) => new Date(START + millis).toISOString();
const ID = 'claim-001';
const LINKS = {
  self: `/status/${ID}`,
  answer: `/requests/${ID}/answer`,
  cancel: null,
  retry: null,
};

const claim: RequestType = {
  name: 'expense-claim',
  title: 'Claim an expense',
  description: '',
  steps: ['approve', 'pay'],
  schema: {},
  answers: {
    approve: {
      type: 'object',
      required: ['approved'],
      properties: {
        approved: { type: 'boolean', description: 'Whether to pay.' },
        reason: { type: 'string', minLength: 3 },
      },
      additionalProperties: false,
    },
  },
};

let world: World;
let client: Client;
let answer: StatuswireAnswer;
/** The answers that were sent. */
let sent: unknown[];

beforeEach(async () => {
  world = new World();
  client = world.connect();
  sent = [];
  const original = client.answer;
  client.answer = (id, step, value) => {
    sent.push({ step, answer: value });
    return original.call(client, id, step, value);
  };
  await world.settle();
});

afterEach(() => {
  answer.remove();
  client.close();
});

function waiting(version = 3, more: object = {}): StatusDocument {
  return world.put(ID, version, {
    type: 'expense-claim',
    status: 'WAITING',
    steps: [{ name: 'approve', status: 'WAITING', startedAt: at(0) }],
    waiting: { reason: 'answer', since: at(0), until: at(60_000), step: 'approve', prompt: 'Pay?' },
    links: LINKS,
    ...more,
  });
}

/** Makes the request go on with this output of the step that waited. */
function goOn(output: Json | undefined, version = 4, more: object = {}): StatusDocument {
  return world.put(ID, version, {
    type: 'expense-claim',
    steps: [{ name: 'approve', status: 'SUCCEEDED', ...(output !== undefined && { output }) }],
    waiting: null,
    links: { ...LINKS, answer: null },
    ...more,
  });
}

async function show(request: StatusDocument, types: readonly RequestType[] = [claim]) {
  answer = document.createElement('statuswire-answer') as StatuswireAnswer;
  Object.assign(answer, { client, request, types, now: START + 20_000 });
  document.body.append(answer);
  await rendered();
}

async function receive(request: StatusDocument): Promise<void> {
  answer.request = request;
  await rendered();
}

async function rendered(): Promise<void> {
  await world.settle();
  await answer.updateComplete;
  await world.settle();
}

function find<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = answer.querySelector<T>(selector);
  expect(found, selector).not.toBeNull();
  return found as T;
}

function text(selector?: string): string {
  const element = selector === undefined ? answer : find(selector);
  return element.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

function error(name: string): string | null {
  return answer.querySelector(`[data-field="${name}"] .field-error`)?.textContent ?? null;
}

async function enter(name: string, value: string): Promise<void> {
  const field = find<HTMLInputElement>(`[name="${name}"]`);
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'));
  await rendered();
}

async function send(): Promise<void> {
  find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await rendered();
}

function refuse(status: number, errors: Json = []): void {
  world.next(/answer/, () => ({ status, body: { title: 'Refused', errors } }));
}

/** Makes the server accept the next answer. */
function accept(output: Json): void {
  world.next(/answer/, () => ({ status: 202, body: goOn(output) }));
}

test('a request that does not wait for an answer shows nothing', async () => {
  await show(waiting(3, { links: { ...LINKS, answer: undefined } }));
  expect(text()).toBe('');
  await receive(goOn({ approved: true }));
  expect(text()).toBe('');
});

test('the form has the prompt, the time limit, and the fields of the schema of the step', async () => {
  await show(waiting());
  expect(text('h3')).toBe('Waiting for your answer');
  expect(text('.answer-prompt')).toBe('Pay?');
  expect(text('.note')).toMatch(/^Asked 20 s ago\. Answer by .* \(in 40 s\)\.$/);
  expect(find('section').getAttribute('aria-labelledby')).toBe('answer-title');
  expect(text('label[for="answer-field-approved"]')).toBe('Approved');
  expect(text('label[for="answer-field-reason"]')).toBe('Reason optional');
  expect(find('[name="approved"]').getAttribute('aria-describedby')).toBe('answer-notes-approved');
});

test('a required checkbox is a choice, so that an untouched one does not decide', async () => {
  await show(waiting());
  await send();
  expect(sent).toEqual([]);
  expect(error('approved')).toBe('approved is required');
  expect(document.activeElement?.id).toBe('answer-field-approved');
  expect(text('.problem')).toBe('Correct the marked fields');
});

test.each([
  ['Yes', true],
  ['No', false],
])(
  'the answer %s is sent once, and then the focus is on what happened',
  async (text_, approved) => {
    await show(waiting());
    await enter('approved', text_);
    find('[type=submit]').focus();
    accept({ approved });
    await send();
    expect(sent).toEqual([{ step: 'approve', answer: { approved } }]);
    expect(text()).toBe('Answer sent.');
    expect(document.activeElement).toBe(find('.answer-end'));
    await receive(goOn({ approved }, 5, { status: 'SUCCEEDED' }));
    expect(text()).toBe('Answer sent.');
  },
);

test('while an answer is being sent, it is not sent again, and the form stays', async () => {
  await show(waiting());
  await enter('approved', 'Yes');
  let respond = () => {};
  world.next(
    /answer/,
    () =>
      new Promise((resolve) => {
        respond = () => resolve({ status: 202, body: world.documents.get(ID) });
      }),
  );
  await send();
  expect(find('[type=submit]').getAttribute('aria-busy')).toBe('true');
  await send();
  await receive(goOn({ approved: true }));
  expect(answer.querySelector('form')).not.toBeNull();
  respond();
  await rendered();
  expect(sent).toHaveLength(1);
  expect(text()).toBe('Answer sent.');
});

test("the server's errors are shown at their fields, until these change", async () => {
  await show(waiting());
  await enter('approved', 'Yes');
  await enter('reason', 'because');
  refuse(422, [
    { pointer: '/answer/reason', detail: 'reason is too rude' },
    { pointer: '/step', detail: 'is unknown' },
  ]);
  await send();
  expect(error('reason')).toBe('reason is too rude');
  expect(text('.problem')).toBe('Refused /step is unknown');
  expect(document.activeElement?.id).toBe('answer-field-reason');
  await enter('reason', 'please');
  expect(error('reason')).toBeNull();
});

test('if another answer was first, the accepted one is shown', async () => {
  await show(waiting());
  await enter('approved', 'Yes');
  find('[type=submit]').focus();
  goOn({ approved: false, reason: 'Too late' });
  refuse(409);
  await send();
  expect(text('.answer-end')).toBe('Another answer was accepted first:');
  expect(text('statuswire-json')).toContain('Too late');
  expect(answer.querySelector('form')).toBeNull();
  expect(document.activeElement).toBe(find('.answer-end'));
});

test('if the answer arrived although its response was lost, it counts as sent', async () => {
  await show(waiting());
  await enter('approved', 'Yes');
  world.next(/answer/, () => undefined);
  await send();
  expect(text('.problem')).toContain('The server does not respond');
  await receive(goOn({ approved: true }));
  expect(text()).toBe('Answer sent.');
});

test('a 409 of a request that still waits is shown, and the form stays', async () => {
  await show(waiting());
  await enter('approved', 'Yes');
  refuse(409);
  await send();
  expect(text('.problem')).toBe('Refused');
  expect(find<HTMLSelectElement>('[name="approved"]').value).toBe('Yes');
});

describe('if the wait ends while the user fills in the form', () => {
  test.each<[string, Json | undefined, object]>([
    ['Another answer was accepted first:', { approved: true }, {}],
    [
      'The time to answer is over. The default answer was used:',
      { approved: false },
      { history: [{ version: 4, at: at(0), event: 'time-is-up', by: 'system' }] },
    ],
    ['The request no longer waits for an answer.', undefined, { status: 'CANCELLED' }],
  ])('the user reads: %s', async (words, output, more) => {
    await show(waiting());
    await enter('reason', 'I think');
    await receive(goOn(output, 4, more));
    expect(text('.answer-end')).toBe(words);
    expect(answer.querySelector('form')).toBeNull();
  });

  test('the focus is not lost', async () => {
    await show(waiting());
    find('[name="reason"]').focus();
    await receive(goOn({ approved: true }));
    await rendered();
    expect(document.activeElement).toBe(find('.answer-end'));
  });
});

test('an untouched form disappears without a word', async () => {
  await show(waiting());
  await receive(goOn({ approved: true }));
  expect(text()).toBe('');
});

test('the next wait has a new form', async () => {
  await show(waiting());
  await enter('approved', 'Yes');
  accept({ approved: true });
  await send();
  const again = { reason: 'answer', since: at(9_000), step: 'approve', prompt: 'Again?' };
  await receive(waiting(6, { waiting: again }));
  expect(text('.answer-prompt')).toBe('Again?');
  expect(find<HTMLSelectElement>('[name="approved"]').value).toBe('');
  expect(text()).not.toContain('Answer sent.');
});

test('without a prompt, the step is named', async () => {
  await show(waiting(3, { waiting: { reason: 'answer', step: 'approve' } }));
  expect(text('.answer-prompt')).toBe('Step approve');
});

describe('if the page does not know the schema of the answer', () => {
  test.each<[string, readonly RequestType[]]>([
    ['because the type is unknown', [{ ...claim, name: 'other' }]],
    ['because the server is older', [(({ answers: _, ...older }) => older)(claim)]],
    ['because the step is unknown', [{ ...claim, answers: {} }]],
  ])('%s, the user enters JSON', async (_, types) => {
    await show(waiting(), types);
    expect(text('form .note')).toContain('Enter JSON');
    await send();
    expect(error('answer')).toBe('Enter JSON.');
    expect(sent).toEqual([]);
    await enter('answer', '{"approved"');
    await send();
    expect(error('answer')).toBe('Enter valid JSON.');
    await enter('answer', '{"approved": true}');
    accept({ approved: true });
    await send();
    expect(sent).toEqual([{ step: 'approve', answer: { approved: true } }]);
  });

  test('errors in the JSON are shown at its field', async () => {
    await show(waiting(), [{ ...claim, answers: {} }]);
    await enter('answer', '7');
    refuse(422, [{ pointer: '/answer', detail: 'answer must be an object' }]);
    await send();
    expect(error('answer')).toBe('answer must be an object');
  });

  test('because the types have not been loaded, the form appears with them', async () => {
    await show(waiting(), []);
    expect(text('[aria-busy]')).toBe('Loading the form…');
    answer.types = [claim];
    await rendered();
    expect(find('[name="approved"]').tagName).toBe('SELECT');
  });
});

test('a newer version of the type keeps what the user has entered', async () => {
  await show(waiting());
  await enter('reason', 'because');
  const { approve } = claim.answers as { approve: { properties: object } };
  const properties = { ...approve.properties, level: { type: 'integer' } };
  answer.types = [{ ...claim, answers: { approve: { ...approve, properties } } }];
  await rendered();
  expect(find<HTMLTextAreaElement>('[name="reason"]').value).toBe('because');
  expect(answer.querySelector('[name="level"]')).not.toBeNull();
});
