import type { Random } from '@gan/core';
import { add, mean, mul, sub, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';

/**
 * The colours of pictures in [-1, 1], changed at random, each picture by numbers of its own: with u, v, w uniform in
 * [0, 1),
 *
 *     brightness:  x + u - 1/2
 *     saturation:  2 v (x - m) + m,          m the mean over the channels
 *     contrast:    (w + 1/2) (x - m) + m,    m the mean over the picture
 *
 * one after the other. What comes out may leave [-1, 1].
 *
 * @param pictures `[batch, height, width, channels]`
 */
export function colorJittered(pictures: Tensor4D, random: Random): Tensor4D {
  const drawn = (name: string): Tensor => random.stream(name).uniform([pictures.shape[0]!, 1, 1, 1]);
  const brighter: Tensor4D = add(pictures, sub(drawn('brightness'), 0.5));
  const saturated = around(mean(brighter, 3, true), mul(drawn('saturation'), 2), brighter);
  return around(mean(saturated, [1, 2, 3], true), add(drawn('contrast'), 0.5), saturated);
}

const around = (center: Tensor, factor: Tensor, pictures: Tensor4D): Tensor4D =>
  add(mul(sub(pictures, center), factor), center);
