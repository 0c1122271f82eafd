import { defineConfig } from 'vitest/config';
import { backend, liveTickets } from './scripts/dev-proxy.ts';
import {
  leanChunks,
  leanImports,
  leanJson,
  leanLit,
  leanPlot,
  leanTemplates,
} from './scripts/lean.ts';

/** The page: index.html and its hashed assets, into target/classes/statuswire/web. */
export default defineConfig({
  base: './',
  plugins: [
    liveTickets(),
    leanTemplates(),
    leanPlot(),
    leanLit(),
    leanJson(),
    leanImports(),
    leanChunks(),
  ],
  build: {
    outDir: 'target/classes/statuswire/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
  },
  server: { host: '127.0.0.1', proxy: backend() },
  test: { include: ['test/**/*.test.ts'] },
});
