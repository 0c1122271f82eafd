import type { Plugin, ProxyOptions } from 'vite';

/** Where `./run` answers; another place is given in STATUSWIRE_BACKEND. */
const target = process.env.STATUSWIRE_BACKEND ?? 'http://127.0.0.1:8080';

/** The backend checks Host and Origin, so both are made its own. */
function toBackend(): ProxyOptions {
  return { target, changeOrigin: true, headers: { origin: target } };
}

/** What `npm run dev` hands on to the backend. */
export function backend(): Record<string, ProxyOptions> {
  const paths = [
    '/requests',
    '/status',
    '/types',
    '/identity',
    '/users',
    '/problems',
    '/health',
    '/metrics',
    '/openapi.yaml',
    '/asyncapi.yaml',
  ];
  return {
    ...Object.fromEntries(paths.map((path) => [path, toBackend()])),
    '/live': { ...toBackend(), ws: true, rewriteWsOrigin: true },
  };
}

/** A ticket names the backend's own socket, which refuses a foreign Origin: name the proxy's. */
export function liveTickets(): Plugin {
  return {
    name: 'statuswire-live-tickets',
    configureServer(server) {
      server.middlewares.use('/live/tickets', async (request, response) => {
        try {
          const answer = await fetch(`${target}/live/tickets`, { method: 'POST' });
          const ticket = (await answer.json()) as { url: string };
          const { pathname, search } = new URL(ticket.url);
          const url = `ws://${request.headers.host}${pathname}${search}`;
          response.writeHead(answer.status, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ ...ticket, url }));
        } catch {
          response.writeHead(502).end();
        }
      });
    },
  };
}
