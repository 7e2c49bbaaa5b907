import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { hasCuda, type Libtorch } from './libtorch.js';
import { platformName } from './platform.js';

/** The package that brings libtorch for this platform. */
export const platformPackageName = (): string => `@gan/libtorch-${platformName()}`;

/**
 * The libtorch of an installed package `@gan/libtorch-<os>-<cpu>`, or undefined where there is none. Like any package of
 * the user's it is looked for from their project, which is that of the folder at hand or else of the program that runs; this
 * package itself may not see it, where `node_modules` is strict.
 *
 * @param project The folder at hand.
 */
export function packagedLibtorch(project: string): Libtorch | undefined {
  const name = `${platformPackageName()}/package.json`;
  for (const from of [join(project, 'package.json'), process.argv[1] ?? '', import.meta.url])
    try {
      const manifest = createRequire(from).resolve(name);
      const folder = join(dirname(manifest), 'lib');
      const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version?: string };
      return { folder, origin: 'an installed package', version, cuda: hasCuda(folder) };
    } catch {
      // Not there, or no package.
    }
  return undefined;
}
