import { join } from 'node:path';
import { pinsOf, sizesOf } from '../libtorch/pins.js';
import { cacheFolder, folderName, platformName } from '../libtorch/platform.js';
import type { InstallOptions } from './install-libtorch.js';

/** What an installation fetches and where it goes. */
export interface PlannedInstall {
  /** `2.15.0` */
  readonly version: string;
  /** Whether it computes on NVIDIA's graphics processors too. */
  readonly cuda: boolean;
  /** Bytes to download. */
  readonly download: number;
  /** Bytes that stay. */
  readonly kept: number;
  readonly folder: string;
}

/** What `installLibtorch` would do here, or undefined where there is no wheel. It does nothing itself. */
export function plannedInstall(
  options: Pick<InstallOptions, 'env' | 'version' | 'cuda' | 'pins'> = {},
): PlannedInstall | undefined {
  const platform = platformName();
  const pins = options.pins ?? pinsOf(platform, options);
  if (!pins) return undefined;
  const { version, cuda = false } = pins;
  const folder = join(cacheFolder(options.env), folderName(version, cuda, platform));
  return { version, cuda, folder, ...sizesOf(pins) };
}
