import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cudaLibraryName, libraryName } from './platform.js';

/** A libtorch on this machine; nothing of it has been loaded. */
export interface Libtorch {
  /** The folder that holds libtorch_cpu. */
  readonly folder: string;
  /** What led to it. */
  readonly origin: 'GAN_LIBTORCH' | 'a PyTorch of Python' | 'an installed package' | 'our cache';
  /** As far as it is written beside it: `2.15.0`, without the build's suffix. */
  readonly version: string | undefined;
  /** Whether it can use NVIDIA graphics processors. */
  readonly cuda: boolean;
}

export const holdsLibtorch = (folder: string): boolean => existsSync(join(folder, libraryName()));

/** The libtorch in a folder of Python packages, or undefined. */
export function torchIn(site: string): Libtorch | undefined {
  const folder = join(site, 'torch', 'lib');
  if (!holdsLibtorch(folder)) return undefined;
  return { folder, origin: 'a PyTorch of Python', version: versionIn(site), cuda: hasCuda(folder) };
}

export const hasCuda = (folder: string): boolean => existsSync(join(folder, cudaLibraryName()));

/** The version of PyTorch in a folder of Python packages: from what it wrote about itself, without running it. */
export function versionIn(site: string): string | undefined {
  try {
    const text = readFileSync(join(site, 'torch', 'version.py'), 'utf8');
    const stated = /^__version__\s*=\s*['"](\d+\.\d+\.\d+)/m.exec(text);
    if (stated) return stated[1];
  } catch {
    // There is a second place to look.
  }
  try {
    const folder = readdirSync(site).find((name) => /^torch-\d.*\.dist-info$/.test(name));
    return /^torch-(\d+\.\d+\.\d+)/.exec(folder ?? '')?.[1];
  } catch {
    return undefined;
  }
}

/** The versions that the backend knows, all of the newest minor one included. */
export const RANGE = { oldest: '2.11', newest: '2.15' } as const;

/** Whether a version can be used; one that is not known may be: the library itself will tell. */
export function isUsable(version: string | undefined): boolean {
  if (version === undefined) return true;
  const [major, minor] = version.split('.').map(Number) as [number, number];
  const [oldest, newest] = [RANGE.oldest, RANGE.newest].map((end) => Number(end.split('.')[1])) as [number, number];
  return major === 2 && minor >= oldest && minor <= newest;
}
