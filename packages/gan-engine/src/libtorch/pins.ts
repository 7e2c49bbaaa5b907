import { basename } from 'node:path';
import { assertOneOf } from '@gan/core';
import table from './pins.json' with { type: 'json' };

/** A file of a wheel: where in it, how large, and its SHA-256 (hexadecimal). */
export interface PinnedFile {
  readonly member: string;
  readonly bytes: number;
  readonly sha256: string;
  /** What it is called where it is put; its own name unless said. */
  readonly as?: string;
}

/** The name of a file in the folder that it is put into. */
export const nameOf = ({ member, as }: PinnedFile): string => as ?? basename(member);

/** A wheel, by the name that pip gives it, and what is kept of it. */
export interface PinnedPackage {
  readonly requirement: string;
  readonly wheel: string;
  readonly bytes: number;
  readonly files: readonly PinnedFile[];
}

/** The wheels that libtorch for one platform is taken from. */
export interface Pins {
  /** Of PyTorch: `2.15.0`. */
  readonly version: string;
  /** Whether it computes on NVIDIA's graphics processors too. */
  readonly cuda?: boolean;
  /** Which Python's wheel it is; the libraries do not care, and this way it is one wheel with one hash. */
  readonly python: string;
  /** What pip calls the platform; older names for the smaller packages. */
  readonly tags: readonly string[];
  /** What uv calls it. */
  readonly uv: string;
  readonly packages: readonly PinnedPackage[];
}

/** The versions that are pinned, newest first. */
export const pinnedVersions: readonly string[] = table.versions.map(({ version }) => version);

/** The version that `gan-engine install` installs unless another is asked for. */
export const pinnedVersion: string = pinnedVersions[0]!;

/** Which of the pins of a platform. */
export interface WhichPins {
  /** Of PyTorch; the newest unless said. */
  readonly version?: string | undefined;
  /** Whether it is to compute on NVIDIA's graphics processors. */
  readonly cuda?: boolean | undefined;
}

/**
 * The pins of a platform (`linux-x64`), or undefined where PyTorch publishes no wheel, or none with CUDA that is pinned. Made by
 * tools/libtorch-pins.
 *
 * @throws TypeError for a version that is not pinned.
 */
export function pinsOf(platform: string, { version = pinnedVersion, cuda = false }: WhichPins = {}): Pins | undefined {
  assertOneOf('version', version, pinnedVersions);
  const platforms: Readonly<Record<string, Omit<Pins, 'version' | 'python' | 'cuda'>>> = table.versions.find(
    (of) => of.version === version,
  )!.platforms;
  const found = platforms[cuda ? `${platform}-cuda` : platform];
  return found && { version, python: table.python, cuda, ...found };
}

/** Bytes to download, and bytes on disk in the end. */
export const sizesOf = ({ packages }: Pins): { readonly download: number; readonly kept: number } => ({
  download: packages.reduce((total, { bytes }) => total + bytes, 0),
  kept: packages.flatMap(({ files }) => files).reduce((total, { bytes }) => total + bytes, 0),
});
