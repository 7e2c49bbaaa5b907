// Checks the package of the current folder as it would be published: publint, attw, and what its tarball must hold.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
for (const name of ['README.md', 'LICENSE']) if (!existsSync(name)) throw new Error(`${manifest.name} has no ${name}`);
for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
  if (manifest.scripts?.[name]) throw new Error(`${manifest.name} has an install script: ${name}`);
const bin = (name, command) => {
  const path = require.resolve(`${name}/package.json`);
  const { bin: bins } = JSON.parse(readFileSync(path, 'utf8'));
  return join(dirname(path), typeof bins === 'string' ? bins : bins[command]);
};
const run = (path, ...args) => execFileSync(process.execPath, [path, ...args], { stdio: 'inherit' });
run(bin('publint', 'publint'), '--strict');
run(bin('@arethetypeswrong/cli', 'attw'), '--pack', '.', '--quiet');
