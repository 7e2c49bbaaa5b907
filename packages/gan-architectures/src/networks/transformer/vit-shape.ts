import { assertCount, type Shape, shown } from '@gan/core';
import { assertPicture } from '../../picture.js';

/** How large a ViTGAN's network is. */
export interface VitSize {
  /** Pixels along the side of a patch, which divides that of a picture; 4, unless said, as in the paper for 32 x 32. */
  readonly patch?: number;
  /** Numbers of each patch in between, a multiple of the heads; 384, unless said, as in the paper. */
  readonly width?: number;
  /** How many blocks; 4, unless said, as in the paper for 32 x 32. */
  readonly blocks?: number;
  /** How many heads attend in each block; 6, unless said, as in the paper. */
  readonly heads?: number;
}

/** @throws TypeError unless the sample is a square picture that divides into patches, and the width into heads. */
export function vitShape(sample: Shape, { patch = 4, width = 384, blocks = 4, heads = 6 }: VitSize) {
  assertPicture(sample);
  for (const [name, value] of Object.entries({ patch, width, blocks, heads })) assertCount(name, value);
  const [side, , channels] = sample;
  if (side % patch !== 0)
    throw new TypeError(`patch must divide the side ${side} of a picture, but is ${shown(patch)}`);
  if (width % heads !== 0) throw new TypeError(`heads must divide the width ${width}, but is ${shown(heads)}`);
  return { patch, width, blocks, heads, channels, patches: side / patch };
}
