import { defineConfig } from 'vite';

/** The client module alone, readable, as one file that other pages can import. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'target/classes/statuswire/web/client',
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    lib: { entry: 'src/client/index.ts', formats: ['es'], fileName: () => 'statuswire.js' },
  },
});
