import { assertCount, type Shape, shown } from '@gan/core';
import { assertPicture } from '../../picture.js';

/** How large networks of BEGAN are. */
export interface BeganSize {
  /** Channels of the decoder's maps and of the encoder's first, which has twice as many at half the side. 128 unless said. */
  readonly filters?: number;
  /** Convolutions at each side, each with ELU; 2 unless said. */
  readonly repeats?: number;
  /**
   * Steps over which residuals vanish: a convolution that keeps the channels gives at first what it takes, at last its own
   * alone. 0 unless said, for none; 16,000 in the paper.
   */
  readonly fade?: number;
}

/** The sides of BEGAN's maps. */
export interface BeganShape {
  /** From 8 up to that of the picture. */
  readonly sides: readonly number[];
  readonly channels: number;
  readonly filters: number;
  readonly repeats: number;
  readonly fade: number;
}

/** @throws TypeError unless the side of `sample` is 8 or more times a power of two, from 8 on, and the counts are some. */
export function beganShape(sample: Shape, { filters = 128, repeats = 2, fade = 0 }: BeganSize): BeganShape {
  assertPicture(sample);
  const [side, , channels] = sample;
  const halvings = Math.log2(side / 8);
  if (!Number.isInteger(halvings) || halvings < 0)
    throw new TypeError(`the side of a picture must be a power of two from 8 on, but is ${shown(side)}`);
  assertCount('filters', filters);
  assertCount('repeats', repeats);
  assertCount('fade', fade, 0);
  const sides = Array.from({ length: halvings + 1 }, (_, k) => 8 * 2 ** k);
  return { sides, channels, filters, repeats, fade };
}
