import { untaped } from '@gan/core';
import {
  div,
  matMul,
  mul,
  onesLike,
  reshape,
  sqrt,
  square,
  stack,
  sum,
  type Tensor,
  type Tensor4D,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { alongBothAxes } from './along-axes.js';
import { type Chance, logNormal, sometimes } from './chance.js';
import { bands } from './frequency-bands.js';
import { mirroredPlace, summedMatrix } from './mirrored-line.js';

/** The share of each band in the power of natural pictures, from low frequencies to high. */
const power = [10 / 13, 1 / 13, 1 / 13, 1 / 13];

/**
 * Image-space filtering: with the probability of the chance each, one of four bands of frequencies, an octave each, is
 * amplified by a factor whose logarithm to the base 2 is normal with deviation 1, and all bands scaled so that pictures
 * whose power falls as that of natural ones keep theirs. The filter is applied along both axes; around a picture lies its
 * mirror image.
 *
 * @see Karras et al. (2020), arXiv:2006.06676, appendix B.
 */
export function filtered(pictures: Tensor4D, chance: Chance): Tensor4D {
  const [, height, width] = pictures.shape;
  const filters = untaped(() => matMul(gains(chance), tensor2d(bands.map((band) => [...band]))));
  const [down, across] = [height, width].map((side) => untaped(() => convolving(filters, side))) as [Tensor, Tensor];
  return alongBothAxes(pictures, down, across);
}

/** The factor of each band, `[batch, 4]`. */
function gains(chance: Chance): Tensor {
  const { batch } = chance;
  const amplified = power.map((_, band) => {
    const factor = sometimes(chance, `band ${band}`, (random) => logNormal(random.normal([batch]), 1), 1);
    const all = stack(
      power.map((__, other) => (other === band ? factor : onesLike(factor))),
      1,
    );
    return div(all, sqrt(sum(mul(square(all), power), 1, true)));
  });
  return amplified.reduce((product, factors) => mul(product, factors));
}

/** For each filter `[taps]` the matrix that filters a line by it, `[batch, side, side]`. */
function convolving(filters: Tensor, side: number): Tensor {
  const [batch, count] = filters.shape as [number, number];
  const moves = summedMatrix(count, side * side, (add) => {
    for (let tap = 0; tap < count; tap++)
      for (let to = 0; to < side; to++) add(tap, to * side + mirroredPlace(to + tap - (count - 1) / 2, side), 1);
  });
  return reshape(matMul(filters, moves), [batch, side, side]);
}
