import { untaped } from '@gan/core';
import {
  abs,
  cast,
  fill,
  greaterEqual,
  logicalOr,
  mul,
  reshape,
  sub,
  type Tensor,
  type Tensor4D,
  tensor,
} from '@tensorflow/tfjs-core';
import { type Chance, sometimes } from './chance.js';

/**
 * With the probability of the chance, a rectangle of half the sides around any point of the picture becomes 0.
 *
 * @see Karras et al. (2020), arXiv:2006.06676, appendix B.
 */
export function holed(pictures: Tensor4D, chance: Chance): Tensor4D {
  const [batch, height, width] = pictures.shape;
  const kept = untaped(() => {
    const half = reshape(
      sometimes(chance, 'hole', () => fill([batch], 0.25), 0),
      [batch, 1, 1, 1],
    );
    const outside = (axis: 'x' | 'y', side: number): Tensor => {
      const middle = reshape(chance.random.stream('hole', axis).uniform([batch]), [batch, 1, 1, 1]);
      const places = tensor(
        Array.from({ length: side }, (_, k) => (k + 0.5) / side),
        axis === 'x' ? [1, 1, side, 1] : [1, side, 1, 1],
      );
      return greaterEqual(abs(sub(places, middle)), half);
    };
    return cast(logicalOr(outside('y', height), outside('x', width)), 'float32');
  });
  return mul(pictures, kept);
}
