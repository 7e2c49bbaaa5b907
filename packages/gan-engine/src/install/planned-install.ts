import { join } from 'node:path';
import { pinsOf, sizesOf } from '../libtorch/pins.js';
import { cacheFolder, platformName } from '../libtorch/platform.js';
import type { InstallOptions } from './install-libtorch.js';

/** What an installation fetches and where it goes. */
export interface PlannedInstall {
  /** `2.15.0` */
  readonly version: string;
  /** Bytes to download. */
  readonly download: number;
  /** Bytes that stay. */
  readonly kept: number;
  readonly folder: string;
}

/** What `installLibtorch` would do here, or undefined where there is no wheel. It does nothing itself. */
export function plannedInstall(
  options: Pick<InstallOptions, 'env' | 'version' | 'pins'> = {},
): PlannedInstall | undefined {
  const platform = platformName();
  const pins = options.pins ?? pinsOf(platform, options.version);
  if (!pins) return undefined;
  const folder = join(cacheFolder(options.env), `${pins.version}-${platform}`);
  return { version: pins.version, folder, ...sizesOf(pins) };
}
