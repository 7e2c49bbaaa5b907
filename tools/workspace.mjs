// @ts-check
// What every command of this repository begins with: a Node that is new enough, packages installed, packages built.
// Plain JavaScript without dependencies, since it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, stamp } from './stamp.mjs';

/** A command that cannot go on, in one sentence. */
export class CommandError extends Error {
  /** @override */
  name = 'CommandError';
}

/** @throws {CommandError} if this Node is older than what package.json asks for. */
export function requireNode(version = process.versions.node) {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = wanted.split('.').map(Number);
  if (major < leastMajor || (major === leastMajor && minor < leastMinor))
    throw new CommandError(`Node ${wanted} or newer is needed, but this is ${version}`);
}

/** The environment of child processes: no telemetry, and colours only where they are seen. */
const environment = () => {
  const { FORCE_COLOR, NO_COLOR, ...rest } = process.env;
  const colour = process.stdout.isTTY && !NO_COLOR ? {} : { NO_COLOR: '1' };
  return { ...rest, ...colour, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', npm_config_update_notifier: 'false' };
};

/**
 * Runs pnpm, of the version that made the lockfile, wherever npm is.
 *
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean }} [how] Quietly, what it prints is shown only if it fails.
 * @returns {boolean} Whether it succeeded.
 */
export function pnpm(args, { quiet = false } = {}) {
  const { status, stdout, stderr } = spawnSync('npx', ['-y', 'pnpm@12', ...args], {
    cwd: root,
    env: environment(),
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    shell: process.platform === 'win32',
  });
  if (quiet && status !== 0) console.error(`${stdout}${stderr}`);
  return status === 0;
}

/**
 * Runs a command of a package that is installed at the root.
 *
 * @param {string} name The package's.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {boolean} Whether it succeeded.
 */
export function local(name, command, ...args) {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { status } = spawnSync(
    process.execPath,
    [join(folder, typeof bin === 'string' ? bin : bin[command]), ...args],
    {
      cwd: root,
      env: environment(),
      stdio: 'inherit',
    },
  );
  return status === 0;
}

/** Folders of the workspace with a package.json. */
const members = () =>
  ['packages', '.']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => (folder === '.' ? name : `${folder}/${name}`)))
    .filter((path) => path !== 'node_modules' && existsSync(join(root, path, 'package.json')));

/**
 * Installs what the lockfile lists, unless that has been done.
 *
 * @throws {CommandError} if it fails.
 */
export function install() {
  const manifests = members().map((member) => `${member}/package.json`);
  const done = stamp('installed', {
    inputs: ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests],
    outputs: ['node_modules/.pnpm', ...members().map((member) => `${member}/node_modules`)],
  });
  if (done.isFresh()) return;
  console.log('Installing packages');
  if (!pnpm(['install', '--frozen-lockfile', '--config.confirm-modules-purge=false']))
    throw new CommandError('packages could not be installed; what pnpm says is above');
  done.renew();
}

/**
 * Builds all packages, unless nothing has changed since.
 *
 * @throws {CommandError} if it fails.
 */
export function build() {
  const built = members().filter(
    (member) => JSON.parse(readFileSync(join(root, member, 'package.json'), 'utf8')).scripts?.build,
  );
  const done = stamp('built', {
    inputs: [
      'pnpm-lock.yaml',
      'tsconfig.base.json',
      'tools/build-package.mjs',
      'start',
      ...built.flatMap((member) => ['src', 'package.json', 'tsconfig.json'].map((name) => `${member}/${name}`)),
    ],
    outputs: built.map((member) => `${member}/dist`),
  });
  if (done.isFresh()) return;
  console.log('Building packages');
  if (!turbo('build')) throw new CommandError('packages could not be built; what the compiler says is above');
  done.renew();
}

/**
 * Runs a task in every package that has it.
 *
 * @param {string} task
 * @returns {boolean} Whether it succeeded.
 */
export const turbo = (task) =>
  pnpm(['exec', 'turbo', 'run', task, '--output-logs=errors-only', '--log-order=grouped'], { quiet: true });
