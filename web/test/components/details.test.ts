// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type Client,
  type Json,
  parseJson,
  type StatusDocument,
  stringifyJson,
} from '../../src/client/index.ts';
import '../../src/components/details.ts';
import type { StatuswireDetails } from '../../src/components/details.ts';
import { History } from '../../src/history/history.ts';
import { document as documentOf, World } from '../client/world.ts';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const at = (millis: number) => new Date(START + millis).toISOString();

let world: World;
let client: Client;
let details: StatuswireDetails;

beforeEach(async () => {
  world = new World();
  client = world.connect();
  await world.settle();
});

afterEach(() => {
  details.remove();
  client.close();
});

async function show(more: object, properties: Partial<StatuswireDetails> = {}): Promise<void> {
  const request = documentOf('order-001', 7, more) as StatusDocument;
  details = document.createElement('statuswire-details') as StatuswireDetails;
  Object.assign(details, { client, requestId: request.id, request, now: START + 10_000 });
  Object.assign(details, properties);
  document.body.append(details);
  await rendered();
}

async function rendered(): Promise<void> {
  for (let level = 0; level < 5; level++) {
    await world.settle();
  }
}

function all(selector: string): HTMLElement[] {
  return [...details.querySelectorAll<HTMLElement>(selector)];
}

function words(element: Element | null | undefined): string {
  return element?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

function text(selector: string): string {
  expect(details.querySelector(selector), selector).not.toBeNull();
  return words(details.querySelector(selector));
}

function button(label: string): HTMLButtonElement {
  return all('button').find((one) =>
    [words(one), one.getAttribute('aria-label')].includes(label),
  ) as HTMLButtonElement;
}

async function unfold(summary: string): Promise<void> {
  const found = all('summary').find((one) => words(one).includes(summary));
  const fold = found?.parentElement as HTMLDetailsElement;
  fold.open = !fold.open;
  fold.dispatchEvent(new Event('toggle'));
  await rendered();
}

const failed = {
  status: 'FAILED',
  attempt: 3,
  steps: [
    { name: 'check', status: 'SUCCEEDED', startedAt: at(0), endedAt: at(20), output: { ok: true } },
    {
      name: 'cook',
      status: 'FAILED',
      startedAt: at(1_000),
      endedAt: at(2_500),
      error: { code: 'burnt', message: 'It is black' },
    },
    { name: 'serve', status: 'PENDING' },
  ],
  updatedAt: at(4_000),
  error: { code: 'burnt', message: 'It is black', step: 'cook', retryable: true },
};

test('steps show their name, status, start and duration', async () => {
  await show(failed);
  expect(text('[data-step=cook]')).toMatch(/^cook Failed \d\d:00:01 1\.5 s burnt It is black$/);
  expect(text('[data-step=serve]')).toBe('serve Pending');
  expect(all('.axis span').map(words)).toEqual(['0', '1 s', '2 s', '3 s']);
});

test('the reason of a wait is shown, and a step that waits', async () => {
  const waiting = { reason: 'time', since: at(0), until: at(50_000), step: 'wait' };
  const steps = [{ name: 'wait', status: 'WAITING', startedAt: at(0) }];
  await show({ status: 'WAITING', waiting, steps });
  expect(text('.badge')).toBe('Waiting');
  expect(text('.wait-reason')).toBe('Continues in 40 s');
  expect(text('[data-step=wait]')).toMatch(/^wait Waiting \S+ 10\.0 s$/);
  details.stale = START + 5_000;
  await rendered();
  expect(text('.wait-reason')).toBe('Continues in 45 s');
});

test('tags and times of the schedule are shown', async () => {
  await show({ tags: ['trip-42', 'team:sales'], notBefore: at(0), notAfter: at(60_000) });
  expect(all('.tags li').map(words)).toEqual(['trip-42', 'team:sales']);
  expect(text('.facts')).toMatch(/Start at Jan 1, 2026, .* No later than Jan 1, 2026/);
});

test('a tag that the list is filtered by is pressed, and a press of a tag is an event', async () => {
  await show({ tags: ['trip-42', 'team:sales'] }, { tags: ['team:sales'] });
  expect(all('.tags button').map((one) => one.getAttribute('aria-pressed'))).toEqual([
    'false',
    'true',
  ]);
  const pressed: unknown[] = [];
  details.addEventListener('tag', (event) => pressed.push((event as CustomEvent).detail));
  button('trip-42').click();
  expect(pressed).toEqual(['trip-42']);
});

const finished = {
  status: 'FAILED',
  links: { self: '', cancel: null, retry: null, delete: '/requests/order-001' },
};

function dialog(): HTMLDialogElement {
  return details.querySelector('dialog') as HTMLDialogElement;
}

test.each([
  ['of an older server', { links: { self: '', cancel: null, retry: null } }],
  ['that is not finished', { links: { self: '', cancel: null, retry: null, delete: null } }],
])('a request %s cannot be deleted', async (_, more) => {
  await show(more);
  expect(button('Delete')).toBeUndefined();
});

test('a request is deleted after the user has confirmed it', async () => {
  world.put('order-001', 7, finished);
  await client.get('order-001');
  await show(finished);
  const events: string[] = [];
  ['deleting', 'deleted'].forEach((name) =>
    details.addEventListener(name, (event) =>
      events.push(`${name} ${(event as CustomEvent<StatusDocument>).detail.id}`),
    ),
  );
  button('Delete').click();
  expect(dialog().open).toBe(true);
  expect(words(dialog())).toContain('Delete this request? place-order, order-001.');
  dialog().close('delete');
  await rendered();
  expect(world.log).toContain('DELETE /requests/order-001');
  expect(events).toEqual(['deleting order-001', 'deleted order-001']);
});

test.each(['', undefined])('nothing is deleted if the dialog is closed with %o', async (value) => {
  await show(finished);
  button('Delete').click();
  dialog().close(value);
  await rendered();
  expect(world.log.filter((call) => call.startsWith('DELETE'))).toEqual([]);
});

test('while a request is being deleted, it cannot be deleted again, and an error is shown', async () => {
  let respond = (_: { status: number; body: object }) => {};
  world.next(/^DELETE/, () => new Promise((resolve) => (respond = resolve)));
  await show(finished);
  const deleted: Event[] = [];
  details.addEventListener('deleted', (event) => deleted.push(event));
  for (let times = 0; times < 2; times++) {
    button('Delete').click();
    dialog().close('delete');
    await rendered();
  }
  expect(button('Delete').getAttribute('aria-busy')).toBe('true');
  expect(button('Delete').disabled).toBe(false);
  respond({ status: 409, body: { title: 'Not finished', status: 409 } });
  await rendered();
  expect(text('.problem')).toBe('Not finished');
  expect(deleted).toEqual([]);
  expect(world.log.filter((call) => call.startsWith('DELETE'))).toHaveLength(1);
});

test('a request that was removed is shown as deleted, but not the next one', async () => {
  await show({});
  details.request = undefined;
  await rendered();
  expect(text('.empty')).toBe('The request order-001 was deleted, or it has expired.');
  details.requestId = 'order-002';
  await rendered();
  expect(text('.empty')).toContain('The request order-002 does not exist');
});

test('without tags and times, nothing is shown of them', async () => {
  await show({ tags: [], notBefore: null, notAfter: null });
  expect(details.querySelector('.tags')).toBeNull();
  expect(text('.facts')).not.toContain('Start at');
});

test('the copied command has the tags, and the times that have not passed', async () => {
  const copied: string[] = [];
  const clipboard = { writeText: async (it: string) => void copied.push(it) };
  vi.stubGlobal('navigator', { clipboard });
  await show({ tags: ['trip-42'], notBefore: at(0), notAfter: '2098-01-01T00:00:00.000Z' });
  button('Copy as curl').click();
  await rendered();
  const [command] = copied;
  vi.unstubAllGlobals();
  expect(command).toContain('"notAfter":"2098-01-01T00:00:00.000Z","tags":["trip-42"],"input"');
  expect(command).not.toContain('notBefore');
});

test('a request that waits for the user has the form for the answer instead of the reason', async () => {
  const waiting = { reason: 'answer', since: at(0), step: 'approve', prompt: 'Pay?' };
  const links = { self: '', answer: '/requests/order-001/answer', cancel: null, retry: null };
  await show({ status: 'WAITING', waiting, links });
  expect(text('.badge')).toBe('Waiting for you');
  expect(details.querySelector('.wait-reason')).toBeNull();
  expect(text('.answer-prompt')).toBe('Pay?');
});

test('before its start time, a scheduled request shows when it starts', async () => {
  const notBefore = at(20_000);
  const waiting = { reason: 'schedule', since: at(0), until: notBefore };
  await show({
    status: 'SCHEDULED',
    waiting,
    notBefore,
    steps: [{ name: 'a', status: 'PENDING' }],
  });
  expect(text('.wait-reason')).toMatch(/^Starts at .* \(in 10 s\)$/);
  expect(text('.wait')).toBe('Waiting for its start time 10.0 s');
});

test('bars are at the times of their steps', async () => {
  await show(failed);
  const [check, cook] = all('.stretch');
  const place = (bar: HTMLElement | undefined) =>
    ['--from', '--took'].map((name) => bar?.style.getPropertyValue(name));
  expect(place(check)).toEqual(['0.000%', '0.500%']);
  expect(place(cook)).toEqual(['25.000%', '37.500%']);
  expect(cook?.closest('[aria-hidden=true]')).not.toBeNull();
});

test('the bar of a running step grows with the clock, unless it may be outdated', async () => {
  await show({ steps: [{ name: 'cook', status: 'RUNNING', startedAt: at(0) }] });
  expect(text('[data-step=cook]')).toContain('10.0 s');
  details.now = START + 12_000;
  await rendered();
  expect(text('[data-step=cook]')).toContain('12.0 s');
  details.stale = START + 11_000;
  details.now = START + 60_000;
  await rendered();
  expect(text('[data-step=cook]')).toContain('11.0 s');
  expect(text('.stale')).toMatch(/^As of \d\d:00:11; may be outdated\.$/);
});

test('missing or invalid times do not affect the rest', async () => {
  const steps = [
    { name: 'cook', status: 'RUNNING' },
    { name: 'serve', status: 'PENDING', startedAt: 'soon' },
  ];
  await show({ createdAt: null as never, updatedAt: null as never, steps: steps as never });
  expect(text('[data-step=cook]')).toContain('Running');
  expect(all('.stretch')).toEqual([]);
  expect(text('.facts')).toContain('not known yet');
});

test('a request without a worker waits', async () => {
  await show({ status: 'ACCEPTED', steps: [{ name: 'cook', status: 'PENDING' }] });
  expect(text('.wait')).toBe('Waiting for a worker 10.0 s');
  details.remove();
  await show({ ...failed, status: 'RETRYING' });
  expect(words(all('.wait').at(-1))).toBe('Waiting for the next attempt 6.0 s');
});

test.each([
  ['A retry may help; it continues at step cook. Finished steps do not run again.', failed],
  [
    'A retry will not help. Change the input and submit a new request.',
    { ...failed, error: { ...failed.error, retryable: false } },
  ],
  ['It will be retried automatically.', { ...failed, status: 'RETRYING' }],
  [
    'A retry may help; it continues at step cook.',
    { ...failed, steps: failed.steps.slice(1), error: { ...failed.error, step: null } },
  ],
])('a failure: %s', async (advice, more) => {
  await show(more);
  expect(text('.failure')).toContain('It is black burnt');
  expect(words(details.querySelector('.failure')?.lastElementChild)).toBe(advice);
});

const noCar = { code: 'no-car', message: 'There is no car', step: 'car', retryable: false };
const trip = {
  steps: [
    { name: 'flight', status: 'SUCCEEDED', startedAt: at(0), endedAt: at(1_000) },
    { name: 'hotel', status: 'UNDONE', startedAt: at(1_000), endedAt: at(5_000), output: 'h-1' },
    { name: 'car', status: 'FAILED', startedAt: at(2_000), endedAt: at(4_000) },
  ],
  error: noCar,
  undoing: { outcome: 'FAILED', error: noCar },
  history: [{ version: 6, at: at(4_000), event: 'undoing', by: 'system', code: 'no-car' }],
};

test('a request that is being undone shows why, and the way back in its order', async () => {
  await show(trip);
  expect(text('.badge')).toBe('Undoing');
  expect(all('.failure').map(words)).toEqual([
    'Undoing, because it failed: There is no car no-car in step car' +
      ' The finished steps are undone, the last one first.',
  ]);
  expect(text('[data-step=hotel]')).toMatch(/^hotel Undone \S+:01 undone \S+:05 Output of hotel/);
  expect(all('.back li').map(words)).toEqual([
    expect.stringMatching(/^hotel Undone \S+:05 · 1\.0 s$/),
    'Undoing… 5.0 s',
  ]);
  const name = details.querySelector('.back')?.getAttribute('aria-labelledby');
  expect(text(`#${name}`)).toBe('Way back, the last step first');
  expect(all('.usual')).toEqual([]);
});

test('the way back of a cancelled request, with an undo that is retried', async () => {
  const error = { code: 'offline', message: 'No network', step: 'flight', retryable: true };
  const steps = [{ ...trip.steps[0], error }, trip.steps[1]];
  const undoing = { outcome: 'CANCELLED', error: null };
  await show({ ...trip, status: 'RETRYING', steps, error, undoing, updatedAt: at(6_000) });
  expect(all('.failure').map(words)).toEqual([
    'Undoing, because it was cancelled' +
      ' The finished steps are undone, the last one first. Then the request is cancelled.',
    'No network offline in step flight The undo will be retried automatically.',
  ]);
  expect(text('[data-step=flight] .step-error')).toBe('Undo failed: No network');
  expect(all('.back li').map(words).at(-1)).toBe('Waiting for the next attempt 4.0 s');
});

test('a request that could not be undone says that effects may remain, and goes on undoing', async () => {
  const error = { code: 'undo-failed', message: 'No network', step: 'flight', retryable: false };
  const links = { self: '', cancel: null, retry: '/retry' };
  await show({ ...trip, status: 'FAILED', error, links, updatedAt: at(6_000) });
  expect(text('.badge')).toBe('Failed');
  expect(all('.failure').map(words)).toEqual([
    'No network undo-failed in step flight Some effects of the request may remain.' +
      ' A retry goes on undoing. It was being undone, because it failed: There is no car',
  ]);
  expect(button('Retry')).toBeUndefined();
  expect(button('Go on undoing').className).toBe('');
  button('Go on undoing').click();
  await rendered();
  expect(world.log).toContain('POST /requests/order-001/retry');
});

test('a request that was undone still shows the way back, and what a retry does', async () => {
  const steps = [{ ...trip.steps[0], name: 'check' }, ...trip.steps.slice(1)];
  const error = { ...noCar, retryable: true };
  await show({ ...trip, status: 'FAILED', steps, error, undoing: null, updatedAt: at(6_000) });
  expect(all('.back li').map(words)).toEqual([expect.stringMatching(/^hotel Undone/)]);
  expect(text('.failure')).toContain(
    'A retry may help; it continues at step hotel.' +
      ' Finished steps do not run again. Undone steps run again.',
  );
});

test('values are trees; folded parts are not rendered', async () => {
  await show({
    input: { dish: 'soup', none: null, vip: true, list: Array.from({ length: 250 }, (_, i) => i) },
  });
  const input = all('statuswire-json').find((one) => words(one).startsWith('Input'));
  expect(words(input)).toContain('dish "soup"none nullvip true list 250 items');
  expect(input?.querySelector('.json-string')?.getAttribute('dir')).toBe('auto');
  expect(input?.querySelectorAll('li')).toHaveLength(4);
  await unfold('list');
  expect(input?.querySelectorAll('li')).toHaveLength(104);
  button('Show 100 of 150 more').click();
  await rendered();
  button('Show 50 of 50 more').click();
  await rendered();
  expect(input?.querySelectorAll('li')).toHaveLength(254);
  await unfold('list');
  expect(input?.querySelectorAll('li')).toHaveLength(4);
});

test('a long text is folded, and a result may be any JSON', async () => {
  await show({ result: 'word '.repeat(100), input: {} });
  const result = all('statuswire-json').find((one) => words(one).startsWith('Result'));
  expect(words(result)).toContain('500 characters');
  expect(text('.json-long')).toContain('word '.repeat(100).trim());
  expect(all('.json-members').some((one) => one.tagName === 'P')).toBe(true);
});

test('a value is copied as JSON, and the outcome is shown', async () => {
  const copied: string[] = [];
  const clipboard = { writeText: async (it: string) => void copied.push(it) };
  vi.stubGlobal('navigator', { clipboard });
  await show({});
  button('Copy Input').click();
  await rendered();
  expect(JSON.parse(copied[0] ?? '')).toEqual({ dish: 'soup' });
  expect(all('[role=status]').map(words)).toContain('Copied');
  vi.stubGlobal('navigator', {});
  button('Copy Input').click();
  await rendered();
  expect(all('[role=status]').map(words)).toContain(
    'Could not copy. Allow this page to use the clipboard.',
  );
  vi.unstubAllGlobals();
});

test('numbers are shown, copied and submitted again with all their digits', async () => {
  const copied: string[] = [];
  const clipboard = { writeText: async (it: string) => void copied.push(it) };
  vi.stubGlobal('navigator', { clipboard });
  const json = '{"account":1970670598291982290,"rate":0.1000,"far":1e400,"zero":-0}';
  const input = parseJson(json);
  const steps = [{ name: 'count', status: 'SUCCEEDED', output: input }];
  await show({ input, result: parseJson('[3544790567247868102]'), steps });
  expect(all('.json-number').map(words)).toEqual([
    '3544790567247868102',
    '1970670598291982290',
    '0.1000',
    '1e400',
    '-0',
  ]);
  const notified: Json[] = [];
  document.body.addEventListener(
    'again',
    (event) => notified.push((event as CustomEvent<{ input: Json }>).detail.input),
    { once: true },
  );
  button('Submit again with this input').click();
  expect(notified.map((one) => stringifyJson(one))).toEqual([json]);
  button('Copy Input').click();
  button('Copy as curl').click();
  button('Copy as a web page').click();
  await rendered();
  expect(copied[0]?.replace(/\s/g, '')).toBe(json);
  expect(copied[1]).toContain(`{"type":"place-order","input":${json}}`);
  expect(copied[2]).toContain(`parseJson(${JSON.stringify(json)})`);
  vi.unstubAllGlobals();
});

test('an error of the first read is removed when the request arrives', async () => {
  world.next(/status/, () => ({ status: 503 }));
  await show({}, { request: undefined });
  expect(all('.problem')).toHaveLength(1);
  details.request = documentOf('order-001', 7);
  await rendered();
  expect(all('.problem')).toEqual([]);
  expect(all('[data-request-details]')).toHaveLength(1);
});

test('a command has a new id each time, and a token if a login is required', async () => {
  const copied: string[] = [];
  const clipboard = { writeText: async (it: string) => void copied.push(it) };
  vi.stubGlobal('navigator', { clipboard });
  await show({}, { login: true });
  world.now++;
  button('Copy as curl').click();
  button('Copy as curl').click();
  await rendered();
  expect(new Set(copied.map((it) => /requests\/([-~\w]+)/.exec(it)?.[1])).size).toBe(2);
  expect(copied[0]).toContain('Bearer $TOKEN');
  expect(copied[0]).not.toContain('order-001');
  vi.unstubAllGlobals();
});

test('submitting again passes the type and the input, and is not offered without the input', async () => {
  await show({});
  const notified: unknown[] = [];
  document.body.addEventListener('again', (event) => notified.push((event as CustomEvent).detail), {
    once: true,
  });
  button('Submit again with this input').click();
  expect(notified).toEqual([{ type: 'place-order', input: { dish: 'soup' } }]);
  details.request = documentOf('order-001', 8, { input: undefined, partial: true });
  await rendered();
  expect(button('Submit again with this input')).toBeUndefined();
  expect(text('.details')).toContain('Loading the rest…');
});

test('changes are listed newest first, with the gaps between them', async () => {
  const history = new History();
  history.see(documentOf('order-001', 5), START);
  history.see(documentOf('order-001', 7, { updatedAt: at(1_000), attempt: 2 }), START + 1_250);
  await show({ updatedAt: at(1_000), attempt: 2 }, { history });
  const [newest, gap, first, before] = all('.changes li').map(words);
  expect(newest).toMatch(
    /^Version 7 Running \S+:01[.,]000, received \S+:01[.,]250 attempt 2 started$/,
  );
  expect(gap).toBe('Version 6 was not received');
  expect(first).toMatch(/^Version 5 Running .* first version received$/);
  expect(before).toBe('Versions 1–4 were not received');
});

test('unfolded parts stay unfolded after a change, but not for another request', async () => {
  await show({ input: { list: Array.from({ length: 20 }, (_, index) => index) } });
  await unfold('list');
  const count = () => all('.json-members li').length;
  expect(count()).toBe(21);
  details.request = documentOf('order-001', 8, { ...details.request, version: 8 });
  await rendered();
  expect(count()).toBe(21);
  details.request = { ...details.request, id: 'order-002' };
  details.requestId = 'order-002';
  await rendered();
  expect(count()).toBe(1);
});

test('another request with the same id starts folded, and without the error of the previous one', async () => {
  await show({ life: 'one', input: { list: Array.from({ length: 20 }, (_, index) => index) } });
  await unfold('list');
  details.error = new Error('of the former');
  await rendered();
  expect(all('.problem')).toHaveLength(1);
  details.request = { ...details.request!, life: 'two', version: 1 };
  await rendered();
  expect(all('.json-members li')).toHaveLength(1);
  expect(all('.problem')).toEqual([]);
});

test('a status that this release does not know is shown unchanged, without advice', async () => {
  const cook = { name: 'cook', status: 'SKIPPED', startedAt: at(0), endedAt: at(2_000) };
  const error = { code: 'burnt', message: 'It is black', step: 'cook', retryable: true };
  await show({ status: 'PAUSED', steps: [cook, { name: 'serve', status: 'constructor' }], error });
  expect(text('.badge')).toBe('PAUSED');
  expect(text('[data-step=cook] .step-status')).toBe('SKIPPED');
  expect(text('[data-step=serve]')).toBe('serve constructor');
  expect(text('.failure')).toBe('It is black burnt in step cook');
  expect(all('.wait')).toEqual([]);
  expect([button('Cancel'), button('Retry')].map(({ disabled }) => disabled)).toEqual([true, true]);
});

test('hostile text is shown as text', async () => {
  const hostile = '<img src=x onerror=alert(1)>';
  const error = { code: hostile, message: hostile, step: hostile, retryable: true };
  await show({
    status: 'FAILED',
    type: hostile,
    input: { [hostile]: hostile },
    result: hostile,
    error,
    steps: [{ name: hostile, status: 'FAILED', output: { [hostile]: hostile }, error }],
  });
  await unfold('Output');
  expect(details.querySelector('img')).toBeNull();
  expect(text('.failure strong')).toBe(hostile);
});

test.each([
  [8, {}, 'Usually 4.0 s to 9.0 s'],
  [7, {}, ''],
  [8, { status: 'SUCCEEDED' }, ''],
  [8, { type: 'register-user' }, ''],
])('with %d finished requests of a type, %o shows "%s"', async (count, more, expected) => {
  const seconds = [1, 2, 3, 4, 5, 6, 7, 9].slice(0, count);
  for (const [index, each] of seconds.entries()) {
    const took = { status: 'SUCCEEDED', createdAt: at(0), updatedAt: at(each * 1000) };
    world.push(`order-10${index}`, 9, took);
    world.push(`order-20${index}`, 9, { ...took, status: 'FAILED', updatedAt: at(1) });
  }
  await world.settle();
  await show(more);
  expect(all('.usual').map(words).join()).toBe(expected);
});
