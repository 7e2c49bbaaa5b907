import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cudaLibraryName, libraryName } from './platform.js';

/** A libtorch on this machine; nothing of it has been loaded. */
export interface Libtorch {
  /** The folder that holds libtorch_cpu. */
  readonly folder: string;
  /** What led to it. */
  readonly origin: 'GAN_LIBTORCH' | 'a PyTorch of Python' | 'our cache';
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

/** The oldest version whose stable C interface the backend can use. */
export const OLDEST = '2.13.0';

/** Whether a version is new enough; one that is not known may be: the library itself will tell. */
export function isUsable(version: string | undefined): boolean {
  if (version === undefined) return true;
  const [a, b] = [version, OLDEST].map((v) => v.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i]! > b[i]!;
  return true;
}
