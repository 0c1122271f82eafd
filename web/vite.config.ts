import { defineConfig } from 'vitest/config';
import { backend, liveTickets } from './scripts/dev-proxy.ts';

/** Builds the page, index.html and its hashed assets, into target/classes/statuswire/web. */
export default defineConfig({
  base: './',
  plugins: [liveTickets()],
  build: {
    outDir: 'target/classes/statuswire/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  server: { host: '127.0.0.1', proxy: backend() },
  // The timeout only stops tests that hang. Test files share a process and its modules.
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, isolate: false },
});
