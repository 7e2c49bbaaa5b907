import { type Random, untaped } from '@gan/core';
import { add, cast, equal, range, reshape, sub, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { alongBothAxes } from './along-axes.js';

/**
 * Pictures moved by whole pixels along both axes, each by its own: uniform in [-s, s] with s the share of the side,
 * rounded. What moves in is 0, the middle of [-1, 1].
 *
 * A product with ones and zeros along each axis, which gradients go through to any order.
 *
 * @param share Of the side, in [0, 1].
 */
export function translated(pictures: Tensor4D, share: number, random: Random): Tensor4D {
  const [batch, height, width] = pictures.shape;
  /** The matrices that move the entries of a line, `[batch, to, from]`. */
  const shifting = (axis: string, side: number): Tensor =>
    untaped(() => {
      const most = Math.floor(side * share + 0.5);
      const shifts = sub(random.stream(axis).categorical([batch, 1, 1], 2 * most + 1), most);
      const places = range(0, side);
      return cast(equal(add(places, shifts), reshape(places, [1, side, 1])), 'float32');
    });
  return alongBothAxes(pictures, shifting('down', height), shifting('across', width));
}
