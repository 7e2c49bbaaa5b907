import { dirname } from 'node:path';
import { EngineError, sentenceOf } from '../engine-error.js';
import { RANGE } from '../libtorch/libtorch.js';
import { type Pins, pinnedVersion } from '../libtorch/pins.js';

/** All of a few; the first of many, and how many more. */
const listed = (names: readonly string[]): string =>
  names.length <= 4 ? names.join(', ') : `${names[0]} and the ${names.length - 1} others that it asks for`;

/** What to do without our help. */
const byHand = ({ version, packages }: Pins, cache: string): string =>
  `install PyTorch ${version} or another of ${RANGE.oldest} to ${RANGE.newest} (\`pip install torch==${version}\`), which is found by itself; or unpack ` +
  `${listed(packages.map(({ wheel }) => wheel))} and set GAN_LIBTORCH to the absolute path of its torch/lib; or go ` +
  `without it (\`--engine wasm\`). It would go to ${cache}`;

export const noFetcher = (pins: Pins, cache: string): EngineError =>
  new EngineError('there is neither pip nor uv to fetch libtorch with', { remedy: byHand(pins, cache) });

export const noWheel = (platform: string): EngineError =>
  new EngineError(`PyTorch publishes no libtorch for ${platform}`, {
    remedy: 'set GAN_LIBTORCH to the folder of one that you have built, or go without it (`--engine wasm`)',
  });

export const noCuda = (platform: string, version: string = pinnedVersion): EngineError =>
  new EngineError(`no wheels of PyTorch ${version} with CUDA are pinned for ${platform}`, {
    remedy:
      'install a PyTorch with CUDA in your Python, which is found by itself, or set GAN_LIBTORCH to the absolute path of its torch/lib',
  });

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;

export const noRoom = (cache: string, free: number, needed: number): EngineError =>
  new EngineError(`${cache} has room for ${megabytes(free)}, but ${megabytes(needed)} are needed`, {
    remedy: 'make room, or set XDG_CACHE_HOME to a folder on a larger disk',
  });

/** What the file system says about the cache folder, as an error that says what to do; any other error as it is. */
export function explained(cause: unknown, cache: string, pins: Pins): unknown {
  if (cause instanceof EngineError) return cause;
  const { code, path, syscall } = cause as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return cause;
  const why =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? `the disk of ${cache} is full`
      : `${path ?? dirname(cache)} cannot be written (${sentenceOf(cause)})`;
  return new EngineError(why, {
    remedy: `let ${cache} be a folder that you may write to, or set XDG_CACHE_HOME to another; or ${byHand(pins, cache)}`,
    cause,
  });
}
