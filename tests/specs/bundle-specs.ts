import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { bundled } from './bundled.js';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const core = dirname(require.resolve('@tensorflow/tfjs-core/package.json'));
const dist = join(core, 'dist');

/** Files that say nothing under Node: all they have is for browsers, or they are helpers of others. */
const silent: ReadonlyMap<string, string> = new Map([
  ['io/browser_files_test', 'File, FileReader and document'],
  ['io/indexed_db_test', 'IndexedDB'],
  ['io/local_storage_test', 'localStorage'],
  ['io/model_management_test', 'localStorage and IndexedDB'],
  ['io/passthrough_test', 'browsers only'],
  ['io/router_registry_test', 'handlers of localStorage and IndexedDB'],
  ['io/weights_loader_test', "the window's fetch"],
  ['ops/draw_test', 'a canvas'],
  ['ops/identity_pool_test', 'a helper of two other files'],
  ['ops/image/rotate_with_offset_test', 'an image element'],
  ['platforms/platform_browser_test', "the window's fetch"],
]);

/** The files of specs that tfjs-core ships and that have something to say under Node. */
export const specFiles: readonly string[] = [
  ...readFileSync(join(dist, 'tests.js'), 'utf8').matchAll(/^import '\.\/(.*_test)';/gm),
]
  .map((match) => match[1]!)
  .filter((file) => !silent.has(file));

const named = (path: string): string => relative(dist, path).split(sep).join('/').replace(/\.js$/, '');

/** The module `specs:` imports every file of specs, and each tells its name before its specs are defined. */
const specs: Plugin = {
  name: 'specs',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^specs:$/ }, () => ({ path: 'specs', namespace: 'specs' }));
    onLoad({ filter: /.*/, namespace: 'specs' }, () => ({
      resolveDir: here,
      contents: ['public/chained_ops/register_all_chained_ops', 'register_all_gradients', ...specFiles]
        .map((file) => `import '@tensorflow/tfjs-core/dist/${file}';`)
        .join('\n'),
    }));
    onLoad({ filter: /_test\.js$/ }, ({ path }) => ({
      contents: `globalThis.specFile = ${JSON.stringify(named(path))};\n${readFileSync(path, 'utf8')}`,
    }));
  },
};

/**
 * Puts tfjs-core, its specs, the backends and the child that runs them into one file: there is one copy of tfjs-core, and
 * its imports without endings work.
 */
export const bundleSpecs = (outfile: string): Promise<void> =>
  // Specs compare names of constructors.
  bundled(join(here, 'child.ts'), outfile, { plugins: [specs], keepNames: true });
