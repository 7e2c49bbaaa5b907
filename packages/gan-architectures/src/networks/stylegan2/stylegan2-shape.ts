import { assertCount, type Shape, shown } from '@gan/core';
import { assertPicture } from '../../picture.js';

/** What the parts of a StyleGAN2 have to agree on. */
export interface Stylegan2Shape {
  /** The sides of the maps, coarsest first: 4, 8, ... */
  readonly sides: readonly number[];
  readonly channels: number;
  /** How many layers of the synthesis take a style: two convolutions and a picture a side share them, 2 log2(side) - 2. */
  readonly styles: number;
}

/** @throws TypeError unless the sample is `[side, side, channels]` with a side of 8 or more that is a power of two. */
export function stylegan2Shape(sample: Shape): Stylegan2Shape {
  assertPicture(sample);
  const [side, , channels] = sample;
  const doublings = Math.log2(side) - 2;
  if (!Number.isInteger(doublings) || doublings < 1)
    throw new TypeError(`the side of a picture must be a power of two from 8 on, but is ${shown(side)}`);
  const sides = Array.from({ length: doublings + 1 }, (_, k) => 4 * 2 ** k);
  return { sides, channels, styles: 2 * sides.length };
}

/** How wide a StyleGAN2 is. */
export interface Stylegan2Width {
  /** Channels of the maps at the picture's own side; they double with every halving. 32 unless said, as in the paper for 1024. */
  readonly filters?: number;
  /** Channels of no map are more than this; 512, unless said, as in the paper. */
  readonly widest?: number;
}

/** The channels of a map of a side. */
export function stylegan2Width(side: number, { filters = 32, widest = 512 }: Stylegan2Width) {
  assertCount('filters', filters);
  assertCount('widest', widest);
  return (of: number): number => Math.min(widest, (filters * side) / of);
}
