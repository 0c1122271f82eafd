import { minify } from 'terser';
import { parseAst, type Plugin } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** Templates are indented for who reads them; a browser needs one blank where there are many. */
export function leanTemplates(): Plugin {
  return {
    name: 'statuswire-lean-templates',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/components\/.*\.ts$/.test(id)) {
        return null;
      }
      const texts = textsOf(parseAst(code, { lang: 'ts' }));
      return { code: withOneBlank(code, texts), map: null };
    },
  };
}

/** Where the literal parts of templates with the tag `html` are, in their order. */
function textsOf(tree: unknown): Node[] {
  const found: Node[] = [];
  visit(tree, (node) => {
    const { type, tag, quasi } = node as Node & { tag?: { name?: string }; quasi?: object };
    if (type === 'TaggedTemplateExpression' && tag?.name === 'html') {
      found.push(...(quasi as { quasis: Node[] }).quasis);
    }
  });
  return found.sort((one, other) => one.start - other.start);
}

function visit(node: unknown, see: (node: object) => void): void {
  if (typeof node === 'object' && node !== null) {
    see(node);
    Object.values(node).forEach((child) => visit(child, see));
  }
}

/** What uPlot hangs onto its one function, where no bundler can tell that it is not used. */
const UNUSED_OF_UPLOT = [
  /^uPlot\.(assign|fmtNum|range\w+|orient|sync)\s+= .*;$/gm,
  /^\s+uPlot\.(join|tzDate|addGap|clipGaps)\s+= .*;$/gm,
  /^\s+\(paths\.(linear|stepped|spline)\s+= .*\);$/gm,
];

/** Takes from uPlot what the page's chart does not use; fails where a version has it elsewhere. */
export function leanPlot(): Plugin {
  return {
    name: 'statuswire-lean-plot',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('/uPlot.esm.js')) {
        return null;
      }
      const lean = UNUSED_OF_UPLOT.reduce((left, unused) => {
        if (left.search(unused) < 0) {
          this.error(`There is nothing like ${unused} in uPlot any more`);
        }
        return left.replace(unused, '');
      }, code);
      return { code: lean, map: null };
    },
  };
}

/** The page's components have no styles of their own, so Lit needs nothing that adopts such. */
export function leanLit(): Plugin {
  return {
    name: 'statuswire-lean-lit',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      return id.endsWith('/@lit/reactive-element/css-tag.js')
        ? `export const getCompatibleStyle = (style) => style;
           export const adoptStyles = () => {};
           export const supportsAdoptingStyleSheets = true;
           export { adoptStyles as CSSResult, adoptStyles as css, adoptStyles as unsafeCSS };`
        : null;
    },
  };
}

/** What the client's module for JSON brings itself, or has no use for: its number, its revivers. */
const UNUSED_OF_JSON = new Map([
  ['LosslessNumber', 'compareLosslessNumber, isLosslessNumber, LosslessNumber, toLosslessNumber'],
  ['numberParsers', 'parseLosslessNumber, parseNumberAndBigInt'],
  ['revive', 'revive'],
]);

/** Takes from lossless-json what is never called here. */
export function leanJson(): Plugin {
  return {
    name: 'statuswire-lean-json',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const [, module = ''] = /\/lossless-json\/lib\/esm\/(\w+)\.js$/.exec(id) ?? [];
      const names = UNUSED_OF_JSON.get(module);
      return names === undefined
        ? null
        : `const no = () => false;
           export { ${names.replace(/\w+/g, 'no as $&')} };`;
    },
  };
}

/** Vite loads what a chunk depends on ahead of it; here no chunk depends on anything. */
export function leanImports(): Plugin {
  return {
    name: 'statuswire-lean-imports',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      return id.includes('vite/preload-helper')
        ? 'export const __vitePreload = (load) => load();'
        : null;
    },
  };
}

/** A second minifier after Vite's own finds two per cent more. */
export function leanChunks(): Plugin {
  return {
    name: 'statuswire-lean-chunks',
    apply: 'build',
    async generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') {
          const { code } = await minify(chunk.code, {
            module: true,
            ecma: 2020,
            compress: { passes: 3, pure_getters: true, keep_fargs: false, unsafe_arrows: true },
          });
          chunk.code = code ?? chunk.code;
        }
      }
    },
  };
}

function withOneBlank(code: string, texts: readonly Node[]): string {
  let end = 0;
  const parts = texts.flatMap((text) => {
    const before = code.slice(end, text.start);
    end = text.end;
    return [before, code.slice(text.start, text.end).replace(/\s+/g, ' ').replace(/ >/g, '>')];
  });
  return parts.join('') + code.slice(end);
}
