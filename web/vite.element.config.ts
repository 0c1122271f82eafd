import { defineConfig, type Plugin } from 'vite';
import { elementTypes } from './scripts/element-types.ts';

/** Imports the client from its own module, so that a page loads it once and can share a client. */
function separateClient(): Plugin {
  return {
    name: 'separate-client',
    enforce: 'pre',
    resolveId: (source) =>
      source.endsWith('/client/index.ts') ? { id: './statuswire.js', external: true } : null,
  };
}

/** Emits the types next to the module. */
function types(): Plugin {
  return {
    name: 'types',
    generateBundle() {
      const source = elementTypes();
      this.emitFile({ type: 'asset', fileName: 'statuswire-request.d.ts', source });
    },
  };
}

/** Builds the custom element, not minified, next to the client module, which it imports. */
export default defineConfig({
  publicDir: false,
  plugins: [separateClient(), types()],
  build: {
    outDir: 'target/classes/statuswire/web/client',
    emptyOutDir: false,
    target: 'es2022',
    minify: false,
    cssMinify: true,
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'], // The first that know light-dark().
    lib: {
      entry: 'src/element/statuswire-request.ts',
      formats: ['es'],
      fileName: () => 'statuswire-request.js',
    },
  },
});
