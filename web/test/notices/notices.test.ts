import { describe, expect, test } from 'vitest';
import type { StatusDocument } from '../../src/client/index.ts';
import { Announcer } from '../../src/notices/announcer.ts';
import { type Desktop, Notifier } from '../../src/notices/notifier.ts';
import { type Transition, Transitions } from '../../src/notices/transitions.ts';
import { document } from '../client/world.ts';

const types = [
  { name: 'place-order', title: 'Place an order', description: '', schema: {}, steps: [] },
];

function to(status: string, id = 'order-0001'): Transition {
  return { from: 'RUNNING', request: document(id, 2, { status }) };
}

test('a transition is a status change of a request that was received before', () => {
  const known = new Map<string, StatusDocument>();
  const transitions = new Transitions();
  const see = (id: string, status: string | null) => {
    if (status === null) {
      known.delete(id);
    } else {
      known.set(id, document(id, 1, { status }));
    }
    return transitions.of([id], (one) => known.get(one)).map(({ from }) => from);
  };
  expect(see('a', 'RUNNING')).toEqual([]);
  expect(see('a', 'RUNNING')).toEqual([]);
  expect(see('a', 'FAILED')).toEqual(['RUNNING']);
  expect(see('a', null)).toEqual([]);
  expect(see('a', 'SUCCEEDED')).toEqual([]);
});

test('another request with the same id is not a transition, but its later changes are', () => {
  const transitions = new Transitions();
  const see = (life: string | null, status: string) =>
    transitions.of(['a'], (id) => document(id, 1, { life, status })).map(({ from }) => from);
  expect(see(null, 'ACCEPTED')).toEqual([]);
  expect(see('one', 'SUCCEEDED')).toEqual(['ACCEPTED']);
  expect(see('two', 'RUNNING')).toEqual([]);
  expect(see('two', 'FAILED')).toEqual(['RUNNING']);
});

describe('announcements', () => {
  function announcer() {
    const spoken: string[] = [];
    let later = () => {};
    const voice = {
      say: (text: string) => void spoken.push(text),
      setTimeout: (action: () => void) => void (later = action),
    };
    return { spoken, announcer: new Announcer(voice), pass: () => later() };
  }

  test('the first is made at once, the following ones together and later', () => {
    const { spoken, announcer: it, pass } = announcer();
    it.announce([to('SUCCEEDED')], types);
    it.announce([to('FAILED', 'b')], types);
    it.announce([to('RUNNING', 'c')], types);
    it.announce([to('SUCCEEDED', 'c')], types);
    it.announce([to('SUCCEEDED', 'd')], types);
    expect(spoken).toEqual(['Place an order: succeeded']);
    pass();
    expect(spoken).toEqual(['Place an order: succeeded', '1 failed, 2 succeeded']);
    pass();
    expect(spoken).toHaveLength(2);
    it.announce([to('CANCELLED')], types);
    expect(spoken.at(-1)).toBe('Place an order: cancelled');
  });

  test('a status that this release does not know is announced unchanged', () => {
    const { spoken, announcer: it, pass } = announcer();
    it.announce([to('PAUSED')], types);
    it.announce([to('PAUSED', 'b'), to('constructor', 'c')], types);
    pass();
    expect(spoken).toEqual(['Place an order: PAUSED', '1 PAUSED, 1 constructor']);
  });

  test('say that a request waits for the user, and that it was answered', () => {
    const { spoken, announcer: it, pass } = announcer();
    const links = { self: '', answer: '/a', cancel: null, retry: null };
    const history = [{ version: 2, at: '', event: 'answered', by: 'owner' }];
    const asked = document('a', 2, { status: 'WAITING', links });
    const answered = document('a', 3, { status: 'ACCEPTED', history });
    it.announce([{ from: 'RUNNING', request: asked }], types);
    it.announce([{ from: 'WAITING', request: answered }], types);
    pass();
    const over = [{ ...history[0], event: 'time-is-up' }];
    it.announce([{ from: 'WAITING', request: { ...answered, history: over as [] } }], types);
    pass();
    it.announce([{ from: 'WAITING', request: { ...answered, status: 'SUCCEEDED' } }], types);
    pass();
    it.announce([{ from: 'ACCEPTED', request: { ...answered, status: 'RUNNING' } }], types);
    pass();
    expect(spoken).toEqual([
      'Place an order: waiting for an answer',
      'Place an order: answered',
      'Place an order: accepted',
      'Place an order: succeeded',
      'Place an order: running',
    ]);
  });

  test('say that a request is being undone, and why, but not each attempt of it', () => {
    const { spoken, announcer: it, pass } = announcer();
    const transitions = new Transitions();
    const error = { code: 'burnt', message: 'It is black', retryable: false };
    const failed = { undoing: { outcome: 'FAILED', error } };
    const see = (more: object) => {
      it.announce(
        transitions.of(['a'], (id) => document(id, 1, more)),
        types,
      );
      pass();
    };
    see({});
    see(failed);
    see({ ...failed, status: 'RETRYING' });
    see({ ...failed, status: 'FAILED' });
    see({ ...failed, status: 'ACCEPTED' });
    see({ status: 'FAILED' });
    see({ status: 'ACCEPTED', undoing: { outcome: 'CANCELLED', error: null } });
    see({ status: 'CANCELLED' });
    expect(spoken).toEqual([
      'Place an order: undoing, because it failed',
      'Place an order: undo failed',
      'Place an order: undoing, because it failed',
      'Place an order: failed',
      'Place an order: undoing, because it was cancelled',
      'Place an order: cancelled',
    ]);
  });

  test('are not made without a transition', () => {
    const { spoken, announcer: it } = announcer();
    it.announce([], types);
    expect(spoken).toEqual([]);
  });
});

