import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FormatError } from '@gan/core';
import { inParallel } from './in-parallel.js';
import { makeFolder } from './make-folder.js';
import { MissingPackageError } from './missing-package-error.js';
import type { Catalogue } from './open-moji-catalogue.js';
import { reason } from './reason.js';

/** `color` has 3 channels, `line` is black on white with 1. */
export type Drawing = 'color' | 'line';

/** Where the package keeps the pictures of a style. */
const FOLDERS = { color: 'color', line: 'black' } as const;
export const CHANNELS = { color: 3, line: 1 } as const;

/** The side of the drawings in the units of their files, which are pixels at 72 dots an inch. */
const SIDE = 72;
/** They are drawn at least that much larger than asked for, and brought down by Lanczos's filter. */
const OVERSAMPLING = 2;
/** Bytes of the hash that ends a cache file. */
const HASH = 32;

/**
 * All emoji of the package as bytes, `size * size * channels` each in the order of the catalogue, on white. They are
 * drawn from the SVG files once (some ten seconds) and kept in `folder`, in a file that ends with its SHA-256; one that
 * is damaged is drawn anew.
 *
 * @throws MissingPackageError if `sharp` is not installed; FormatError naming a drawing that is damaged, or the folder if
 *   it cannot be written.
 */
export async function openMojiPixels(
  catalogue: Catalogue,
  { size, drawing, folder }: { readonly size: number; readonly drawing: Drawing; readonly folder: string },
): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp').catch((cause: unknown) => {
    throw new MissingPackageError('openMoji()', 'sharp', { cause });
  });
  const { emoji, version } = catalogue;
  const bytes = size * size * CHANNELS[drawing];
  const path = join(folder, `${version}-${drawing}-${size}-sharp-${sharp.versions.sharp}.bin`);
  const kept = await readKept(path, emoji.length * bytes);
  if (kept) return kept;

  // Before the work, which takes a while.
  await makeFolder(folder).catch((cause: unknown) => {
    throw unkept(folder, cause);
  });
  const pixels = new Uint8Array(emoji.length * bytes);
  const density = SIDE * Math.max(1, (OVERSAMPLING * size) / SIDE);
  await inParallel({ count: emoji.length, limit: 4 }, async (k) => {
    const file = join(catalogue.folder, FOLDERS[drawing], 'svg', `${emoji[k]!.hexcode}.svg`);
    try {
      const data = await sharp(file, { density })
        .flatten({ background: 'white' })
        .resize(size, size, { kernel: 'lanczos3' })
        .toColourspace(drawing === 'line' ? 'b-w' : 'srgb')
        .raw()
        .toBuffer();
      if (data.length !== bytes) throw new Error(`${data.length} bytes instead of ${bytes}`);
      pixels.set(data, k * bytes);
    } catch (error) {
      throw new FormatError(file, `cannot be drawn: ${reason(error)}`, { cause: error });
    }
  });
  await keep(path, folder, pixels);
  return pixels;
}

const hashOf = (pixels: Uint8Array): Buffer => createHash('sha256').update(pixels).digest();

/** What is kept, if it is whole. */
async function readKept(path: string, bytes: number): Promise<Uint8Array | undefined> {
  const found = await readFile(path).catch(() => undefined);
  if (found?.length !== bytes + HASH) return undefined;
  const pixels = found.subarray(0, bytes);
  return hashOf(pixels).equals(found.subarray(bytes)) ? pixels : undefined;
}

/** Under another name first, so that what has the name is whole. */
async function keep(path: string, folder: string, pixels: Uint8Array): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  try {
    await writeFile(unfinished, Buffer.concat([pixels, hashOf(pixels)]), { mode: 0o600 });
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw unkept(folder, cause);
  }
}

const unkept = (folder: string, cause: unknown) =>
  new FormatError(folder, `cannot keep the pictures: ${reason(cause)}`, { cause });
