import { assertKnownOptions, assertOneOf, assertPositive, defineTerm } from '@gan/core';
import { mean, mul, relu, square, sub } from '@tensorflow/tfjs-core';
import { batchOf } from './batch-of.js';
import { between } from './between.js';
import { root } from './root.js';
import { squaredSlope } from './squared-slope.js';

/** Options of `gradientPenalty`. */
export interface GradientPenaltyOptions {
  /** Strength, lambda in the paper, where it is 10. */
  readonly weight: number;
  /** Whether slopes below 1 are let be; false unless said, as in the paper's experiments. */
  readonly oneSided?: boolean;
}

/**
 * The gradient penalty of WGAN-GP: a critic of slope 1 between real samples and fakes,
 *
 *     weight * mean (|| grad_y D(y) || - 1)^2    at  y = u x + (1 - u) G(z),  u ~ uniform [0, 1) for each pair
 *
 * or, one-sided, of slope 1 at most: `weight * mean max(0, || grad_y D(y) || - 1)^2`.
 *
 * Samples have any shape. A judge of several inputs is interpolated in all that are continuous with the same u, and the
 * norm is taken over them together; int32 class ids are those of the real side.
 *
 * Every operation of the judge must be twice differentiable: `@gan/engine` registers what TensorFlow.js lacks. A critic
 * with batch norm has no slope at a single sample: use another norm, as the paper does.
 *
 * @returns A term for the judge alone, which reads a linear `score`; it is 0 for a critic of slope 1.
 * @throws TypeError if `weight` is not a positive finite number, or `oneSided` is not true or false.
 * @see Gulrajani et al. (2017), arXiv:1704.00028, equation 3 and algorithm 1; one-sided: section 4; Petzka et al. (2018),
 *   arXiv:1709.08894.
 */
export function gradientPenalty(options: GradientPenaltyOptions) {
  assertKnownOptions('gradientPenalty', options, ['weight', 'oneSided']);
  const { weight, oneSided = false } = options;
  assertPositive('weight', weight);
  assertOneOf('oneSided', oneSided, [true, false]);
  return defineTerm({
    name: 'gradient-penalty',
    reads: { score: 'linear' },
    discriminator: ({ samples: { real, fake }, judge, random }) => {
      const share = random.uniform([batchOf(real)]);
      const excess = sub(root(squaredSlope(judge, between(real, fake, share))), 1);
      return mul(mean(square(oneSided ? relu(excess) : excess)), weight);
    },
  });
}
