// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type Client,
  type Json,
  JsonNumber,
  parseJson,
  type RequestType,
  stringifyJson,
} from '../../src/client/index.ts';
import '../../src/components/form.ts';
import type { StatuswireForm } from '../../src/components/form.ts';
import { Memory } from '../../src/form/memory.ts';
import { World } from '../client/world.ts';

const order: RequestType = {
  name: 'place-order',
  title: 'Place an order',
  description: 'A restaurant.',
  steps: ['cook'],
  example: { dish: 'soup', toppings: ['salt'] },
  schema: {
    type: 'object',
    required: ['dish'],
    properties: {
      dish: { type: 'string', minLength: 3, description: 'The dish to cook.' },
      quantity: { type: 'integer', maximum: 20 },
      toppings: { type: 'array', items: { type: 'string', minLength: 2 }, maxItems: 3 },
      simulate: { type: 'object', properties: { cookMillis: { type: 'integer' } } },
    },
  },
};

const greet: RequestType = {
  name: 'greet',
  title: 'Greet',
  description: '',
  steps: ['greet'],
  schema: { properties: { name: { type: 'string' } } },
};

let world: World;
let client: Client;
let form: StatuswireForm;
/** The contents and ids of the submissions. */
let sent: { type: string; input: unknown; id: string | undefined; times: unknown }[];

beforeEach(async () => {
  sessionStorage.clear();
  world = new World();
  client = world.connect();
  sent = [];
  const { submit } = client;
  client.submit = (type, input, options) => {
    const { id, ...times } = options ?? {};
    sent.push({ type, input, id, times });
    return submit.call(client, type, input, options);
  };
  form = await opened();
});

afterEach(() => {
  client.close();
  form.remove();
});

/** Creates a form as after loading the page. */
async function opened(memory = new Memory()): Promise<StatuswireForm> {
  const made = document.createElement('statuswire-form') as StatuswireForm;
  Object.assign(made, { client, types: [order, greet], memory });
  document.body.append(made);
  await world.settle();
  return made;
}

async function reload(): Promise<void> {
  form.remove();
  form = await opened();
}

function find<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = form.querySelector<T>(selector);
  expect(found, selector).not.toBeNull();
  return found as T;
}

function field(name: string): HTMLInputElement {
  return find<HTMLInputElement>(`[name="${name}"]`);
}

function button(label: string): HTMLButtonElement {
  const all = [...form.querySelectorAll('button')];
  const name = (one: Element) => one.getAttribute('aria-label') ?? one.textContent?.trim();
  const found = all.find((one) => name(one) === label);
  expect(found, label).toBeDefined();
  return found as HTMLButtonElement;
}

