import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { max, mul } from '@tensorflow/tfjs-core';
import { batchOf } from './batch-of.js';
import { between } from './between.js';
import { squaredSlope } from './squared-slope.js';

/** Options of `lipschitzPenalty`. */
export interface LipschitzPenaltyOptions {
  /** Strength, lambda in the paper. */
  readonly weight: number;
}

/**
 * The Lipschitz penalty of LGAN (max-GP): the steepest point found bounds the judge's Lipschitz constant from below,
 *
 *     weight * max || grad_y D(y) ||^2    over  y = u x + (1 - u) G(z),  u ~ uniform [0, 1) for each pair
 *
 * so that each update flattens that one point of the batch. The gradient is taken in all the judge's continuous inputs, of
 * any shape; int32 class ids are those of the real side.
 *
 * Unlike the paper, no points of large slope are remembered from earlier batches.
 *
 * Every operation of the judge must be twice differentiable: `@gan/engine` registers what TensorFlow.js lacks.
 *
 * @returns A term for the judge alone, which reads a linear `score`; it is 0 for a judge that is constant.
 * @throws TypeError if `weight` is not a positive finite number.
 * @see Zhou et al. (2019), arXiv:1902.05687.
 */
export function lipschitzPenalty(options: LipschitzPenaltyOptions) {
  assertKnownOptions('lipschitzPenalty', options, ['weight']);
  const { weight } = options;
  assertPositive('weight', weight);
  return defineTerm({
    name: 'lipschitz-penalty',
    reads: { score: 'linear' },
    discriminator: ({ samples: { real, fake }, judge, random }) => {
      const share = random.uniform([batchOf(real)]);
      return mul(max(squaredSlope(judge, between(real, fake, share))), weight);
    },
  });
}
