import type { Shape } from '@gan/core';
import { type Doubling, doubling, widthOfDoubling } from '../../doubling.js';

/** What the parts of a StyleGAN2 have to agree on. */
export interface Stylegan2Shape extends Doubling {
  /** How many layers of the synthesis take a style: two convolutions and a picture a side share them, 2 log2(side) - 2. */
  readonly styles: number;
}

/** @throws TypeError unless the sample is `[side, side, channels]` with a side of 8 or more that is a power of two. */
export function stylegan2Shape(sample: Shape): Stylegan2Shape {
  const maps = doubling(sample, 8);
  return { ...maps, styles: 2 * maps.sides.length };
}

/** How wide a StyleGAN2 is. */
export interface Stylegan2Width {
  /** Channels of the maps at the picture's own side; they double with every halving. 32 unless said, as in the paper for 1024. */
  readonly filters?: number;
  /** Channels of no map are more than this; 512, unless said, as in the paper. */
  readonly widest?: number;
}

/** The channels of a map of a side. */
export const stylegan2Width = (side: number, { filters = 32, widest = 512 }: Stylegan2Width) =>
  widthOfDoubling(side, filters, widest);
