import { untaped } from '@gan/core';
import { abs, add, mul, reshape, type Tensor4D } from '@tensorflow/tfjs-core';
import { type Chance, sometimes } from './chance.js';

/**
 * With the probability of the chance, a picture gets normal noise, of its own for each number, whose deviation is 0.1 times
 * the size of a normal number.
 *
 * @see Karras et al. (2020), arXiv:2006.06676, appendix B.
 */
export function noised(pictures: Tensor4D, chance: Chance): Tensor4D {
  const { batch, random } = chance;
  const noise = untaped(() => {
    const deviation = sometimes(chance, 'noise', (stream) => mul(abs(stream.normal([batch])), 0.1), 0);
    return mul(random.stream('noise', 'of each').normal(pictures.shape), reshape(deviation, [batch, 1, 1, 1]));
  });
  return add(pictures, noise);
}
