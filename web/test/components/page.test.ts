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
        dish: { type: 'string', description: 'The dish to cook.' },
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
  sessionStorage.clear();
  world = new World();
  world.types = types;
  client = world.connect();
  app = document.createElement('statuswire-app') as StatuswireApp;
  app.client = client;
  document.body.append(app);
  await rendered();
});

afterEach(() => app.remove());

async function rendered(): Promise<void> {
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

async function select(id: string): Promise<void> {
  location.hash = `#/requests/${id}`;
  window.dispatchEvent(new Event('hashchange'));
  await rendered();
}

test('an empty list shows what to do', () => {
  expect(text('.empty')).toContain('No requests yet');
});

test("the indicator shows the connection's state", async () => {
  expect(find('[role=status][data-connection]').dataset.connection).toBe('live');
  expect(text('[data-connection]')).toMatch(/^Live since \d\d:\d\d:\d\d$/);
  world.sockets = 'refused';
  world.open[0]?.drop();
  await rendered();
  expect(find('[data-connection]').dataset.connection).toBe('polling');
});

test('a submitted request appears in the list', async () => {
  find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await rendered();
  const row = find('[data-request-id]');
  expect(row.dataset.status).toBe('ACCEPTED');
  expect(find('.submitted a').getAttribute('href')).toBe(`#/requests/${row.dataset.requestId}`);
});

test('the request that was submitted last is first, wherever it sorts, and stays while newer ones arrive', async () => {
  for (let index = 0; index < 130; index++) {
    world.put(`z-${String(index).padStart(4, '0')}`, 3, { status: 'SUCCEEDED' });
  }
  world.open[0]?.drop();
  await world.pass(5_000);
  find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await rendered();
  const id = find('.submitted a').getAttribute('href')?.split('/').pop() ?? '';
  const first = () => find('[data-request-id]').dataset.requestId;
  expect(first()).toBe(id);
  world.push(id, 2);
  world.push('z-9999', 1);
  await world.pass(400_000);
  world.open[0]?.drop();
  await world.pass(5_000);
  await rendered();
  expect(first()).toBe(id);
  expect(find(`[data-request-id="${id}"]`).dataset.status).toBe('RUNNING');
  const second = [...app.querySelectorAll<HTMLElement>('[data-request-id]')][1];
  expect(second?.dataset.requestId).toBe('z-9999');
});

test('a selected request is shown and stays, even if it is finished and 130 are newer', async () => {
  world.put('a-selected', 4, { status: 'SUCCEEDED' });
  for (let index = 0; index < 130; index++) {
    world.put(`z-${String(index).padStart(8, '0')}`, 3, { status: 'SUCCEEDED' });
  }
  await select('a-selected');
  for (let index = 0; index < 25; index++) {
    await client.get(`z-${String(index).padStart(8, '0')}`);
  }
  world.open[0]?.drop();
  await world.pass(400_000);
  await rendered();
  expect(find('[data-request-details]').dataset.requestDetails).toBe('a-selected');
  world.remove('a-selected');
  await rendered();
  expect(app.querySelector('[data-request-details]')).toBeNull();
  expect(text('.details-panel .empty')).toContain('a-selected was deleted');
});

test('tags in the details filter the list, and the filter removes them', async () => {
  world.push('trip-0001', 2, { tags: ['trip-42', 'team:sales'] });
  world.push('trip-0002', 2, { tags: ['trip-43'] });
  world.push('trip-0003', 2);
  await select('trip-0001');
  const ids = () =>
    [...app.querySelectorAll<HTMLElement>('[data-request-id]')].map(
      ({ dataset }) => dataset.requestId,
    );
  button('trip-42').click();
  await rendered();
  expect(ids()).toEqual(['trip-0001']);
  expect(location.hash).toBe('#/requests/trip-0001?tag=trip-42');
  expect(button('trip-42').getAttribute('aria-pressed')).toBe('true');
  location.hash = '#/?tag=trip-42%2Ctrip-43';
  window.dispatchEvent(new Event('hashchange'));
  await rendered();
  expect(ids()).toEqual(['trip-0002', 'trip-0001']);
  find('[aria-label="Remove the tag trip-42 from the filter"]').click();
  await rendered();
  expect(ids()).toEqual(['trip-0002']);
  expect(document.activeElement).toBe(find('.filter-text'));
  button('trip-43 ×').click();
  await rendered();
  expect(ids()).toHaveLength(3);
  expect(app.querySelector('.filters .tags')).toBeNull();
});

test('a tag closes the details if they hide the list', async () => {
  world.push('trip-0001', 2, { tags: ['trip-42'] });
  await select('trip-0001');
  find('.list-panel').style.display = 'none';
  button('trip-42').click();
  await rendered();
  expect(location.hash).toBe('#/?tag=trip-42');
  expect(app.querySelector('.details-panel')).toBeNull();
});

test('after a deletion, the details close, the next row gets the focus, and it is announced', async () => {
  const links = { self: '', cancel: null, retry: null, delete: '/x' };
  for (const id of ['order-0001', 'order-0002', 'order-0003']) {
    world.push(id, 2, { status: 'FAILED', links });
  }
  const remove = async (id: string) => {
    await select(id);
    button('Delete').click();
    find<HTMLDialogElement>('dialog').close('delete');
    await rendered();
  };
  await remove('order-0002');
  expect(app.querySelector('.details-panel')).toBeNull();
  expect(app.querySelector('[data-request-id="order-0002"]')).toBeNull();
  expect(text('[data-announcement]')).toBe('Place an order: deleted');
  expect(document.activeElement).toBe(find('[data-request-id="order-0001"] a'));
  const first = find('[data-announcement]').textContent;
  await remove('order-0001');
  expect(document.activeElement).toBe(find('[data-request-id="order-0003"] a'));
  expect(text('[data-announcement]')).toBe('Place an order: deleted');
  expect(find('[data-announcement]').textContent).not.toBe(first);
  await remove('order-0003');
  expect(document.activeElement).toBe(find('#list-title'));
});

test('rows are in the order of the server and live, and text from clients is shown as text', async () => {
  world.push('a-first-1', 1, { createdAt: '2026-01-01T00:00:00.000Z', type: '<b>bold</b>' });
  world.push('b-second-1', 1, { createdAt: '2026-01-02T00:00:00.000Z' });
  world.push('a-first-1', 2, {
    createdAt: '2026-01-01T00:00:00.000Z',
    type: '<b>bold</b>',
    progress: { percent: 40, message: '<i>cooking</i>' },
  });
  await rendered();
  const rows = [...app.querySelectorAll<HTMLElement>('[data-request-id]')];
  expect(rows.map(({ dataset }) => dataset.requestId)).toEqual(['b-second-1', 'a-first-1']);
  expect(rows[1]?.textContent).toContain('<b>bold</b>');
  expect(rows[1]?.textContent).toContain('40% <i>cooking</i>');
  expect(rows[1]?.querySelector('progress')?.value).toBe(40);
  expect(app.querySelector('b, i')).toBeNull();
});

test('a request with a status that this release does not know is in the list, but not counted', async () => {
  world.push('running-1', 2);
  world.push('waiting-1', 2, { status: 'RUNNING' });
  await rendered();
  world.push('waiting-1', 3, { status: 'PAUSED', progress: { percent: 40 } });
  await rendered();
  const row = find('[data-request-id="waiting-1"]');
  expect(row.dataset.status).toBe('PAUSED');
  expect(row.querySelector('.badge')?.textContent).toBe('PAUSED');
  expect(row.querySelector('progress')).toBeNull();
  expect(text('[data-count="RUNNING"] .count-number')).toBe('1');
  expect(app.querySelectorAll('[data-count]')).toHaveLength(8);
  expect(document.title).toBe('(1) Statuswire');
  expect(text('[data-announcement]')).toBe('Place an order: PAUSED');
});

test('each row shows why its request waits, and marks what waits for the user', async () => {
  const since = new Date(app.now - 7_200_000).toISOString();
  const until = new Date(app.now + 40_400).toISOString();
  const links = { self: '', answer: '/requests/answer-01/answer', cancel: null, retry: null };
  const error = { code: 'oven', message: 'The oven is cold', retryable: true };
  const backoff = { status: 'RETRYING', waiting: { reason: 'backoff', until }, error };
  const answer = { reason: 'answer', since, until, step: 'approve', prompt: 'Pay <b>250</b>?' };
  world.push('queued-01', 2, { status: 'ACCEPTED', waiting: { reason: 'queue', since } });
  world.push('retry-001', 2, { ...backoff, progress: { percent: 40 } });
  world.push('cancel-01', 2, { ...backoff, cancelRequested: true });
  world.push('timer-001', 2, { status: 'WAITING', waiting: { reason: 'time', until } });
  world.push('answer-01', 2, { status: 'WAITING', waiting: answer, links });
  await rendered();
  const row = (id: string) => {
    const [badge, news] = ['.badge', '.row-news'].map((part) =>
      text(`[data-request-id="${id}"] ${part}`),
    );
    return [badge, news];
  };
  expect(row('queued-01')).toEqual(['Accepted', 'Queued']);
  expect(row('retry-001')).toEqual(['Retrying', 'Retry in 40 s · The oven is cold']);
  expect(row('cancel-01')).toEqual(['Retrying', 'The oven is cold']);
  expect(row('timer-001')).toEqual(['Waiting', 'Continues in 40 s']);
  expect(row('answer-01')).toEqual([
    'Waiting for you',
    'Waiting for an answer for 2 h · Pay <b>250</b>?',
  ]);
  expect(text('[data-count="WAITING"] .count-number')).toBe('2');
  expect(document.title).toBe('(4) Statuswire');
  app.now += 10_000;
  await rendered();
  expect(row('timer-001')).toEqual(['Waiting', 'Continues in 30 s']);
});

test('a row says that its request is being undone, and why', async () => {
  const error = { code: 'no-car', message: 'There is <b>no</b> car', retryable: false };
  const undoing = { outcome: 'FAILED', error };
  world.push('failed-01', 2, { undoing, error, waiting: { reason: 'queue' } });
  world.push('cancel-01', 2, { undoing: { outcome: 'CANCELLED', error: null } });
  await rendered();
  expect(text('[data-request-id="failed-01"] .badge')).toBe('Undoing');
  expect(text('[data-request-id="failed-01"] .row-news')).toBe(
    'Undoing, because it failed: There is <b>no</b> car',
  );
  expect(text('[data-request-id="cancel-01"] .row-news')).toBe('Undoing, because it was cancelled');
});

test('a button is disabled during its call, and an error of the call is shown', async () => {
  world.push('running-1', 2, {
    links: { self: '', cancel: '/requests/running-1/cancel', retry: null },
  });
  await select('running-1');
  let respond = (_: { status: number; body: object }) => {};
  world.next(/cancel/, () => new Promise((resolve) => (respond = resolve)));
  button('Cancel').click();
  await rendered();
  expect(button('Cancel').disabled).toBe(true);
  respond({ status: 409, body: { title: 'It is finished', detail: 'It succeeded already.' } });
  await rendered();
  expect(text('.details .problem')).toBe('It is finished It succeeded already.');
  expect(button('Cancel').disabled).toBe(false);
});

test('the URL of a nonexistent request shows that it does not exist', async () => {
  await select('missing-01');
  expect(text('.details-panel .empty')).toContain('The request missing-01 does not exist');
});

test('the same is shown if the first read of the request failed for another reason', async () => {
  world.next(/status.missing-01/, () => ({ status: 503, headers: { 'Retry-After': '5' } }));
  await select('missing-01');
  expect(text('.details-panel')).toContain('The server responded 503');
  await world.pass(15_000);
  await rendered();
  expect(text('.details-panel .empty')).toContain('The request missing-01 does not exist');
});

test('the form appears once the server no longer refuses to list the types', async () => {
  app.remove();
  world = new World();
  world.types = types;
  world.sockets = 'refused';
  world.next(/types/, () => ({ status: 429, headers: { 'Retry-After': '30' } }));
  app = document.createElement('statuswire-app') as StatuswireApp;
  app.client = world.connect();
  document.body.append(app);
  await rendered();
  expect(text('statuswire-form')).toContain('Loading request types…');
  await world.pass(30_000);
  await rendered();
  expect(find<HTMLSelectElement>('[data-request-type]').value).toBe('place-order');
});

test('the form follows the types that the server announces', async () => {
  world.types = [{ ...types[0], title: 'Order a dish' }, types[1]];
  world.send({ type: 'types' });
  await rendered();
  expect(text('[data-request-type]')).toContain('Order a dish');
});

test('closing the details moves the focus back to the row', async () => {
  world.push('running-1', 2);
  await select('running-1');
  location.hash = '#/';
  window.dispatchEvent(new Event('hashchange'));
  await rendered();
  expect(app.querySelector('.details-panel')).toBeNull();
  expect(document.activeElement).toBe(find('[data-request-id="running-1"] a'));
});
