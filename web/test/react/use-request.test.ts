// @vitest-environment happy-dom
import { act, createElement, StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Client, ProblemError } from '../../src/client/index.ts';
import { World } from '../client/world.ts';
import { useRequest } from './use-request.ts';

const ID = 'order-0001';

let world: World;
let client: Client;
let root: Root;
/** The texts that the component has shown, without repetitions. */
let shown: string[];

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  world = new World();
  client = world.connect();
  await world.settle();
  shown = [];
  document.body.innerHTML = '<main></main>';
  root = createRoot(document.querySelector('main')!);
});

afterEach(async () => {
  await act(async () => root.unmount());
  client.close();
  vi.unstubAllGlobals();
});

function Status({ client, id }: { client: Client; id: string }) {
  const { request, error } = useRequest(client, id);
  const problem = error instanceof ProblemError ? error.status : error;
  const text = request
    ? `${request.id} ${request.status} ${request.progress?.percent ?? ''}`.trim()
    : `${id} ${problem ?? 'loading'}`;
  if (shown.at(-1) !== text) {
    shown.push(text);
  }
  return createElement('output', null, text);
}

async function render(props: { client: Client; id: string }): Promise<void> {
  await act(async () => {
    root.render(createElement(StrictMode, null, createElement(Status, props)));
    await world.settle();
  });
}

async function settled(change: () => unknown): Promise<string> {
  await act(async () => {
    await change();
    await world.settle();
  });
  return document.querySelector('output')?.textContent ?? '';
}

test('a component shows a request from loading to its end, and a retry', async () => {
  world.put(ID, 1, { status: 'ACCEPTED' });
  await render({ client, id: ID });
  await settled(() => world.push(ID, 2, { progress: { percent: 40 } }));
  await settled(() => world.push('order-0002', 1));
  await settled(() => world.push(ID, 3, { status: 'FAILED' }));
  await settled(() => client.retry(ID));
  expect(shown).toEqual([
    'order-0001 loading',
    'order-0001 ACCEPTED',
    'order-0001 RUNNING 40',
    'order-0001 FAILED',
    'order-0001 ACCEPTED',
  ]);
});

test('another id or client replaces the request at once, and an error does not stay', async () => {
  world.put(ID, 1, { status: 'SUCCEEDED' });
  await client.get(ID);
  const other = new World();
  other.put('order-0003', 1, { status: 'SUCCEEDED' });
  const another = other.connect();
  await another.ready;
  await render({ client, id: 'order-0002' });
  await render({ client, id: ID });
  await render({ client, id: 'order-0003' });
  await render({ client: another, id: 'order-0003' });
  expect(shown).toEqual([
    'order-0002 loading',
    'order-0002 404',
    'order-0001 SUCCEEDED',
    'order-0003 loading',
    'order-0003 404',
    'order-0003 SUCCEEDED',
  ]);
  another.close();
});

test('the error disappears when the request is submitted', async () => {
  await render({ client, id: ID });
  expect(await settled(() => client.submit('place-order', {}, { id: ID }))).toBe(
    'order-0001 ACCEPTED',
  );
});

test('a temporary failure is no error; the client reads the request again', async () => {
  world.sockets = 'refused';
  world.httpDown = true;
  world.put(ID, 1);
  await render({ client, id: ID });
  expect(shown).toEqual(['order-0001 loading']);
  world.httpDown = false;
  await settled(() => world.pass(10_000));
  expect(shown).toEqual(['order-0001 loading', 'order-0001 RUNNING']);
});

test('an unmounted component keeps nothing and is not rendered again', async () => {
  const released = vi.fn();
  const keep = client.keep.bind(client);
  const kept = vi.spyOn(client, 'keep').mockImplementation((id) => {
    const release = keep(id);
    return () => {
      released();
      release();
    };
  });
  world.put(ID, 1);
  await render({ client, id: ID });
  const before = shown.length;
  await act(async () => root.unmount());
  await world.settle();
  world.push(ID, 2, { status: 'SUCCEEDED' });
  await world.settle();
  expect(shown).toHaveLength(before);
  expect(kept).toHaveBeenCalled();
  expect(released).toHaveBeenCalledTimes(kept.mock.calls.length);
  root = createRoot(document.querySelector('main')!);
});

test('a server renders the loading state', () => {
  world.put(ID, 1);
  expect(renderToString(createElement(Status, { client, id: ID }))).toBe(
    '<output>order-0001 loading</output>',
  );
});
