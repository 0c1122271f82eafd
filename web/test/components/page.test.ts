// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/client/index.ts';
import '../../src/components/app.ts';
import type { StatuswireApp } from '../../src/components/app.ts';
import { World } from '../client/world.ts';

const types = [
  {
    name: 'place-order',
    title: 'Place an order',
    description: 'A restaurant.',
    steps: ['cook'],
    example: { dish: 'soup' },
    schema: {
      type: 'object',
      required: ['dish'],
      properties: {
        dish: { type: 'string', description: 'What is to be cooked.' },
        simulate: { type: 'object', properties: { cookMillis: { type: 'integer' } } },
      },
    },
  },
  { name: 'greet', title: 'Greet', description: '', steps: ['greet'], schema: { properties: {} } },
];

let world: World;
let client: Client;
let app: StatuswireApp;

beforeEach(async () => {
  location.hash = '';
  world = new World();
  world.next(/types/, () => ({ status: 200, body: types }));
  client = world.connect();
  app = document.createElement('statuswire-app') as StatuswireApp;
  app.client = client;
  document.body.append(app);
  await drawn();
});

afterEach(() => app.remove());

async function drawn(): Promise<void> {
  await world.settle();
  await app.updateComplete;
  await world.settle();
}

function find<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = app.querySelector<T>(selector);
  expect(found, selector).not.toBeNull();
  return found as T;
}

function button(label: string): HTMLButtonElement {
  const all = [...app.querySelectorAll('button')];
  return all.find((one) => one.textContent?.trim() === label) as HTMLButtonElement;
}

function text(selector: string): string {
  return find(selector).textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

function type(name: string, value: string): void {
  const input = find<HTMLInputElement>(`[name="${name}"]`);
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

async function submit(): Promise<void> {
  find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await drawn();
}

async function select(id: string): Promise<void> {
  location.hash = `#/requests/${id}`;
  window.dispatchEvent(new Event('hashchange'));
  await drawn();
}

test('an empty list says what to do', () => {
  expect(text('.empty')).toContain('Nothing here yet');
});

test('the mark tells how the page hears of changes', async () => {
  expect(find('[role=status][data-connection]').dataset.connection).toBe('live');
  expect(text('[data-connection]')).toBe('Live');
  world.sockets = 'refused';
  world.open[0]?.drop();
  await drawn();
  expect(find('[data-connection]').dataset.connection).toBe('polling');
});

test('the form is prefilled with the example', () => {
  expect(find<HTMLInputElement>('[name=dish]').value).toBe('soup');
  expect(find<HTMLInputElement>('[name="simulate.cookMillis"]').value).toBe('');
});

test('submitting sends what is filled in and shows the request in the list', async () => {
  type('dish', 'pasta');
  const inputs: unknown[] = [];
  const { submit: send } = client;
  client.submit = (name, input, options) => {
    inputs.push([name, input]);
    return send.call(client, name, input, options);
  };
  await submit();
  expect(inputs).toEqual([['place-order', { dish: 'pasta' }]]);
  const row = find('[data-request-id]');
  expect(row.dataset.status).toBe('ACCEPTED');
  expect(find('.submitted a').getAttribute('href')).toBe(`#/requests/${row.dataset.requestId}`);
});

test('errors of the server are shown at their fields, the first has the focus', async () => {
  const errors = [
    { pointer: '/input/simulate/cookMillis', detail: 'It must be at most 600000.' },
    { pointer: '/input', detail: 'It must not have chef.' },
  ];
  world.next(/PUT/, () => ({ status: 422, body: { title: 'Invalid input', errors } }));
  type('simulate.cookMillis', '700000');
  await submit();
  const input = find<HTMLInputElement>('[name="simulate.cookMillis"]');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(input.value).toBe('700000');
  expect(document.activeElement).toBe(input);
  const notes = input.getAttribute('aria-describedby');
  expect(document.getElementById(notes ?? '')?.textContent).toContain('It must be at most 600000.');
  expect(text('.problem')).toBe('Invalid input /input It must not have chef.');
});

test('where every error is at a field, the form only points there', async () => {
  const errors = [{ pointer: '/input/dish', detail: 'It is missing.' }];
  world.next(/PUT/, () => ({ status: 422, body: { title: 'Invalid input', errors } }));
  await submit();
  expect(text('[data-field=dish] .field-error')).toBe('It is missing.');
  expect(text('.problem')).toBe('Check the marked fields');
});

test('the same content after a lost answer goes under the same id', async () => {
  world.httpDown = true;
  await submit();
  expect(button('Submit').disabled).toBe(true);
  await world.pass(60_000);
  await drawn();
  expect(text('.problem')).toContain('The server does not answer');
  expect(button('Submit').disabled).toBe(false);
  world.httpDown = false;
  await submit();
  const puts = world.log.filter((call) => call.startsWith('PUT'));
  expect(puts.length).toBeGreaterThan(2);
  expect(new Set(puts).size).toBe(1);
});

test('what was typed is kept while another type is chosen', async () => {
  type('dish', 'steak');
  const choice = find<HTMLSelectElement>('[data-request-type]');
  for (const name of ['greet', 'place-order']) {
    choice.value = name;
    choice.dispatchEvent(new Event('change'));
    await drawn();
  }
  expect(find<HTMLInputElement>('[name=dish]').value).toBe('steak');
});

test('rows are newest first and live, and what a client sent is text', async () => {
  world.push('older-001', 1, { createdAt: '2026-01-01T00:00:00.000Z', type: '<b>bold</b>' });
  world.push('newer-001', 1, { createdAt: '2026-01-02T00:00:00.000Z' });
  world.push('older-001', 2, {
    createdAt: '2026-01-01T00:00:00.000Z',
    type: '<b>bold</b>',
    progress: { percent: 40, message: '<i>cooking</i>' },
  });
  await drawn();
  const rows = [...app.querySelectorAll<HTMLElement>('[data-request-id]')];
  expect(rows.map(({ dataset }) => dataset.requestId)).toEqual(['newer-001', 'older-001']);
  expect(rows[1]?.textContent).toContain('<b>bold</b>');
  expect(rows[1]?.textContent).toContain('40 % <i>cooking</i>');
  expect(rows[1]?.querySelector('progress')?.value).toBe(40);
  expect(app.querySelector('b, i')).toBeNull();
});

test('a button is disabled while its call is under way, and tells what went wrong', async () => {
  world.push('running-1', 2, {
    links: { self: '', cancel: '/requests/running-1/cancel', retry: null },
  });
  await select('running-1');
  let answer = (_: { status: number; body: object }) => {};
  world.next(/cancel/, () => new Promise((resolve) => (answer = resolve)));
  button('Cancel').click();
  await drawn();
  expect(button('Cancel').disabled).toBe(true);
  answer({ status: 409, body: { title: 'It is finished', detail: 'It succeeded already.' } });
  await drawn();
  expect(text('.details .problem')).toBe('It is finished It succeeded already.');
  expect(button('Cancel').disabled).toBe(false);
});

test('an address of a request that does not exist says so', async () => {
  await select('nobody-01');
  expect(text('.details-panel .empty')).toContain('There is no request nobody-01');
});

test('closing the details leads back to the row', async () => {
  world.push('running-1', 2);
  await select('running-1');
  location.hash = '#/';
  window.dispatchEvent(new Event('hashchange'));
  await drawn();
  expect(app.querySelector('.details-panel')).toBeNull();
  expect(document.activeElement).toBe(find('[data-request-id="running-1"] a'));
});
