import type { Random } from '@gan/core';
import { mul, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';

/**
 * Pictures with a rectangle of zeros, each with its own: its sides are a share of the picture's, rounded, its centre is any
 * place of the picture, and what lies outside is cut off.
 *
 * @param share Of the sides, in [0, 1].
 * @see DeVries, Taylor (2017), arXiv:1708.04552.
 */
export function cutOut(pictures: Tensor4D, share: number, random: Random): Tensor4D {
  const [batch, height, width] = pictures.shape;
  const kept = new Float32Array(batch * height * width).fill(1);
  const gap = (side: number): readonly [from: number, to: number] => {
    const size = Math.floor(side * share + 0.5);
    const from = random.integer(side + 1 - (size % 2)) - Math.floor(size / 2);
    return [Math.max(0, from), Math.min(side, from + size)];
  };
  for (let k = 0; k < batch; k++) {
    const [[top, bottom], [left, right]] = [gap(height), gap(width)];
    for (let y = top; y < bottom; y++) kept.fill(0, (k * height + y) * width + left, (k * height + y) * width + right);
  }
  return mul(pictures, tensor4d(kept, [batch, height, width, 1]));
}
