import { readFileSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';
import page from './package.json' with { type: 'json' };

/** The package.json of the client module, which makes its folder a package that npm can install. */
const MANIFEST = {
  name: 'statuswire',
  version: versionOfStatuswire(),
  description: 'The Statuswire client: submit work, get a response at once, watch it finish.',
  license: page.license,
  type: 'module',
  exports: {
    '.': { types: './statuswire.d.ts', default: './statuswire.js' },
    './statuswire-request.js': {
      types: './statuswire-request.d.ts',
      default: './statuswire-request.js',
    },
  },
  engines: { node: '>=20' },
};

/** Returns the version that the project's pom.xml defines. */
function versionOfStatuswire(): string {
  const pom = readFileSync(new URL('../pom.xml', import.meta.url), 'utf8');
  const version = /<revision>(.+)<\/revision>/.exec(pom)?.[1];
  if (version === undefined) {
    throw new Error('pom.xml has no property "revision"');
  }
  return version;
}

/** Emits the README and the package.json next to the module. */
function packaging(): Plugin {
  return {
    name: 'packaging',
    generateBundle() {
      const readme = readFileSync(new URL('src/client/README.md', import.meta.url), 'utf8');
      const manifest = `${JSON.stringify(MANIFEST, null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'README.md', source: readme });
      this.emitFile({ type: 'asset', fileName: 'package.json', source: manifest });
    },
  };
}

/** Builds the client module, not minified, as one file that other pages can import. */
export default defineConfig({
  publicDir: false,
  plugins: [packaging()],
  build: {
    outDir: 'target/classes/statuswire/web/client',
    emptyOutDir: true,
    target: 'es2022',
    minify: false,
    lib: { entry: 'src/client/index.ts', formats: ['es'], fileName: () => 'statuswire.js' },
  },
});
