// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLink } from '../../src/client/index.ts';
import '../../src/components/link.ts';
import type { StatuswireLink } from '../../src/components/link.ts';
import { SECRET, World } from '../client/world.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const at = (millis: number) => new Date(START + millis).toISOString();
const ID = 'claim-001';

const claim = {
  name: 'expense-claim',
  title: 'Claim an expense',
  description: '',
  steps: ['approve', 'pay'],
  schema: {},
  answers: {
    approve: {
      type: 'object',
      required: ['approved'],
      properties: { approved: { type: 'boolean' } },
    },
  },
};

let world: World;
let page: StatuswireLink;

beforeEach(() => {
  world = new World();
  world.types = [claim];
});

afterEach(() => page.remove());

/** The request waits for an answer, which the link allows. */
function waiting(version = 3): void {
  world.put(ID, version, {
    type: 'expense-claim',
    status: 'WAITING',
    steps: [{ name: 'approve', status: 'WAITING', startedAt: at(0) }],
    waiting: { reason: 'answer', since: at(0), step: 'approve', prompt: 'Pay?' },
    links: { self: '', answer: `/links/${SECRET}/answer`, cancel: null, retry: null },
  });
}

function finished(version: number, output: object): void {
  world.put(ID, version, {
    type: 'expense-claim',
    status: 'SUCCEEDED',
    steps: [{ name: 'approve', status: 'SUCCEEDED', startedAt: at(0), endedAt: at(9_000), output }],
    result: { paid: 250 },
  });
}

async function show(open = () => world.openLink()): Promise<void> {
  page = document.createElement('statuswire-link') as StatuswireLink;
  page.open = open;
  document.body.append(page);
  await rendered();
}

async function rendered(): Promise<void> {
  for (let level = 0; level < 5; level++) {
    await world.settle();
  }
}

async function change(): Promise<void> {
  world.send({ type: 'changed' });
  await rendered();
}

