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
    '/links',
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

/** The paths at which a client gets a ticket: as a user, or with a link. */
const TICKETS = /^\/(live|links\/[^/]+)\/tickets$/;

/**
 * Replaces the socket's URL in tickets by the proxy's, because the backend's socket refuses a
 * foreign Origin.
 */
export function liveTickets(): Plugin {
  return {
    name: 'statuswire-live-tickets',
    configureServer(server) {
      server.middlewares.use(async (request, response, next) => {
        if (request.url === undefined || !TICKETS.test(request.url)) {
          next();
          return;
        }
        try {
          const ticketResponse = await fetch(target + request.url, { method: 'POST' });
          const ticket = (await ticketResponse.json()) as { url?: string };
          const { pathname, search } = new URL(ticket.url ?? '', target);
          const url = `ws://${request.headers.host}${pathname}${search}`;
          response.writeHead(ticketResponse.status, { 'content-type': 'application/json' });
          response.end(JSON.stringify({ ...ticket, ...(ticket.url !== undefined && { url }) }));
        } catch {
          response.writeHead(502).end();
        }
      });
    },
  };
}

/** Serves the page of links at the URL of every link. */
export function linkPages(): Plugin {
  return {
    name: 'statuswire-link-pages',
    configureServer(server) {
      server.middlewares.use((request, _, next) => {
        request.url = request.url?.replace(/^\/l\/[\w-]+(?=$|\?)/, '/l/index.html');
        next();
      });
    },
  };
}
