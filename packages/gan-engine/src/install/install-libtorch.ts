import { statSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nameOf, type Pins, pinsOf } from '../libtorch/pins.js';
import { cacheFolder, folderName, platformName } from '../libtorch/platform.js';
import { buildFolder, type InstallProgress, stagingOf } from './build-folder.js';
import { explained, noCuda, noWheel } from './explain.js';
import { takeLock } from './lock.js';

export interface InstallOptions {
  /** Told of each stage, and of what it has done a few times a second. */
  readonly onProgress?: (progress: InstallProgress) => void;
  /** Stops what is being done and removes what was begun. */
  readonly signal?: AbortSignal;
  /** Installs anew what is there. */
  readonly force?: boolean;
  /** Where `PATH` and the cache folder are read from; the process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Of PyTorch, one of those that are pinned; the newest unless said. */
  readonly version?: string;
  /** Whether it is to compute on NVIDIA's graphics processors too: 2.7 GB to fetch instead of half of one. */
  readonly cuda?: boolean;
  /** What to install; the pinned libtorch of this platform. */
  readonly pins?: Pins;
}

/** The libtorch in our cache. */
export interface Installed {
  readonly folder: string;
  readonly version: string;
  /** Whether it was installed now, or had been before. */
  readonly fresh: boolean;
}

/**
 * Puts the pinned libtorch for the CPU, or for CUDA, into our cache: its wheels fetched by the user's own pip or uv, only the files
 * that are needed, each checked against its SHA-256. It is made beside its place and renamed, under a lock, so that
 * two at once, a kill or a full disk leave either nothing or all of it; the folder is the user's alone.
 *
 * @throws TypeError for a version that is not pinned. EngineError saying what to do if there is no wheel for this platform, or none with CUDA, no pip and no uv, the cache folder
 *   cannot be written or is too small, or what came is damaged or another. The signal's reason when aborted.
 */
export async function installLibtorch(options: InstallOptions = {}): Promise<Installed> {
  const { env = process.env, signal, onProgress, force = false } = options;
  const platform = platformName();
  const pins = options.pins ?? pinsOf(platform, options);
  if (!pins) throw options.cuda ? noCuda(platform, options.version) : noWheel(platform);
  const cache = cacheFolder(env);
  const folder = join(cache, folderName(pins.version, pins.cuda ?? false, platform));
  const there: Installed = { folder, version: pins.version, fresh: false };
  const done = () => !force && isComplete(folder, pins);
  try {
    if (done()) return there;
    await mkdir(cache, { recursive: true, mode: 0o700 });
    const onWait = (by: string) => onProgress?.({ stage: 'waiting', by, done: 0, total: 0 });
    const lock = await takeLock(`${folder}.lock`, { onWait, done, signal });
    if (lock === undefined) return there;
    try {
      if (done()) return there;
      await removeLeftovers(folder);
      await buildFolder({ env, pins, cache, folder, ...(onProgress && { onProgress }), ...(signal && { signal }) });
      return { ...there, fresh: true };
    } finally {
      await lock.release();
    }
  } catch (cause) {
    throw signal?.aborted ? cause : explained(cause, cache, pins);
  }
}

/** Whether every file is there in its size; their hashes were checked when they came. */
const isComplete = (folder: string, { packages }: Pins): boolean =>
  packages
    .flatMap(({ files }) => files)
    .every((file) => statSync(join(folder, nameOf(file)), { throwIfNoEntry: false })?.size === file.bytes);

/** What a killed installation has left; who has the lock may remove it. */
async function removeLeftovers(folder: string): Promise<void> {
  const cache = join(folder, '..');
  const left = (await readdir(cache))
    .map((name) => join(cache, name))
    .filter((path) => path.startsWith(stagingOf(folder)));
  await Promise.all(left.map((path) => rm(path, { recursive: true, force: true })));
}