function words(element: Element | null | undefined): string {
  return element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

function text(selector: string): string {
  expect(page.querySelector(selector), selector).not.toBeNull();
  return words(page.querySelector(selector));
}

async function answer(value: string): Promise<void> {
  const field = page.querySelector<HTMLSelectElement>('[name=approved]');
  expect(field).not.toBeNull();
  field!.value = value;
  field!.dispatchEvent(new Event('change'));
  await rendered();
  page
    .querySelector('form')!
    .dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await rendered();
}

const LINES = '.details, .empty, h2, .badge';

test('until the first response, the page says that it is loading', async () => {
  world.sockets = 'silent';
  waiting();
  world.link(ID);
  world.next(/status/, () => new Promise(() => {}));
  await show();
  expect(text('.empty')).toBe('Loading request…');
  expect(document.title).toBe('Statuswire');
});

test('the request is shown with its title, status, steps, result and what the link allows', async () => {
  finished(7, { approved: true });
  world.link(ID, { scope: 'watch' });
  await show();
  expect(text('h2')).toBe('Claim an expense');
  expect(text('.badge')).toBe('Succeeded');
  expect(text('[data-step=approve]')).toContain('approve Succeeded');
  expect(text('.details')).toContain('Result 1 member');
  expect(text('.link-terms')).toMatch(
    /^With this link you can see the request\. It is valid until Jan 1, 2027, .*, unless it is revoked\.$/,
  );
  expect(page.querySelector('form, .actions')).toBeNull();
  expect(text('[data-connection=live]')).toContain('Live');
  expect(document.title).toBe('Claim an expense: succeeded');
});

test('the input is shown only if the document contains it', async () => {
  waiting();
  world.link(ID);
  await show();
  expect(text('.details')).not.toContain('Input');
  const { input: _, ...seen } = world.documents.get(ID)!;
  const link = { scope: 'watch', step: null, expiresAt: at(0) };
  world.next(/status/, () => ({
    status: 200,
    body: { ...seen, version: 4, input: { amount: 250 }, link },
  }));
  await change();
  expect(text('.details')).toContain('Input 1 member');
});

test.each([
  [{ scope: 'watch' }, 'see the request'],
  [{ scope: 'answer' }, 'see the request, and answer it'],
  [{ scope: 'answer', step: 'approve' }, 'see the request, and answer its step approve'],
] as const)('the terms of %j are shown', async (terms, expected) => {
  waiting();
  world.link(ID, terms);
  await show();
  expect(text('.link-terms')).toContain(`With this link you can ${expected}. It is valid`);
});

test('a failed request shows its error without advice for its owner', async () => {
  world.put(ID, 5, {
    status: 'FAILED',
    steps: [{ name: 'approve', status: 'FAILED' }],
    error: { code: 'burnt', message: 'It is black', step: 'approve', retryable: true },
  });
  world.link(ID);
  await show();
  expect(text('.failure')).toBe('It is black burnt in step approve');
});

test('a request that waits for an answer that the link does not allow says why it waits, and what it asks', async () => {
  waiting();
  const links = { self: '', cancel: null, retry: null };
  world.documents.set(ID, { ...world.documents.get(ID)!, links });
  world.link(ID, { scope: 'watch' });
  await show();
  expect(text('.wait-reason')).toMatch(/^Waiting for an answer for /);
  expect(text('.answer-prompt')).toBe('Pay?');
  expect(page.querySelector('form')).toBeNull();
  expect(text('.badge')).toBe('Waiting');
});

test.each([
  [{ cancelRequested: true }],
  [{ waiting: { reason: 'answer', since: at(0), step: 'approve' } }],
  [{ waiting: { reason: 'time', until: at(0), step: 'approve', prompt: 'Pay?' } }],
])('nothing is asked with %j', async (more) => {
  waiting();
  const links = { self: '', cancel: null, retry: null };
  world.documents.set(ID, { ...world.documents.get(ID)!, links, ...(more as object) });
  world.link(ID, { scope: 'watch' });
  await show();
  expect(text('.badge')).toBe('Waiting');
  expect(page.querySelector('.answer-prompt')).toBeNull();
});

describe('an answer', () => {
  beforeEach(async () => {
    waiting();
    world.link(ID);
    await show();
    expect(text('.answer-prompt')).toBe('Pay?');
    world.log.length = 0;
  });

  test('is sent through the link', async () => {
    finished(4, { approved: true });
    const body = { ...world.documents.get(ID)!, links: { self: '', answer: null } };
    world.next(/answer/, () => ({ status: 202, body: { ...body, link: terms() } }));
    await answer('Yes');
    expect(world.log).toContain(`POST /links/${SECRET}/answer`);
    expect(text('.answer-end')).toBe('Answer sent.');
    expect(text('.badge')).toBe('Succeeded');
  });

  test('that is not the first shows the accepted one', async () => {
    finished(4, { approved: false });
    world.next(/answer/, () => ({ status: 409, body: { title: 'Conflict' } }));
    await answer('Yes');
    expect(text('.answer-end')).toBe('Another answer was accepted first:');
    expect(text('statuswire-answer')).toContain('approved false');
  });

  test('that the link does not allow is a problem', async () => {
    const title = 'This link does not allow this answer';
    world.next(/answer/, () => ({ status: 403, body: { title } }));
    await answer('Yes');
    expect(text('.problem')).toBe(title);
  });

  test('after the link was revoked shows that it is not valid', async () => {
    world.links.clear();
    await answer('Yes');
    expect(text('h2')).toBe('Link not valid');
  });
});

function terms() {
  return { scope: 'answer', step: null, expiresAt: at(0) };
}

test('changes appear, and a change of the status is announced', async () => {
  waiting();
  world.link(ID);
  await show();
  expect(text('[data-announcement]')).toBe('');
  finished(4, { approved: true });
  await change();
  expect(text('.badge')).toBe('Succeeded');
  expect(text('[data-announcement]')).toBe('Claim an expense: succeeded');
});

test('while the server does not respond, the page shows that, and that data may be outdated', async () => {
  waiting();
  world.link(ID);
  await show();
  world.httpDown = true;
  world.open[0]?.drop();
  await world.pass(10_000);
  await rendered();
  expect(text('[data-connection=offline]')).toContain('Offline');
  expect(text('.stale')).toMatch(/^As of .*; may be outdated\.$/);
  world.httpDown = false;
  await world.pass(5_000);
  await rendered();
  expect(text('[data-connection=live]')).toContain('Live');
  expect(page.querySelector('.stale')).toBeNull();
});

test('a server that never responded is reported', async () => {
  world.httpDown = true;
  world.sockets = 'refused';
  await show();
  await world.pass(10_000);
  await rendered();
  expect(text('.empty')).toBe('The server does not respond. Retrying automatically.');
});

test.each([429, 503])(
  'a first read that fails with %i shows why, and is repeated',
  async (status) => {
    waiting();
    world.link(ID);
    const body = { title: 'Overloaded', detail: 'Retry in 20 s.' };
    world.next(/status/, () => ({ status, body, headers: { 'Retry-After': '20' } }));
    await show();
    await world.pass(15_000);
    await rendered();
    expect(text('.problem')).toBe('Overloaded Retry in 20 s. Retrying automatically.');
    expect(page.querySelector('.empty')).toBeNull();
    await world.pass(10_000);
    await rendered();
    expect(page.querySelector('.problem')).toBeNull();
    expect(text('.badge')).toBe('Waiting for you');
  },
);

describe('a link that is not valid', () => {
  function expectInvalid(): void {
    expect(text('h2')).toBe('Link not valid');
    expect(text('.empty')).toContain('This link is not valid or is no longer valid.');
    expect(page.querySelector('.details, [data-connection]')).toBeNull();
    expect(document.title).toBe('Link not valid');
  }

  test('shows that', async () => {
    await show();
    expectInvalid();
  });

  test('hides the request that it has shown', async () => {
    waiting();
    world.link(ID);
    await show();
    expect(page.querySelectorAll(LINES)).toHaveLength(3);
    world.links.clear();
    await change();
    expectInvalid();
  });

  test('shows that if its URL is not that of a link', async () => {
    await show(() => openLink('https://work.example.org/l/short'));
    expectInvalid();
    expect(world.log).toEqual([]);
  });
});

test('the secret is not in the page, its title or the storage', async () => {
  waiting();
  world.link(ID);
  await show();
  await world.pass(1_000);
  const everything = [page.outerHTML, document.title, JSON.stringify(localStorage)];
  expect(everything.join()).not.toContain(SECRET);
});

test('a page that is removed closes its link', async () => {
  waiting();
  world.link(ID);
  await show();
  page.remove();
  await rendered();
  expect(world.pendingTimers).toBe(0);
  expect(world.open).toEqual([]);
});
