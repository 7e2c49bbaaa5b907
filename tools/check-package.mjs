// Checks the package of the current folder as it would be published: publint, attw, and what its tarball must hold.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
for (const name of ['README.md', 'LICENSE']) if (!existsSync(name)) throw new Error(`${manifest.name} has no ${name}`);
for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
  if (manifest.scripts?.[name]) throw new Error(`${manifest.name} has an install script: ${name}`);

/** pnpm leaves a launcher for each tool of the workspace in its root. */
const tools = fileURLToPath(new URL('../node_modules/.bin/', import.meta.url));
const run = (tool, ...args) =>
  execFileSync(join(tools, tool), args, { stdio: 'inherit', shell: process.platform === 'win32' });
run('publint', '--strict', '--pack', 'npm');
// TypeScript's old `node10` resolution knows no export maps: sub-paths are out of its reach, and Node >= 20 never uses it.
run('attw', '--pack', '.', '--quiet', '--profile', 'node16');
