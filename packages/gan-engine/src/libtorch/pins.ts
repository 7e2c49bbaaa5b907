import table from './pins.json' with { type: 'json' };

/** A file of a wheel: where in it, how large, and its SHA-256 (hexadecimal). */
export interface PinnedFile {
  readonly member: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A wheel, by the name that pip gives it, and what is kept of it. */
export interface PinnedPackage {
  readonly requirement: string;
  readonly wheel: string;
  readonly bytes: number;
  readonly files: readonly PinnedFile[];
}

/** The wheels that libtorch for the CPU of one platform is taken from. */
export interface Pins {
  /** Of PyTorch: `2.15.0`. */
  readonly version: string;
  /** Which Python's wheel it is; the libraries do not care, and this way it is one wheel with one hash. */
  readonly python: string;
  /** What pip calls the platform; older names for the smaller packages. */
  readonly tags: readonly string[];
  /** What uv calls it. */
  readonly uv: string;
  readonly packages: readonly PinnedPackage[];
}

const platforms: Readonly<Record<string, Omit<Pins, 'version' | 'python'>>> = table.platforms;

/** The version that `gan-engine install` installs. */
export const pinnedVersion: string = table.version;

/** The pins of a platform (`linux-x64`), or undefined where PyTorch publishes no wheel. Made by tools/libtorch-pins. */
export function pinsOf(platform: string): Pins | undefined {
  const found = platforms[platform];
  return found && { version: table.version, python: table.python, ...found };
}

/** Bytes to download, and bytes on disk in the end. */
export const sizesOf = ({ packages }: Pins): { readonly download: number; readonly kept: number } => ({
  download: packages.reduce((total, { bytes }) => total + bytes, 0),
  kept: packages.flatMap(({ files }) => files).reduce((total, { bytes }) => total + bytes, 0),
});
