import type { PinnedFile, PinnedPackage } from '../../packages/gan-engine/src/libtorch/pins.js';
import table from './licence-pins.json' with { type: 'json' };

/** A file that holds terms: where in its wheel, and the name that it gets in a package. */
interface PinnedText extends PinnedFile {
  readonly as: string;
}

/** A wheel, and the terms in it. */
interface PinnedTerms extends Omit<PinnedPackage, 'files'> {
  readonly files: readonly PinnedText[];
}

/** The version of libtorch whose terms these are. */
export const licencedVersion: string = table.version;

/**
 * The files of the official wheels that hold the terms of what a platform's package gives away, or undefined for a platform
 * whose terms have not been collected. Made by tools/libtorch-pins.
 */
export function licencePins(platform: string): readonly PinnedTerms[] | undefined {
  const platforms: Readonly<Record<string, readonly PinnedTerms[]>> = table.platforms;
  return platforms[platform];
}
