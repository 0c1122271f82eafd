import type { Plugin, ProxyOptions } from 'vite';

/** The backend's URL: by default that of `./run`, or STATUSWIRE_BACKEND. */
const target = process.env.STATUSWIRE_BACKEND ?? 'http://127.0.0.1:8080';

/**
 * Returns the options for proxying to the backend. It checks Host and Origin, so both are set to
 * its own.
 */
function toBackend(): ProxyOptions {
  return { target, changeOrigin: true, headers: { origin: target } };
}

/** Returns the paths that `npm run dev` proxies to the backend. */
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

/**
 * Replaces the socket's URL in tickets by the proxy's, because the backend's socket refuses a
 * foreign Origin.
 */
export function liveTickets(): Plugin {
  return {
    name: 'statuswire-live-tickets',
    configureServer(server) {
      server.middlewares.use('/live/tickets', async (request, response) => {
        try {
          const ticketResponse = await fetch(`${target}/live/tickets`, { method: 'POST' });
          const ticket = (await ticketResponse.json()) as { url: string };
          const { pathname, search } = new URL(ticket.url);
          const url = `ws://${request.headers.host}${pathname}${search}`;
          response.writeHead(ticketResponse.status, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ ...ticket, url }));
        } catch {
          response.writeHead(502).end();
        }
      });
    },
  };
}
