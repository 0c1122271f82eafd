// Drives clients of the JavaScript module: reads one call per line, and prints one line for each outcome and event.
import { createInterface } from 'node:readline';
import { connect, ConnectionError, openLink, parseJson, ProblemError, stringifyJson } from './statuswire/statuswire.js';

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
  delete: (name, id) => clients.get(name).delete(id),
  link: (name, id, options) => clients.get(name).link(id, options),
  links: (name, id) => clients.get(name).links(id),
  revokeLink: (name, id, linkId) => clients.get(name).revokeLink(id, linkId),
  linkStatus: (name, url) => withLink(url, (link) => link.ready),
  answerByLink: (name, url, step, answer) => withLink(url, (link) => link.answer(step, answer)),
  close: (name) => clients.get(name).close(),
};

async function withLink(url, use) {
  const link = openLink(url);
  link.ready.catch(() => {}); // If the link is not valid, the call fails as well.
  try {
    return await use(link);
  } finally {
    link.close();
  }
}

const isFinished = ({ status }) => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(status);

async function watchLink(call, url) {
  const link = openLink(url);
  const end = () => {
    link.close();
    print(call, { event: { end: true } });
  };
  let seen;
  const see = () => {
    const { document, state } = link;
    if (document !== undefined && document !== seen) {
      seen = document;
      print(call, { event: { changed: document } });
    }
    if (seen !== undefined && (state === 'invalid' || isFinished(seen))) {
      remove();
      if (state === 'invalid') {
        print(call, { event: { removed: seen.id } });
      }
      end();
    }
  };
  const remove = link.onChange(see);
  try {
    await link.ready;
  } catch (error) {
    print(call, { event: { refused: failure(error) } });
    end();
  }
}

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
  } else if (name === 'watchLink') {
    await watchLink(call, ...given);
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
