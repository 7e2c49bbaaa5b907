import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const require = createRequire(import.meta.url);
const packages = fileURLToPath(new URL('../../packages', import.meta.url));
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** What brings a binary, or is looked for only where it may be. */
const outside = ['jasmine-core', 'jasmine-core/*', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', 'webgpu'];

/**
 * Puts a program of ours and all that it imports, packages and sources of ours included, into one file, with one copy of
 * tfjs-core.
 *
 * @param options.keepNames Whether functions and classes say what they are called, which takes time where many are made.
 */
export async function bundled(
  entry: string,
  outfile: string,
  { plugins = [], keepNames = false }: { readonly plugins?: Plugin[]; readonly keepNames?: boolean } = {},
): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    keepNames,
    // tfjs-core's list of side effects would drop what is imported for nothing else.
    ignoreAnnotations: true,
    alias: {
      ...Object.fromEntries(
        ['core', 'losses', 'architectures', 'metrics', 'data', 'engine'].map((name) => [
          `@gan/${name}`,
          join(packages, `gan-${name}`, 'src', 'index.ts'),
        ]),
      ),
      '@gan/tfjs-backend-torch': join(packages, 'tfjs-backend-torch', 'src', 'index.ts'),
      ...Object.fromEntries(
        ['core', 'layers', 'backend-cpu'].map((name) => [
          `@tensorflow/tfjs-${name}`,
          folderOf(`@tensorflow/tfjs-${name}`),
        ]),
      ),
    },
    external: outside,
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url), __dirname = import.meta.dirname;",
    },
    plugins,
    logLevel: 'error',
  });
}
