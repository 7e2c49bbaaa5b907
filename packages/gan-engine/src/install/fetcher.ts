import { join, parse } from 'node:path';
import type { Pins } from '../libtorch/pins.js';
import { programs, pythons } from '../libtorch/programs.js';
import { runQuietly } from './run-quietly.js';

/** How the user's own tools fetch wheels, so that their index, proxy and credentials hold. */
export interface Fetcher {
  /** `pip` or `uv`, with its path. */
  readonly name: string;
  /** Whether it leaves wheels, or what was in them. */
  readonly leaves: 'wheels' | 'members';
  /** How many times the size of the wheels it needs on disk while it works. */
  readonly room: number;
  /** The command that fetches all packages of `pins` into the folder `into`. */
  readonly command: (pins: Pins, into: string) => readonly string[];
}

/** The first of the user's pips that runs, else their uv, else undefined. */
export async function findFetcher(env: NodeJS.ProcessEnv): Promise<Fetcher | undefined> {
  const candidates = [
    ...programs(['pip3', 'pip'], env).map((path) => pip([path])),
    ...pythons(env).map((python) => pip([python, '-I', '-m', 'pip'])),
    ...programs(['uv'], env).map(uv),
  ];
  for (const { version, ...fetcher } of candidates) if (await runs(version, env)) return fetcher;
  return undefined;
}

async function runs(command: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const options = { cwd: parse(process.execPath).root, env, signal: AbortSignal.timeout(20_000) };
    return (await runQuietly(command, options)).code === 0;
  } catch {
    return false;
  }
}

type Candidate = Fetcher & { readonly version: readonly string[] };

/** Wheels only: a source package would run code. The tags are fixed, so that it is always the same wheel. */
const pip = (start: readonly string[]): Candidate => ({
  name: start.join(' '),
  leaves: 'wheels',
  room: 1,
  version: [...start, '--version'],
  command: ({ python, tags, packages }, into) => [
    ...start,
    'download',
    '--quiet',
    '--no-input',
    '--no-cache-dir',
    '--disable-pip-version-check',
    '--progress-bar=off',
    '--only-binary=:all:',
    '--no-deps',
    '--implementation=cp',
    `--python-version=${python}`,
    `--abi=cp${python.replace('.', '')}`,
    ...tags.map((tag) => `--platform=${tag}`),
    `--dest=${into}`,
    ...packages.map(({ requirement }) => requirement),
  ],
});

const uv = (path: string): Candidate => ({
  name: path,
  leaves: 'members',
  room: 3,
  version: [path, '--version'],
  command: ({ python, uv, packages }, into) => [
    path,
    'pip',
    'install',
    '--quiet',
    '--no-deps',
    '--only-binary=:all:',
    `--python-version=${python}`,
    `--python-platform=${uv}`,
    `--target=${into}`,
    ...packages.map(({ requirement }) => requirement),
  ],
});

/** Where the tools put what they have not finished: beneath the staging folder, so that it goes with it. */
export const fetchEnvironment = (env: NodeJS.ProcessEnv, staging: string): NodeJS.ProcessEnv => ({
  ...env,
  TMPDIR: join(staging, 'unfinished'),
  TMP: join(staging, 'unfinished'),
  TEMP: join(staging, 'unfinished'),
  UV_CACHE_DIR: join(staging, 'unfinished', 'uv'),
  UV_PYTHON_INSTALL_DIR: join(staging, 'unfinished', 'python'),
  PYTHONDONTWRITEBYTECODE: '1',
});
