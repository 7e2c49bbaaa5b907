import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../engine-error.js';
import { type Pins, sizesOf } from '../libtorch/pins.js';
import { noFetcher, noRoom } from './explain.js';
import { type Fetcher, fetchEnvironment, findFetcher } from './fetcher.js';
import { folderSize } from './folder-size.js';
import { runQuietly } from './run-quietly.js';
import { takeMembers } from './take-members.js';
import { unpack } from './unpack.js';

/** How far an installation is. */
export interface InstallProgress {
  readonly stage: 'waiting' | 'downloading' | 'checking';
  /** Who is waited for, or what is fetched or checked with. */
  readonly by: string;
  /** Bytes done and bytes in all. */
  readonly done: number;
  readonly total: number;
}

interface Build {
  readonly env: NodeJS.ProcessEnv;
  readonly pins: Pins;
  /** What is to appear, whole, at the end. */
  readonly folder: string;
  readonly cache: string;
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly signal?: AbortSignal;
}

/** What the staging folders of `folder` begin with. */
export const stagingOf = (folder: string): string => `${folder}.staging-`;

/** Fetches, unpacks and checks beside `folder`, renames at the very end, and removes what else there is. */
export async function buildFolder(options: Build): Promise<void> {
  const { env, pins, cache, folder, signal } = options;
  const { download, kept } = sizesOf(pins);
  const { bavail, bsize } = await statfs(cache);
  const fetcher = await findFetcher(env);
  if (!fetcher) throw noFetcher(pins, cache);
  const needed = fetcher.room * download + kept;
  if (bavail * bsize < needed) throw noRoom(cache, bavail * bsize, needed);
  const staging = await mkdtemp(stagingOf(folder));
  try {
    for (const name of ['unfinished', 'fetched', 'libtorch']) await mkdir(join(staging, name), { mode: 0o700 });
    await fetchAll(options, staging, fetcher);
    let taken = 0;
    const onBytes = (bytes: number) => {
      taken += bytes;
      options.onProgress?.({ stage: 'checking', by: 'SHA-256', done: taken, total: kept });
    };
    const into = join(staging, 'libtorch');
    for (const { wheel, files } of pins.packages)
      if (fetcher.leaves === 'wheels') await unpack({ wheel: fetched(staging, wheel), files, into, onBytes, signal });
      else await takeMembers({ from: join(staging, 'fetched'), files, into, onBytes, signal });
    if (existsSync(folder)) await rename(folder, join(staging, 'replaced'));
    await rename(into, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function fetched(staging: string, wheel: string): string {
  const path = join(staging, 'fetched', wheel);
  if (existsSync(path)) return path;
  throw new EngineError(`pip has brought another wheel than ${wheel}`, {
    remedy: 'nothing of it was kept; your package index may offer builds of its own',
  });
}

/** Reports the growth of what lies in the staging folder, whichever file the tool writes to. */
async function fetchAll(options: Build, staging: string, fetcher: Fetcher): Promise<void> {
  const { env, pins, signal, onProgress } = options;
  const total = sizesOf(pins).download;
  const report = (done: number) =>
    onProgress?.({ stage: 'downloading', by: fetcher.name, done: Math.min(done, total), total });
  report(0);
  const watch = setInterval(() => void folderSize(staging).then(report), 300);
  try {
    const command = fetcher.command(pins, join(staging, 'fetched'));
    const { code, output } = await runQuietly(command, { cwd: staging, env: fetchEnvironment(env, staging), signal });
    if (code !== 0)
      throw new EngineError(`${fetcher.name} could not fetch ${requirementsOf(pins)}: ${complaint(output)}`);
    report(total);
  } finally {
    clearInterval(watch);
  }
}

const requirementsOf = ({ packages }: Pins): string => packages.map(({ requirement }) => requirement).join(', ');

/** The first line that calls itself an error, and the last three. */
function complaint(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '' && !line.startsWith('[notice]'));
  const first = said.find((line) => /^error/i.test(line));
  return [...new Set([...(first ? [first] : []), ...said.slice(-3)])].join(' ').slice(0, 600) || 'it gave no reason';
}
