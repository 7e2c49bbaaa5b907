import { type Random, untaped } from '@gan/core';
import {
  add,
  cast,
  greaterEqual,
  less,
  logicalAnd,
  mul,
  range,
  reshape,
  sub,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';

/**
 * Pictures with a rectangle of zeros, each with its own: its sides are a share of the picture's, rounded, its centre is any
 * place of the picture, and what lies outside is cut off.
 *
 * @param share Of the sides, in [0, 1].
 * @see DeVries, Taylor (2017), arXiv:1708.04552.
 */
export function cutOut(pictures: Tensor4D, share: number, random: Random): Tensor4D {
  const [batch, height, width] = pictures.shape;
  /** Where the rectangle reaches along one axis, `[batch, side]`. */
  const gap = (axis: string, side: number): Tensor => {
    const size = Math.floor(side * share + 0.5);
    const starts = random.stream(axis).categorical([batch, 1], side + 1 - (size % 2));
    const from = sub(starts, Math.floor(size / 2));
    const places = reshape(range(0, side), [1, side]);
    return cast(logicalAnd(greaterEqual(places, from), less(places, add(from, size))), 'float32');
  };
  const kept = untaped(() => {
    const rows = reshape(gap('down', height), [batch, height, 1, 1]);
    const columns = reshape(gap('across', width), [batch, 1, width, 1]);
    return sub(1, mul(rows, columns));
  });
  return mul(pictures, kept);
}
