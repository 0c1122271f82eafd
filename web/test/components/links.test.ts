// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Client, RequestType } from '../../src/client/index.ts';
import '../../src/components/details.ts';
import type { StatuswireDetails } from '../../src/components/details.ts';
import { document as documentOf, World } from '../client/world.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const at = (millis: number) => new Date(START + millis).toISOString();
const ID = 'claim-001';

const BOB = {
  linkId: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg',
  scope: 'answer',
  step: 'approve',
  label: 'For Bob',
  showsInput: true,
  createdAt: at(0),
  expiresAt: '2027-01-01T00:00:00.000Z',
};
const OTHER = { ...BOB, linkId: `${BOB.linkId.slice(1)}x`, label: null, showsInput: false };
const CREATED = { ...BOB, url: 'https://work.example.org/l/0mBkUvN6_5yYCcf0zWgVJA' };

function claim(...steps: string[]): RequestType {
  const answers = Object.fromEntries(steps.map((step) => [step, {}]));
  const title = 'Claim an expense';
  return { name: 'expense-claim', title, description: '', steps, schema: {}, answers };
}

let world: World;
let client: Client;
let details: StatuswireDetails;
let sent: unknown[];

beforeEach(async () => {
  world = new World();
  const { fetch } = world.environment();
  sent = [];
  client = world.connect({
    fetch: (url, init) => {
      if (init.body !== undefined) {
        sent.push(JSON.parse(String(init.body)));
      }
      return fetch(url, init);
    },
  });
  await world.settle();
});

afterEach(() => {
  details.remove();
  client.close();
});

async function show(types = [claim('approve', 'review')], more: object = {}): Promise<void> {
  const request = documentOf(ID, 3, { type: 'expense-claim', ...more });
  details = document.createElement('statuswire-details') as StatuswireDetails;
  Object.assign(details, { client, requestId: ID, request, types, now: START + 120_000 });
  document.body.append(details);
  await rendered();
  world.log.length = 0;
}

async function rendered(): Promise<void> {
  for (let level = 0; level < 5; level++) {
    await world.settle();
  }
}

function find<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = details.querySelector<T>(selector);
  expect(found, selector).not.toBeNull();
  return found as T;
}

