import { join } from 'node:path';
import { type Pins, pinsOf, sizesOf } from '../libtorch/pins.js';
import { cacheFolder, platformName } from '../libtorch/platform.js';

/** What `installLibtorch` would do, to be told before it is done. */
export interface PlannedInstall {
  readonly version: string;
  /** Where libtorch goes. */
  readonly folder: string;
  /** Bytes to fetch. */
  readonly download: number;
  /** Bytes that stay. */
  readonly kept: number;
}

/** What an installation would fetch and where it would put it; undefined where PyTorch publishes no wheel. */
export function plannedInstall({
  env = process.env,
  pins = pinsOf(platformName()),
}: {
  readonly env?: NodeJS.ProcessEnv;
  readonly pins?: Pins | undefined;
} = {}): PlannedInstall | undefined {
  if (!pins) return undefined;
  return {
    version: pins.version,
    folder: join(cacheFolder(env), `${pins.version}-${platformName()}`),
    ...sizesOf(pins),
  };
}
