// Drives clients of the JavaScript module: reads one call per line, and prints one line for each outcome and event.
import { createInterface } from 'node:readline';
import { connect, ConnectionError, parseJson, ProblemError, stringifyJson } from './statuswire/statuswire.js';

console.debug = console.error; // The lines on standard output are the protocol.

const clients = new Map();
const watches = new Map();

const problem = ({ status, problem: { type }, errors, retryAfter }) => ({ error: 'problem', status, type, errors, retryAfter });

function failure(error) {
  if (error instanceof ProblemError) {
    return problem(error);
  }
  if (error instanceof ConnectionError) {
    return { error: 'no-response' };
  }
  if (error instanceof TypeError) {
    return { error: 'invalid-argument' };
  }
  throw error;
}

function print(call, content) {
  process.stdout.write(`${stringifyJson({ call, ...content })}\n`);
}

const calls = {
  connect(name, server, hasTokens) {
    let calls = 0;
    clients.set(name, connect(server, hasTokens ? { token: () => `token-${++calls}` } : {}));
  },
  submit: (name, type, input, id, options) =>
    clients.get(name).submit(type, input, { ...options, ...(id !== null && { id }) }),
  get: (name, id) => clients.get(name).get(id),
  list: (name, query) => clients.get(name).list(query),
  answer: (name, id, step, answer) => clients.get(name).answer(id, step, answer),
  cancel: (name, id) => clients.get(name).cancel(id),
  retry: (name, id) => clients.get(name).retry(id),
  close: (name) => clients.get(name).close(),
};

async function watch(call, name, id) {
  try {
    for await (const document of clients.get(name).watch(id)) {
      print(call, { event: { changed: document } });
    }
  } catch (error) {
    print(call, { event: { refused: failure(error) } });
  }
  print(call, { event: { end: true } });
}

function watchAll(call, name) {
  const client = clients.get(name);
  const see = (ids) => {
    for (const id of ids) {
      const document = client.request(id);
      print(call, { event: document === undefined ? { removed: id } : { changed: document } });
    }
  };
  see(client.requests.map(({ id }) => id));
  watches.set(call, client.onRequests(see));
}

async function run({ call, name, arguments: given }) {
  if (name === 'watch') {
    await watch(call, ...given);
  } else if (name === 'watchAll') {
    watchAll(call, ...given);
  } else if (name === 'unwatch') {
    watches.get(given[0])?.();
  } else {
    try {
      print(call, { value: (await calls[name](...given)) ?? null });
    } catch (error) {
      print(call, failure(error));
    }
  }
}

createInterface({ input: process.stdin }).on('line', (line) => void run(parseJson(line)));