function words(element: Element | null | undefined): string {
  return element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

const text = (selector: string) => words(find(selector));

async function press(label: string, within = 'statuswire-links'): Promise<void> {
  const button = [...find(within).querySelectorAll('button')].find((one) =>
    [words(one), one.getAttribute('aria-label')].includes(label),
  );
  expect(button, label).toBeDefined();
  button!.click();
  await rendered();
}

/** Opens the section, for which the server has these links. */
async function open(links: readonly object[] = [BOB, OTHER]): Promise<void> {
  world.next(/^GET .*links/, () => ({ status: 200, body: { links } }));
  await fold(true);
}

async function fold(isOpen: boolean): Promise<void> {
  find<HTMLDetailsElement>('.links').open = isOpen;
  await rendered();
}

const labels = () => [...details.querySelectorAll('.link-label')].map(words);

const dialog = () => find<HTMLDialogElement>('.link-dialog');

async function enter(name: string, value: string): Promise<void> {
  const field = find<HTMLInputElement>(`.link-dialog [name="${name}"]`);
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'));
  await rendered();
}

async function submit(): Promise<void> {
  find('.link-dialog form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await rendered();
}

function choices(): string[] {
  return [...find('.link-dialog select').querySelectorAll('option')]
    .map((option) => option.value)
    .filter((value) => value !== '');
}

describe('the list', () => {
  test('is read when the section is opened', async () => {
    await show();
    await rendered();
    expect(world.log).toEqual([]);
    await open();
    expect(world.log).toEqual([`GET /requests/${ID}/links`]);
    expect(text('.links > summary')).toBe('Links 2');
    expect(labels()).toEqual(['For Bob', 'Link without a label']);
    expect(text(`[data-link="${BOB.linkId}"] .note`)).toMatch(
      /^See the request, and answer its step approve, with its input\. Created 2 min ago, valid until Jan 1, 2027, .*\.$/,
    );
    expect(text(`[data-link="${OTHER.linkId}"] .note`)).not.toContain('input');
  });

  test('is read at every opening, and until then shows the known links', async () => {
    await show();
    await open([OTHER]);
    await fold(false);
    let respond = () => {};
    world.next(
      /^GET .*links/,
      () =>
        new Promise((resolve) => {
          respond = () => resolve({ status: 200, body: { links: [BOB, OTHER] } });
        }),
    );
    await fold(true);
    expect(labels()).toEqual(['Link without a label']);
    respond();
    await rendered();
    expect(labels()).toEqual(['For Bob', 'Link without a label']);
    expect(text('.links > summary')).toBe('Links 2');
  });

  test('is read again if a link was created during the read', async () => {
    await show();
    await open([]);
    await fold(false);
    let respond = () => {};
    world.next(
      /^GET .*links/,
      () =>
        new Promise((resolve) => (respond = () => resolve({ status: 200, body: { links: [] } }))),
    );
    await fold(true);
    await press('Create a link');
    world.next(/^POST/, () => ({ status: 201, body: CREATED }));
    await submit();
    world.next(/^GET .*links/, () => ({ status: 200, body: { links: [BOB] } }));
    respond();
    await rendered();
    expect(labels()).toEqual(['For Bob']);
  });

  test('that is empty says what links are for', async () => {
    await show();
    await open([]);
    expect(text('.links > .note')).toMatch(/^No links\. A link lets a person without a login/);
  });

  test('that cannot be read shows why, and is read when the section is opened again', async () => {
    await show();
    world.next(/^GET .*links/, () => ({ status: 503, body: { title: 'Unavailable' } }));
    await fold(true);
    expect(text('.links .problem')).toBe('Unavailable');
    await fold(false);
    await open();
    expect(labels()).toHaveLength(2);
    expect(details.querySelector('.links .problem')).toBeNull();
  });
});

describe('a link is revoked', () => {
  beforeEach(async () => {
    await show();
    await open();
    world.log.length = 0;
  });

  const confirming = () => find<HTMLDialogElement>(`[data-link="${BOB.linkId}"] dialog`);

  test('after a confirmation, and disappears', async () => {
    await press('Revoke For Bob');
    expect(confirming().open).toBe(true);
    expect(words(confirming())).toContain('Revoke this link? For Bob. The link stops working');
    expect(world.log).toEqual([]);
    world.next(/^DELETE/, () => ({ status: 204 }));
    confirming().close('revoke');
    await rendered();
    expect(world.log).toEqual([`DELETE /requests/${ID}/links/${BOB.linkId}`]);
    expect(labels()).toEqual(['Link without a label']);
    expect(document.activeElement).toBe(find('.create-link'));
    expect(text('statuswire-links > [role=status]')).toBe('For Bob: revoked');
  });

  test('only if the user confirms it', async () => {
    await press('Revoke For Bob');
    confirming().close('');
    await rendered();
    expect(world.log).toEqual([]);
    expect(labels()).toHaveLength(2);
  });

  test('or the page shows why not', async () => {
    world.next(/^DELETE/, () => ({ status: 503, body: { title: 'Unavailable' } }));
    await press('Revoke For Bob');
    confirming().close('revoke');
    await rendered();
    expect(text('.links .problem')).toBe('Unavailable');
    expect(labels()).toHaveLength(2);
  });
});

describe('the dialog', () => {
  test('offers what a link can allow for a type with several answers', async () => {
    await show();
    await press('Create a link');
    expect(dialog().open).toBe(true);
    expect(document.activeElement).toBe(find('.link-dialog select'));
    expect(choices()).toEqual([
      'See the request',
      'See the request, and answer its step approve',
      'See the request, and answer its step review',
      'See the request, and answer it',
    ]);
    expect(find<HTMLSelectElement>('.link-dialog select').value).toBe('See the request');
  });

  test.each([
    [[claim('approve')], ['See the request', 'See the request, and answer it']],
    [[claim()], ['See the request']],
    [[], ['See the request']],
  ])('offers only what the type can do: %#', async (types, expected) => {
    await show(types);
    await press('Create a link');
    expect(choices()).toEqual(expected);
  });

  test('creates a link with everything that was entered', async () => {
    await show();
    await open([OTHER]);
    await press('Create a link');
    await enter('allows', 'See the request, and answer its step approve');
    await enter('label', 'For Bob');
    await enter('expiresAt', '2026-12-24T18:30');
    const box = find<HTMLInputElement>('.link-dialog [name=showsInput]');
    box.checked = true;
    box.dispatchEvent(new Event('change'));
    world.next(/^POST/, () => ({ status: 201, body: CREATED }));
    await submit();
    expect(sent).toEqual([
      {
        scope: 'answer',
        step: 'approve',
        label: 'For Bob',
        expiresAt: new Date('2026-12-24T18:30').toISOString().replace('.000', ''),
        showsInput: true,
      },
    ]);
    expect(labels()).toEqual(['For Bob', 'Link without a label']);
  });

  test('creates a link that allows to see the request, without anything entered', async () => {
    await show();
    await press('Create a link');
    world.next(/^POST/, () => ({ status: 201, body: CREATED }));
    await submit();
    expect(sent).toEqual([{ scope: 'watch' }]);
  });

  test('shows the URL once, with a button that copies it', async () => {
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (it: string) => void copied.push(it) },
    });
    await show();
    await press('Create a link');
    world.next(/^POST/, () => ({ status: 201, body: CREATED }));
    await submit();
    expect(text('#link-title')).toBe('Link created');
    expect(find<HTMLInputElement>('#link-url').value).toBe(CREATED.url);
    expect(document.activeElement).toBe(find('#link-url'));
    expect(text('#link-once')).toContain('This URL is shown only now.');
    await press('Copy the URL');
    expect(copied).toEqual([CREATED.url]);
    await press('Done');
    expect(dialog().open).toBe(false);
    expect(details.querySelector('#link-url')).toBeNull();
    await press('Create a link');
    expect(details.querySelector('#link-url')).toBeNull();
  });

  test('shows the URL even if the user closes it before the response', async () => {
    await show();
    await press('Create a link');
    let respond = () => {};
    world.next(
      /^POST/,
      () => new Promise((resolve) => (respond = () => resolve({ status: 201, body: CREATED }))),
    );
    await submit();
    await press('Cancel');
    expect(dialog().open).toBe(false);
    respond();
    await rendered();
    expect(dialog().open).toBe(true);
    expect(find<HTMLInputElement>('#link-url').value).toBe(CREATED.url);
  });

  test('sends only one link at a time', async () => {
    await show();
    await press('Create a link');
    world.next(/^POST/, () => new Promise(() => {}));
    await submit();
    await submit();
    expect(sent).toHaveLength(1);
  });

  test("shows the server's errors at their fields", async () => {
    await show();
    await press('Create a link');
    const errors = [
      { pointer: '/label', detail: 'must be a text' },
      { pointer: '/step', detail: 'must be the name of a step' },
    ];
    world.next(/^POST/, () => ({ status: 422, body: { title: 'Invalid', errors } }));
    await submit();
    expect(text('[data-field=label] .field-error')).toBe('must be a text');
    expect(text('[data-field=allows] .field-error')).toBe('must be the name of a step');
    expect(text('.link-dialog .problem')).toBe('Correct the marked fields');
  });

  test('says that there may be a link after a creation without a response', async () => {
    await show();
    await open([]);
    await press('Create a link');
    world.next(/^POST/, () => undefined);
    world.next(/^GET .*links/, () => ({ status: 200, body: { links: [BOB] } }));
    await submit();
    expect(text('.link-dialog .problem')).toContain('The server does not respond');
    expect(text('.link-dialog form > .note')).toContain('whose URL is lost');
    expect(labels()).toEqual(['For Bob']);
  });

  test('is opened for the step that waits by the button next to the answer', async () => {
    await show(undefined, {
      status: 'WAITING',
      waiting: { reason: 'answer', step: 'review', since: at(0) },
      links: { self: '', answer: `/requests/${ID}/answer`, cancel: null, retry: null },
    });
    await press('Create a link to this form', 'statuswire-answer');
    expect(dialog().open).toBe(true);
    world.next(/^POST/, () => ({ status: 201, body: CREATED }));
    await submit();
    expect(sent).toEqual([{ scope: 'answer', step: 'review' }]);
  });
});
