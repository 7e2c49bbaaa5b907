import type { Random } from '@gan/core';
import { type Tensor, type Tensor4D, tensor3d } from '@tensorflow/tfjs-core';
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
  const shift = (side: number): number => {
    const most = Math.floor(side * share + 0.5);
    return random.integer(2 * most + 1) - most;
  };
  const shifts = Array.from({ length: batch }, () => [shift(height), shift(width)] as const);
  const rows = shifting(
    shifts.map(([down]) => down),
    height,
  );
  const columns = shifting(
    shifts.map(([, right]) => right),
    width,
  );
  return alongBothAxes(pictures, rows, columns);
}

/** For each shift the matrix that moves the entries of a line by it, `[batch, side, side]`. */
function shifting(shifts: readonly number[], side: number): Tensor {
  const ones = new Float32Array(shifts.length * side * side);
  shifts.forEach((shift, k) => {
    for (let to = Math.max(0, shift); to < Math.min(side, side + shift); to++)
      ones[(k * side + to) * side + to - shift] = 1;
  });
  return tensor3d(ones, [shifts.length, side, side]);
}