describe('notifications', () => {
  function desktop(permission: NotificationPermission | null, answer = permission) {
    const shown: string[] = [];
    const opened: string[] = [];
    const kept = new Map<string, string>();
    const it = { permission, hidden: true, shown, opened, click: () => {} };
    const fake: Desktop = {
      permission: () => it.permission,
      ask: async () => (it.permission = answer) ?? 'denied',
      isHidden: () => it.hidden,
      show: (title, { body, tag }, onClick) => {
        const line = `${title} | ${body} | ${tag}`;
        shown.push(line);
        it.click = onClick;
        return () => void shown.splice(shown.indexOf(line), 1);
      },
      open: (id) => void opened.push(id),
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => kept.set(key, value).has(key),
        removeItem: (key) => void kept.delete(key),
      },
    };
    return { it, notifier: new Notifier(fake) };
  }

  test('are shown for requests that finish in a hidden tab, if they are turned on', async () => {
    const { it, notifier } = desktop('default', 'granted');
    notifier.notify([to('SUCCEEDED')], types);
    expect(it.shown).toEqual([]);
    await notifier.toggle();
    expect(notifier.state).toBe('on');
    notifier.notify([to('SUCCEEDED'), to('RETRYING', 'b'), to('PAUSED', 'c')], types);
    expect(it.shown).toEqual(['Place an order: succeeded | order-0001 | order-0001']);
    it.click();
    expect(it.opened).toEqual(['order-0001']);
    notifier.clear();
    expect(it.shown).toEqual([]);
    notifier.notify([to('SUCCEEDED')], types);
    it.hidden = false;
    notifier.notify([to('FAILED')], types);
    expect(it.shown).toHaveLength(1);
    await notifier.toggle();
    expect(notifier.state).toBe('off');
  });

  test('are shown for requests that wait for the user, with the prompt', async () => {
    const { it, notifier } = desktop('granted');
    await notifier.toggle();
    const links = { self: '', answer: '/a', cancel: null, retry: null };
    const waiting = { reason: 'answer', prompt: 'Pay 250?' };
    const request = document('order-0001', 2, { status: 'WAITING', links, waiting });
    notifier.notify([{ from: 'RUNNING', request }, to('WAITING', 'b')], types);
    expect(it.shown).toEqual(['Place an order: waiting for an answer | Pay 250? | order-0001']);
  });

  test.each([
    [null, 'none'],
    ['denied', 'blocked'],
    ['granted', 'off'],
    ['default', 'off'],
  ] as const)('with the permission %s they are %s', (permission, state) => {
    expect(desktop(permission).notifier.state).toBe(state);
  });

  test('are not shown if the user refuses the permission', async () => {
    const { it, notifier } = desktop('default', 'denied');
    await notifier.toggle();
    notifier.notify([to('SUCCEEDED')], types);
    expect(notifier.state).toBe('blocked');
    expect(it.shown).toEqual([]);
  });
});
