import { join } from 'node:path';
import { type Pins, pinsOf, sizesOf } from '../libtorch/pins.js';
import { cacheFolder, platformName } from '../libtorch/platform.js';

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
  options: { readonly env?: NodeJS.ProcessEnv; readonly pins?: Pins } = {},
): PlannedInstall | undefined {
  const platform = platformName();
  const pins = options.pins ?? pinsOf(platform);
  if (!pins) return undefined;
  const folder = join(cacheFolder(options.env), `${pins.version}-${platform}`);
  return { version: pins.version, folder, ...sizesOf(pins) };
}
