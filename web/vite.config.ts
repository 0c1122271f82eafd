import { defineConfig } from 'vitest/config';
import { backend, linkPages, liveTickets } from './scripts/dev-proxy.ts';

/**
 * Builds the page and the page of links, index.html and l/index.html and their hashed assets, into
 * target/classes/statuswire/web. All URLs are relative, so that both work below any path.
 */
export default defineConfig({
  base: './',
  plugins: [liveTickets(), linkPages()],
  build: {
    outDir: 'target/classes/statuswire/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // Only the HTML files preload modules: the ones that both share.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, modules, { hostType }) => (hostType === 'html' ? modules : []),
    },
    rolldownOptions: { input: { index: 'index.html', link: 'l/index.html' } },
  },
  server: { host: '127.0.0.1', proxy: backend() },
  // The timeout only stops tests that hang. Test files share a process and its modules.
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, isolate: false },
});
