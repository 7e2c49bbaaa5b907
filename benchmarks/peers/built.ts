import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Options } from 'tsup';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];

/** Other people's packages stay where they are installed, and every file of ours knows where it came from. */
const inPlace: Plugin = {
  name: 'in-place',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^[@\w]/ }, ({ path, importer, kind }) => {
      if (kind === 'entry-point' || /^(?:node:|@gan\/)/.test(path)) return undefined;
      try {
        return { path: pathToFileURL(createRequire(importer).resolve(path)).href, external: true };
      } catch {
        return { path, external: true }; // whoever imports it says what is missing
      }
    });
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const place = JSON.stringify(pathToFileURL(path).href);
      return { contents: source.replaceAll('import.meta.url', place), loader: 'ts' };
    });
  },
};

/**
 * Builds a program of ours as packages are built, and gives its path. Run on the sources by tsx, as everything else here, each function
 * that is made meanwhile is given its name anew, which a step of a small network feels.
 *
 * @param entry Its file.
 * @param folder Where to.
 */
export async function built(entry: string, folder: string): Promise<string> {
  await build({
    config: false,
    silent: true,
    entry: { program: entry },
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    splitting: true,
    clean: false,
    outDir: folder,
    outExtension: () => ({ js: '.mjs' }),
    noExternal: [/^@gan\//],
    esbuildPlugins: [inPlace],
  });
  return join(folder, 'program.mjs');
}

/** Our peer, built. */
export const builtPeer = (folder: string): Promise<string> =>
  built(fileURLToPath(new URL('./ours.ts', import.meta.url)), folder);
