import { assertCount, assertKnownOptions, untaped } from '@gan/core';
import {
  abs,
  cast,
  equal,
  expandDims,
  less,
  matMul,
  range,
  reshape,
  sub,
  type Tensor,
  transpose,
  where,
} from '@tensorflow/tfjs-core';
import type { Augment } from './augment.js';

/** Options of `flipAndTranslate`. */
export interface FlipAndTranslateOptions {
  /** The most a picture moves along each axis, in pixels; 4 unless said. */
  readonly pixels?: number;
}

/**
 * The augmentation of consistency regularisation: each picture `[height, width, channels]` of a batch is mirrored left to
 * right with probability 1/2 and moved by a whole number of pixels along each axis, uniform in [-pixels, pixels]; what
 * moves in is the reflection of the picture at its edge. Pixels keep their values, and gradients go through to any order.
 *
 * @throws TypeError if `pixels` is not a whole number of at least 0; when it is used, if samples are not pictures, or not
 *   larger than `pixels`.
 * @see Zhang et al. (2020), arXiv:1910.12027, section 3.
 */
export function flipAndTranslate(options: FlipAndTranslateOptions = {}): Augment {
  assertKnownOptions('flipAndTranslate', options, ['pixels']);
  const { pixels = 4 } = options;
  assertCount('pixels', pixels, 0);
  return (samples, random) => {
    const [batch, height, width, channels] = samples.shape as [number, number, number, number];
    if (samples.rank !== 4 || Math.min(height, width) <= pixels)
      throw new TypeError(
        `flipAndTranslate moves pictures of more than ${pixels} pixels each way, but a sample has shape ${samples.shape.slice(1).join('x')}`,
      );
    const shifts = (axis: string) => sub(random.stream(axis).categorical([batch, 1], 2 * pixels + 1), pixels);
    const rows = movedBy(shifts('down'), height);
    const across = movedBy(shifts('across'), width);
    const stays = less(random.stream('mirrored').uniform([batch, 1]), 0.5);
    const columns = where(stays, across, sub(width - 1, across));
    const upright = picked(rows, reshape(samples, [batch, height, width * channels]));
    const lying = transpose(reshape(upright, [batch, height, width, channels]), [0, 2, 1, 3]);
    const moved = picked(columns, reshape(lying, [batch, width, height * channels]));
    return transpose(reshape(moved, [batch, width, height, channels]), [0, 2, 1, 3]);
  };
}

/** Where each place of a moved line comes from, `[batch, size]`; beyond an end, it is reflected without repeating it. */
const movedBy = (shift: Tensor, size: number): Tensor => {
  const from = abs(sub(reshape(range(0, size), [1, size]), shift));
  return where(less(from, size), from, sub(2 * (size - 1), from));
};

/** The rows that are named, for each sample of `[batch, rows, numbers]`: a product with ones and zeros, differentiable. */
const picked = (from: Tensor, lines: Tensor): Tensor => {
  const ones = untaped(() => cast(equal(expandDims(from, 2), range(0, lines.shape[1]!)), 'float32'));
  return matMul(ones, lines);
};
