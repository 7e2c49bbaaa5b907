// @ts-check
// `npm run docs`: the site of guide and API reference, in docs/.vitepress/dist. With --serve it is shown as well.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './stamp.mjs';
import { CommandError, install, local, pnpm, requireNode } from './workspace.mjs';

const site = join(root, 'docs', '.vitepress');

/**
 * Runs Node at the root.
 *
 * @param {readonly string[]} args
 * @param {string} otherwise What is said if it fails.
 * @throws {CommandError} if it does.
 */
function run(args, otherwise) {
  const { status, signal } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new CommandError(signal === null ? otherwise : `${otherwise} (it was ended by ${signal})`);
}

try {
  requireNode();
  install();
  // What builds the site is as large as a quarter of all else, and so has a lockfile of its own.
  if (!pnpm(['--dir', site, 'install', '--frozen-lockfile'], { quiet: true }))
    throw new CommandError('what builds the site could not be installed; what pnpm says is above');
  if (!local('typescript', 'tsc', '-p', join(site, 'tsconfig.json')))
    throw new CommandError('the programs that build the site have type errors; they are above');
  run(
    ['--import', 'tsx', join(site, 'write-reference.ts')],
    'doc comments of the sources have warnings; they are above',
  );
  const vitepress = join(site, 'node_modules/vitepress/bin/vitepress.js');
  run([vitepress, 'build', 'docs'], 'the site could not be built; what vitepress says is above');
  if (process.argv.includes('--serve')) run([vitepress, 'preview', 'docs'], 'the site could not be shown');
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
