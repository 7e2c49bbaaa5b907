import { copyFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environment, ran } from '../release/ran.js';

const MODULES = fileURLToPath(new URL('./modules/', import.meta.url));

/** The lockfile of what is installed, with the SHA-512 of each package. */
export const LOCKFILE: string = join(MODULES, 'package-lock.json');

/** Packages of which there must be one copy in a program: ours. */
const SHARED = ['tfjs-core', 'tfjs-layers', 'tfjs-backend-cpu'];

/** Installs tfjs-node and what it needs into a folder as its lockfile has them, none of their scripts run. @throws Error with what npm says. */
export async function installModules(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (const name of ['package.json', 'package-lock.json']) await copyFile(join(MODULES, name), join(folder, name));
  await ran('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: environment({}, env),
  });
}

/** Has what is installed in a folder see the TensorFlow.js of this checkout in place of its own copies. */
export async function shareModules(folder: string): Promise<void> {
  const require = createRequire(import.meta.url);
  for (const name of SHARED) {
    const place = join(folder, 'node_modules', '@tensorflow', name);
    await rm(place, { recursive: true, force: true });
    await symlink(dirname(require.resolve(`@tensorflow/${name}/package.json`)), place, 'junction');
  }
}
