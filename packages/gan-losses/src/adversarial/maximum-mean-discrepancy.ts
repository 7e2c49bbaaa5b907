import { assertKnownOptions, assertOneOf, defineTerm, shown } from '@gan/core';
import { add, div, mean, mul, neg, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { gaussianMixture, type Kernel } from './kernels.js';
import { assertSeveral, withoutDiagonal } from './pairs.js';

/** Options of `maximumMeanDiscrepancy`. */
export interface MaximumMeanDiscrepancyOptions {
  /** How alike two samples are, by their features; `gaussianMixture()` unless said. */
  readonly kernel?: Kernel;
  /**
   * What the judge plays for: a large discrepancy (`attractive`), or to spread the real samples and gather the fakes
   * (`repulsive`); `attractive` unless said.
   */
  readonly judge?: 'attractive' | 'repulsive';
}

const name = 'maximum-mean-discrepancy';

/**
 * The loss of MMD GAN: the judge learns the features in which a kernel tells data and fakes apart best, and the
 * generator makes their maximum mean discrepancy small,
 *
 *     discriminator: -M   (attractive)   or   mean k(x, x') - mean k(y, y')   (repulsive)
 *     generator:      M = mean k(x, x') + mean k(y, y') - 2 mean k(x, y)
 *
 * with x the features of real samples and y those of fakes, and means over pairs of different samples: M is the
 * unbiased estimate of the squared discrepancy, which may fall below 0. Batches should be large. The features need a
 * bound, or the kernel's width loses its meaning: a network normalised in itself, or a penalty beside this term.
 *
 * @returns A term with both sides that reads `features`.
 * @throws TypeError if `kernel` is no function or `judge` is neither; when it is played, if a batch has but one
 *   sample.
 * @see Li et al. (2017), arXiv:1705.08584, section 3; Binkowski et al. (2018), arXiv:1801.01401, section 2;
 *   repulsive: Wang, Sun, Halgamuge (2019), arXiv:1812.09916, section 3.
 */
export function maximumMeanDiscrepancy(options: MaximumMeanDiscrepancyOptions = {}) {
  assertKnownOptions('maximumMeanDiscrepancy', options, ['kernel', 'judge']);
  const { kernel = gaussianMixture(), judge = 'attractive' } = options;
  if (typeof kernel !== 'function') throw new TypeError(`kernel must be a function, but is ${shown(kernel)}`);
  assertOneOf('judge', judge, ['attractive', 'repulsive']);
  /** The mean over pairs of different samples of a batch. */
  const within = (features: Tensor): Tensor => {
    const count = assertSeveral(name, features);
    return div(sum(withoutDiagonal(kernel(features, features))), count * (count - 1));
  };
  const discrepancy = (real: Tensor, fake: Tensor): Tensor =>
    sub(add(within(real), within(fake)), mul(mean(kernel(real, fake)), 2));
  return defineTerm({
    name,
    reads: { features: 'features' },
    discriminator: ({ real, fake }) =>
      judge === 'attractive'
        ? neg(discrepancy(real.features, fake.features))
        : sub(within(real.features), within(fake.features)),
    generator: ({ real, fake }) => discrepancy(real.features, fake.features),
  });
}
