import { type Shape, shown } from '@gan/core';
import { assertPicture } from '../../picture.js';

/** The side of a picture, an eighth of which is that of the coarsest map. @throws TypeError unless 8 divides it. */
export function snDcganSide(sample: Shape): number {
  assertPicture(sample);
  const [side] = sample;
  if (side % 8 !== 0) throw new TypeError(`the side of a picture must be a multiple of 8, but is ${shown(side)}`);
  return side;
}
