import { join } from 'node:path';
import type { Running } from './installation.js';

/** What is installed in an empty folder, each by the commands that its own instructions name. */
export const INSTALLED = ['ours', 'ours-libtorch', 'tfjs-node', 'tfjs-node-without-script', 'torch'] as const;

export type InstalledName = (typeof INSTALLED)[number];

const ours = ['@gan/core', '@gan/losses', '@gan/architectures', '@gan/data', '@gan/metrics', '@gan/engine'];
const npm = (...args: readonly string[]) => ['npm', 'install', '--no-audit', '--no-fund', ...args];

/** The commands of each, given the folder; the first that fails ends it. */
export const commands: Readonly<Record<InstalledName, (running: Running) => readonly (readonly string[])[]>> = {
  ours: () => [npm(...ours, '@tensorflow/tfjs-core', '@tensorflow/tfjs-layers')],
  'ours-libtorch': ({ folder }) => [
    npm(...ours, '@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'),
    [process.execPath, join(folder, 'node_modules', '@gan', 'engine', 'dist', 'cli.js'), 'install'],
  ],
  'tfjs-node': () => [npm('--foreground-scripts', '@tensorflow/tfjs-node')],
  'tfjs-node-without-script': () => [npm('--ignore-scripts', '@tensorflow/tfjs-node')],
  torch: ({ folder, python }) => {
    const own = join(folder, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
    return [
      [python, '-m', 'venv', join(folder, 'venv')],
      [own, '-m', 'pip', 'install', '--no-cache-dir', '--disable-pip-version-check', '--progress-bar=off', 'torch'],
    ];
  },
};
