import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { add, div, mean, mul, relu, reshape, sub, type Tensor } from '@tensorflow/tfjs-core';
import { distances } from '../comparisons/distances.js';
import { pairsOfFakes } from './pairs-of-fakes.js';

/** Options of `diversitySensitive`. */
export interface DiversitySensitiveOptions {
  /** Strength, lambda in the paper. */
  readonly weight: number;
  /** Where more change earns nothing more, tau in the paper. */
  readonly bound: number;
  /** The generator's input that is varied; `styles` if it takes those, else `latents`, unless said. */
  readonly input?: string;
}

/**
 * Diversity sensitivity (DSGAN): the generator earns the change in its samples for each change in latents, up to a bound,
 *
 *     -weight * mean min(|G(c, z) - G(c, z')| / (|z - z'| + 1e-5), bound)
 *
 * where z' are the latents of the next sample of the batch, and |.| is the mean over all numbers of a sample: each pair has
 * its own ratio. Its cost is that of a second pass through the generator.
 *
 * @returns A term for the generator alone, bound to `fake`, which no judge is asked about; it lies between
 *   -weight * bound and 0, which it is where all samples are the same.
 * @throws TypeError if `weight` or `bound` is not a positive finite number; when it is played, if the batch has one sample
 *   or the generator does not take the input.
 * @see Yang et al. (2019), arXiv:1901.09024, section 3.
 */
export function diversitySensitive(options: DiversitySensitiveOptions) {
  assertKnownOptions('diversitySensitive', options, ['weight', 'bound', 'input']);
  const { weight, bound, input } = options;
  assertPositive('weight', weight);
  assertPositive('bound', bound);
  return defineTerm({
    name: 'diversity-sensitive',
    reads: {},
    samples: ['fake'],
    generator: ({ samples, maker }) => {
      const pairs = pairsOfFakes('diversity-sensitive', samples.fake['sample']!, maker('fake'), input);
      const ratio = div(apart(...pairs.samples), add(apart(...pairs.latents), 1e-5));
      // min(r, b) = r - max(0, r - b)
      return mul(mean(sub(ratio, relu(sub(ratio, bound)))), -weight);
    },
  });
}

/** The mean absolute difference of each pair, `[batch]`. */
const apart = (left: Tensor, right: Tensor): Tensor =>
  mean(reshape(distances.l1(left, right), [left.shape[0]!, -1]), 1);