function text(selector: string): string {
  return find(selector).textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

function error(name: string): string | null {
  return form.querySelector(`[data-field="${name}"] .field-error`)?.textContent ?? null;
}

async function type(name: string, value: string): Promise<void> {
  field(name).value = value;
  field(name).dispatchEvent(new Event('input', { bubbles: true }));
  await world.settle();
}

async function leave(name: string, to: Element | null = null): Promise<void> {
  field(name).dispatchEvent(new FocusEvent('focusout', { bubbles: true, relatedTarget: to }));
  await world.settle();
}

async function press(label: string): Promise<void> {
  button(label).click();
  await world.settle();
}

async function submit(): Promise<void> {
  find('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await world.settle();
}

async function choose(name: string): Promise<void> {
  const choice = find<HTMLSelectElement>('[data-request-type]');
  choice.value = name;
  choice.dispatchEvent(new Event('change'));
  await world.settle();
}

/** Makes the server refuse the next submission with this problem. */
function refuse(status: number, errors: Json = []): void {
  world.next(/PUT/, () => ({ status, body: { title: 'Refused', errors } }));
}

describe('each kind of schema gets a suitable element', () => {
  const render = async (schema: object, required: string[] = []) => {
    form.types = [{ ...greet, schema: { properties: { it: schema }, required } as never }];
    await world.settle();
  };

  test.each<[object, string]>([
    [{ type: 'string' }, 'input[type=text]'],
    [{ type: 'string', maxLength: 2000 }, 'textarea'],
    [{ type: 'string', format: 'email' }, 'input[type=email]'],
    [{ type: 'string', format: 'uri' }, 'input[type=url]'],
    [{ type: 'string', format: 'date' }, 'input[type=date]'],
    [{ type: 'string', format: 'date-time' }, 'input[type=datetime-local]'],
    [{ type: 'integer', minimum: 1, maximum: 20 }, 'input[type=number][min="1"][max="20"]'],
    [{ type: 'integer' }, 'input[type=text]'],
    [{ type: 'number', minimum: 0 }, 'input[type=text][inputmode=decimal]'],
    [{ type: 'boolean' }, 'input[type=checkbox]'],
    [{ enum: ['small', 'large'] }, 'select'],
    [{ type: 'object' }, 'textarea.code'],
  ])('%j: %s', async (schema, element) => {
    await render(schema);
    expect(field('it').matches(element)).toBe(true);
  });

  test('an element has a label, a help text and the default', async () => {
    await render({
      type: 'string',
      title: 'Name of the guest',
      description: 'Who it is for.',
      default: 'guest',
    });
    expect(text('[data-field=it] label')).toContain('Name of the guest');
    expect(text('[data-field=it]')).toContain('Who it is for.');
    expect(text('[data-field=it]')).toContain('Default: guest.');
  });

  test('a group has a legend and contains its members', async () => {
    await render({ type: 'object', properties: { street: { type: 'string' } } });
    expect(text('fieldset[data-field=it]')).toContain('Street');
    expect(field('it.street').type).toBe('text');
  });
});

describe('the filled-in values', () => {
  test('are the example at first', () => {
    expect(field('dish').value).toBe('soup');
    expect(field('toppings.0').value).toBe('salt');
    expect(field('simulate.cookMillis').value).toBe('');
  });

  test('are sent', async () => {
    await type('dish', 'pasta');
    await submit();
    expect(sent).toMatchObject([
      { type: 'place-order', input: { dish: 'pasta', toppings: ['salt'] } },
    ]);
    expect(find('.submitted a').getAttribute('href')).toBe(`#/requests/${sent[0]?.id}`);
  });

  test('stay after they were accepted, and are another request if they are submitted again', async () => {
    await type('dish', 'pasta');
    await submit();
    await submit();
    expect(field('dish').value).toBe('pasta');
    expect(new Set(sent.map(({ id }) => id)).size).toBe(2);
  });

  test('stay while another type is chosen, and after a reload', async () => {
    await type('dish', 'steak');
    await choose('greet');
    await type('name', 'Ada');
    await reload();
    expect(find<HTMLSelectElement>('[data-request-type]').value).toBe('greet');
    expect(field('name').value).toBe('Ada');
    await choose('place-order');
    expect(field('dish').value).toBe('steak');
  });

  test('are reset to the example on demand', async () => {
    await type('dish', '');
    await submit();
    expect(error('dish')).not.toBeNull();
    await press('Start from the example');
    expect(field('dish').value).toBe('soup');
    expect(error('dish')).toBeNull();
    await choose('greet');
    expect(form.textContent).not.toContain('Start from the example');
  });

  test('can be set by other parts of the page', async () => {
    form.prefill('greet', { name: 'Grace' });
    await world.settle();
    expect(field('name').value).toBe('Grace');
    expect(document.activeElement).toBe(field('name'));
    form.prefill('place-order', { dish: 'stew', toppings: ['oil', 'herbs'] });
    await world.settle();
    expect(field('dish').value).toBe('stew');
    expect(field('toppings.1').value).toBe('herbs');
  });

  test('are not changed by an unknown type', async () => {
    const debug = vi.spyOn(console, 'debug').mockImplementation(() => {});
    form.prefill('gone', { dish: 'stew' });
    await world.settle();
    expect(debug).toHaveBeenCalledOnce();
    expect(field('dish').value).toBe('soup');
    debug.mockRestore();
  });
});

describe('errors', () => {
  test('are shown after the user leaves the field, until the value is valid', async () => {
    await type('dish', 'so');
    expect(error('dish')).toBeNull();
    await leave('dish');
    expect(error('dish')).toBe('dish must have at least 3 characters');
    expect(field('dish').getAttribute('aria-invalid')).toBe('true');
    const notes = field('dish').getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(notes)?.textContent).toContain('must have at least 3');
    expect(text('.visually-hidden')).toBe('Dish: dish must have at least 3 characters');
    await type('dish', 'soup');
    expect(error('dish')).toBeNull();
    expect(field('dish').hasAttribute('aria-invalid')).toBe(false);
    expect(text('.visually-hidden')).toBe('');
  });

  test('are not shown for a group while the focus stays in it', async () => {
    await type('toppings.0', 'x');
    await leave('toppings.0', button('Remove toppings 1'));
    expect(error('toppings')).toBeNull();
    await leave('toppings.0', field('dish'));
    expect(error('toppings.0')).toBe('an item of toppings must have at least 2 characters');
  });

  test('are all shown after a submission, which is not sent, and the first one gets the focus', async () => {
    await type('dish', '');
    await type('quantity', '21');
    await submit();
    expect(sent).toEqual([]);
    expect(error('dish')).toBe('dish is required');
    expect(error('quantity')).toBe('quantity must be at most 20');
    expect(text('.problem')).toBe('Correct the marked fields');
    expect(document.activeElement).toBe(field('dish'));
    await type('dish', 'soup');
    await type('quantity', '20');
    expect(form.querySelector('.problem')).toBeNull();
  });

  test('of the server are shown at the fields until these change', async () => {
    refuse(422, [
      { pointer: '/input/simulate/cookMillis', detail: 'cookMillis must be at most 600000' },
      { pointer: '/input', detail: 'chef is not an allowed property' },
    ]);
    await type('simulate.cookMillis', '700000');
    await submit();
    const input = field('simulate.cookMillis');
    expect(error('simulate.cookMillis')).toBe('cookMillis must be at most 600000');
    expect(input.value).toBe('700000');
    expect(document.activeElement).toBe(input);
    expect(text('.problem')).toBe('Refused /input chef is not an allowed property');
    await type('simulate.cookMillis', '7000');
    expect(error('simulate.cookMillis')).toBeNull();
  });

  test('are not repeated if they are shown at a field', async () => {
    refuse(422, [{ pointer: '/input/dish', detail: 'It is sold out.' }]);
    await submit();
    expect(error('dish')).toBe('It is sold out.');
    expect(text('.problem')).toBe('Correct the marked fields');
    await type('dish', 'stew');
    expect(form.querySelector('.problem')).toBeNull();
  });

  test('are shown at their line, even after blank lines', async () => {
    await press('Add toppings');
    await press('Add toppings');
    await type('toppings.2', 'y');
    await submit();
    expect(error('toppings.2')).toBe('an item of toppings must have at least 2 characters');
    expect(error('toppings.1')).toBeNull();
    refuse(422, [{ pointer: '/input/toppings/1', detail: 'It is sold out.' }]);
    await type('toppings.2', 'oil');
    await submit();
    expect(sent[0]?.input).toMatchObject({ toppings: ['salt', 'oil'] });
    expect(error('toppings.2')).toBe('It is sold out.');
  });
});

describe('lines of a list', () => {
  test('are added and removed, and the focus moves to the next element to edit', async () => {
    await press('Add toppings');
    expect(document.activeElement).toBe(field('toppings.1'));
    await type('toppings.1', 'oil');
    await press('Remove toppings 1');
    expect(field('toppings.0').value).toBe('oil');
    expect(document.activeElement).toBe(field('toppings.0'));
    await press('Remove toppings 1');
    expect(document.activeElement).toBe(button('Add toppings'));
    await submit();
    expect(sent[0]?.input).toEqual({ dish: 'soup' });
  });

  test('cannot exceed the maximum', async () => {
    await press('Add toppings');
    expect(button('Add toppings').disabled).toBe(false);
    await press('Add toppings');
    expect(button('Add toppings').disabled).toBe(true);
  });

  test('that are new show no error before the user leaves them', async () => {
    await press('Add toppings');
    await type('toppings.1', 'x');
    await leave('toppings.1');
    expect(error('toppings.1')).not.toBeNull();
    await press('Remove toppings 2');
    await press('Add toppings');
    await type('toppings.1', 'y');
    expect(error('toppings.1')).toBeNull();
  });
});

describe('one submission is one request', () => {
  const ids = () => new Set(sent.map(({ id }) => id)).size;

  test('if the button is pressed twice', async () => {
    let respond = (_: { status: number; body: object }) => {};
    world.next(/PUT/, () => new Promise((resolve) => (respond = resolve)));
    await submit();
    expect(button('Submit').getAttribute('aria-disabled')).toBe('true');
    await submit();
    expect(sent.length).toBe(1);
    respond({ status: 202, body: world.put(sent[0]?.id ?? '', 1) });
    await world.settle();
    expect(button('Submit').hasAttribute('aria-disabled')).toBe(false);
  });

  test('if the response is lost and the form is submitted again', async () => {
    world.httpDown = true;
    await submit();
    await world.pass(60_000);
    expect(text('.problem')).toContain('The server does not respond');
    expect(text('.note')).toContain('it will not be created twice');
    world.httpDown = false;
    await submit();
    expect([sent.length, ids()]).toEqual([2, 1]);
    expect(form.querySelector('.note')).toBeNull();
    await submit();
    expect(ids()).toBe(2);
  });

  test('if the page is reloaded before the response', async () => {
    world.next(/PUT/, () => new Promise(() => {}));
    await type('dish', 'stew');
    await submit();
    await reload();
    expect(text('.note')).toContain('Submit it again to make sure');
    await submit();
    expect(sent.map(({ input }) => input)).toEqual([sent[0]?.input, sent[0]?.input]);
    expect(ids()).toBe(1);
    await reload();
    expect(form.querySelector('.note')).toBeNull();
  });

  test('if a rate limit refuses it, and the page then shows what to do', async () => {
    const detail = 'Wait for the number of seconds in Retry-After, then make fewer calls.';
    const body = { type: 'about:blank', title: 'Too Many Requests', status: 429, detail };
    for (let tries = 0; tries < 2; tries++) {
      world.next(/PUT/, () => ({ status: 429, headers: { 'Retry-After': '30' }, body }));
    }
    await submit();
    expect(form.querySelector('.problem')).toBeNull();
    expect(button('Submit').getAttribute('aria-disabled')).toBe('true');
    await world.pass(60_000);
    expect(text('.problem')).toContain('Too Many Requests');
    expect(text('.problem')).toContain(detail);
    expect(button('Submit').hasAttribute('aria-disabled')).toBe(false);
    await submit();
    expect([sent.length, ids()]).toEqual([2, 1]);
    expect(form.querySelector('.problem')).toBeNull();
  });

  test('if a session ended in between', async () => {
    refuse(401);
    await submit();
    await submit();
    expect([sent.length, ids()]).toEqual([2, 1]);
  });

  test('but different content is a different request, and the first one keeps its id', async () => {
    world.httpDown = true;
    await submit();
    await world.pass(60_000);
    await type('dish', 'stew');
    expect(form.querySelector('.note')).toBeNull();
    await submit();
    await world.pass(60_000);
    await type('dish', 'soup');
    world.httpDown = false;
    await submit();
    expect(sent.map(({ id }) => id === sent[0]?.id)).toEqual([true, false, true]);
  });

  test('and a refused submission is forgotten', async () => {
    refuse(409);
    await submit();
    await submit();
    expect([sent.length, ids()]).toEqual([2, 2]);
  });
});

describe('a date and time on the day on which clocks are set back', () => {
  const meet: RequestType = {
    ...greet,
    name: 'meet',
    schema: {
      properties: { at: { type: 'string', format: 'date-time' }, mode: { enum: ['', 1, '1'] } },
    },
  };
  const zone = process.env.TZ;

  beforeEach(async () => {
    process.env.TZ = 'America/Los_Angeles';
    form.types = [meet];
    await world.settle();
  });

  afterEach(() => {
    process.env.TZ = zone ?? '';
  });

  test.each(['2026-11-01T08:30:00Z', '2026-11-01T09:30:00Z', '2026-11-01T09:30:00.123456+00:00'])(
    '%s is submitted again unchanged',
    async (at) => {
      form.prefill('meet', { at });
      await world.settle();
      expect(field('at').value).toMatch(/^2026-11-01T01:30/);

      await press('Submit');

      expect(sent.at(-1)?.input).toEqual({ at });
    },
  );

  test('has a note if its local time occurs twice, and the other moment can be chosen', async () => {
    await type('at', '2026-11-01T01:30');
    expect(text('[data-field=at] small')).toContain('2026-11-01T08:30:00Z');

    await press('Use the other');
    expect(text('[data-field=at] small')).toContain('2026-11-01T09:30:00Z');
    await press('Submit');

    expect(sent.at(-1)?.input).toEqual({ at: '2026-11-01T09:30:00Z' });
  });

  test('has a note if clocks skip its local time', async () => {
    await type('at', '2026-03-08T02:30');

    expect(text('[data-field=at] small')).toContain('2026-03-08T10:30:00Z');
    await type('at', '2026-03-08T01:30');
    expect(form.querySelector('[data-field=at] small')).toBeNull();
  });

  test('has choices next to it that are sent unchanged, including the empty text', async () => {
    for (const [index, mode] of ['', 1, '1'].entries()) {
      const select = find<HTMLSelectElement>('[name=mode]');
      select.selectedIndex = index + 1;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await world.settle();
      await press('Submit');
      expect(sent.at(-1)?.input).toEqual({ mode });
    }
  });
});

describe('a newer version of the type', () => {
  const newer = (change: (type: RequestType) => object): RequestType => ({
    ...order,
    ...change(order),
  });

  /** The schema with these properties before, and without these, of the older version. */
  function schema(before: object, ...without: string[]) {
    const properties = { ...before, ...(order.schema as { properties: object }).properties };
    return Object.fromEntries(
      Object.entries(properties).filter(([name]) => !without.includes(name)),
    );
  }

  async function replaceBy(change: (type: RequestType) => object): Promise<void> {
    form.types = [newer(change), greet];
    await world.settle();
  }

  const withNote = () => ({
    title: 'Order a dish',
    example: { note: 'new', dish: 'pizza', quantity: 2 },
    schema: { type: 'object', properties: schema({ note: { type: 'string' } }, 'toppings') },
  });

  test('shows its fields and its example', async () => {
    await replaceBy(withNote);
    expect(text('[data-request-type]')).toContain('Order a dish');
    expect(['note', 'dish', 'quantity'].map((name) => field(name).value)).toEqual([
      'new',
      'pizza',
      '2',
    ]);
    expect(form.querySelector('[data-field="toppings"]')).toBeNull();
    expect(text('[role="status"].visually-hidden')).toContain('its type was updated');
  });

  test('keeps what the user has entered', async () => {
    await type('dish', 'stew');
    await replaceBy(withNote);
    expect(['note', 'dish', 'quantity'].map((name) => field(name).value)).toEqual([
      'new',
      'stew',
      '2',
    ]);
    await submit();
    expect(sent.at(-1)?.input).toEqual({ note: 'new', dish: 'stew', quantity: 2 });
  });

  test('keeps the focus, although a field was added before', async () => {
    const dish = field('dish');
    dish.focus();
    await type('dish', 'ste');
    await replaceBy(withNote);
    expect(document.activeElement).toBe(dish);
    expect(field('dish')).toBe(dish);
  });

  test('keeps an input that was filled in again', async () => {
    form.prefill('place-order', { dish: 'ramen', simulate: { cookMillis: 5 } });
    await world.settle();
    await type('quantity', '3');
    await replaceBy(withNote);
    await submit();
    expect(sent.at(-1)?.input).toEqual({
      dish: 'ramen',
      quantity: 3,
      simulate: { cookMillis: 5 },
    });
  });

  test('drops a text if the field now has a checkbox', async () => {
    await type('dish', 'stew');
    await replaceBy(() => ({
      example: {},
      schema: { type: 'object', properties: schema({}) },
    }));
    await replaceBy(() => ({
      example: {},
      schema: { type: 'object', properties: { dish: { type: 'boolean' } } },
    }));
    expect(field('dish').type).toBe('checkbox');
    await submit();
    expect(sent.at(-1)?.input).toEqual({});
  });

  test('keeps the errors of fields that the user has left', async () => {
    await type('dish', 'ab');
    await leave('dish');
    expect(error('dish')).not.toBeNull();
    await replaceBy(withNote);
    expect(error('dish')).not.toBeNull();
  });

  test('survives a reload of the page', async () => {
    await type('dish', 'stew');
    await replaceBy(withNote);
    form.remove();
    form = document.createElement('statuswire-form') as StatuswireForm;
    Object.assign(form, { client, types: [newer(withNote), greet], memory: new Memory() });
    document.body.append(form);
    await world.settle();
    expect(['note', 'dish'].map((name) => field(name).value)).toEqual(['new', 'stew']);
  });

  test('of another type changes nothing', async () => {
    const dish = field('dish');
    await type('dish', 'stew');
    form.types = [order, { ...greet, title: 'Say hello' }];
    await world.settle();
    expect(field('dish')).toBe(dish);
    expect(dish.value).toBe('stew');
    expect(text('[role="status"].visually-hidden')).toBe('');
  });

  test('that is gone leaves the form to the first type, and its draft for its return', async () => {
    await type('dish', 'stew');
    form.types = [greet];
    await world.settle();
    expect(find<HTMLSelectElement>('[data-request-type]').value).toBe('greet');
    await replaceBy(withNote);
    expect(find<HTMLSelectElement>('[data-request-type]').value).toBe('place-order');
    expect(field('dish').value).toBe('stew');
  });
});

describe('a number', () => {
  const count: RequestType = {
    name: 'count',
    title: 'Count',
    description: '',
    steps: [],
    schema: {
      properties: {
        account: { type: 'integer' },
        rate: { type: 'number', maximum: new JsonNumber('9007199254740993') },
        total: { type: 'number', minimum: 0 },
        few: { type: 'integer', minimum: 1, maximum: 20 },
        other: { type: 'object' },
      },
    },
  };

  beforeEach(async () => {
    form.types = [count];
    await world.settle();
  });

  const inputs = () => sent.map(({ input }) => stringifyJson(input));

  test('that is typed is sent with all its digits', async () => {
    await type('account', '3544790567247868102');
    await type('rate', '0.1000');
    await submit();
    await type('account', '-0');
    await type('rate', '-1E2');
    await type('other', '{"far": 1e300}');
    await submit();
    expect(inputs()).toEqual([
      '{"account":3544790567247868102,"rate":0.1000}',
      '{"account":-0,"rate":-1E2,"other":{"far":1e300}}',
    ]);
  });

  test('that is submitted again is shown and sent with all its digits', async () => {
    form.prefill('count', parseJson('{"account":1970670598291982290,"rate":-1e400}'));
    await world.settle();
    expect(field('account').value).toBe('1970670598291982290');
    expect(field('rate').value).toBe('-1e400');
    await submit();
    expect(inputs()).toEqual(['{"account":1970670598291982290,"rate":-1e400}']);
  });

  test('that is submitted again before the types are loaded is shown when they are', async () => {
    form.types = [];
    await world.settle();
    form.prefill('count', parseJson('{"account":1970670598291982290}'));
    await world.settle();
    form.types = [order, count];
    await world.settle();
    expect(field('account').value).toBe('1970670598291982290');
  });

  test('that exceeds its limit in the last digit has an error, and is not sent', async () => {
    await type('rate', '9007199254740993.1');
    await leave('rate');
    expect(error('rate')).toBe('rate must be at most 9007199254740993');
    await submit();
    expect(sent).toEqual([]);
  });

  test('has a number input only if that loses no digits', () => {
    expect(['account', 'rate', 'total', 'few'].map((name) => field(name).type)).toEqual([
      'text',
      'text',
      'text',
      'number',
    ]);
    expect(field('account').getAttribute('inputmode')).toBeNull();
    expect(field('total').getAttribute('inputmode')).toBe('decimal');
    expect(field('few').max).toBe('20');
  });
});

describe('the schedule', () => {
  const summary = () => text('.schedule summary');
  const section = () => find<HTMLDetailsElement>('.schedule');
  const zone = process.env.TZ;

  beforeEach(() => (process.env.TZ = 'Europe/Berlin'));
  afterEach(() => (process.env.TZ = zone ?? ''));

  test('is closed and empty at first, and then nothing is sent of it', async () => {
    expect(section().open).toBe(false);
    expect(summary()).toBe('Schedule optional');
    expect(find('label[for="schedule-field-notBefore"]').textContent).toContain('Start at');
    await submit();
    expect(sent[0]?.times).toEqual({});
    expect(text('.submitted')).toMatch(/^Accepted\./);
  });

  test('is sent in UTC, and is empty after the submission', async () => {
    await type('notBefore', '2098-07-01T14:30');
    await type('notAfter', '2098-12-24T18:00');
    expect(summary()).toContain('starts Jul 1, 2098 at');
    expect(summary()).toContain('no later than Dec 24, 2098 at');
    expect(text('.zone')).toBe('Local times of Europe/Berlin (GMT+2).');
    world.next(/PUT/, () => ({ status: 202, body: world.put('a-000001', 1, scheduled) }));
    await submit();
    expect(sent[0]?.times).toEqual({
      notBefore: '2098-07-01T12:30:00Z',
      notAfter: '2098-12-24T17:00:00Z',
    });
    expect(text('.submitted')).toMatch(/^Scheduled\./);
    expect(summary()).toBe('Schedule optional');
    await submit();
    expect(sent[1]?.times).toEqual({});
  });

  const scheduled = { status: 'SCHEDULED' };

  test.each([
    ['2098-07-01T14:30', '2098-07-01T14:30'],
    ['2098-07-01T14:30', '2098-07-01T14:00'],
    ['', '2020-01-01T00:00'],
  ])('that ends before it starts (%s, %s) is not sent', async (notBefore, notAfter) => {
    await type('notBefore', notBefore);
    await type('notAfter', notAfter);
    await submit();
    expect(sent).toEqual([]);
    expect(error('notAfter')).toBe('This is not later than the start.');
    expect(section().open).toBe(true);
    expect(document.activeElement?.id).toBe('schedule-field-notAfter');
    expect(text('.problem')).toBe('Correct the marked fields');
    await type('notAfter', '2098-07-02T14:30');
    expect(error('notAfter')).toBeNull();
    await submit();
    expect(sent).toHaveLength(1);
  });

  test("shows the server's errors of its times, apart from those of the input", async () => {
    await type('notBefore', '2098-07-01T14:30');
    refuse(422, [
      { pointer: '/notBefore', detail: 'is too far away' },
      { pointer: '/input/dish', detail: 'is sold out' },
      { pointer: '/tags', detail: 'are wrong' },
    ]);
    await submit();
    expect(error('notBefore')).toBe('is too far away');
    expect(error('dish')).toBe('is sold out');
    expect(text('.problem')).toBe('Refused /tags are wrong');
    expect(section().open).toBe(true);
  });

  test('is kept over a reload and another type', async () => {
    await type('notBefore', '2098-07-01T14:30');
    await choose('greet');
    await reload();
    expect(field('notBefore').value).toBe('2098-07-01T14:30');
    expect(summary()).toContain('starts Jul 1, 2098');
  });

  test('is a part of the content that was sent without a response', async () => {
    world.httpDown = true;
    await type('notBefore', '2098-07-01T14:30');
    await submit();
    await world.pass(60_000);
    expect(text('.form-end .note')).toContain('it will not be created twice');
    await type('notBefore', '2098-07-01T15:30');
    expect(form.querySelector('.form-end .note')).toBeNull();
    await type('notBefore', '2098-07-01T14:30');
    world.httpDown = false;
    await submit();
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
  });
});
