import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { mean, mul } from '@tensorflow/tfjs-core';
import { batchOf } from './batch-of.js';
import { between } from './between.js';
import { squaredSlope } from './squared-slope.js';

/** Options of `zeroCenteredPenalty`. */
export interface ZeroCenteredPenaltyOptions {
  /** Strength, lambda in the paper, where it is 100 for small pictures. */
  readonly weight: number;
}

/**
 * The zero-centred gradient penalty (0-GP): a judge that is flat between real samples and fakes,
 *
 *     weight * mean || grad_y D(y) ||^2    at  y = u x + (1 - u) G(z),  u ~ uniform [0, 1) for each pair
 *
 * with the gradient taken in all the judge's continuous inputs, of any shape, which move with the same u; int32 class ids
 * are those of the real side.
 *
 * Every operation of the judge must be twice differentiable: `@gan/engine` registers what TensorFlow.js lacks.
 *
 * @returns A term for the judge alone, which reads a linear `score`; it is 0 for a judge that is constant.
 * @throws TypeError if `weight` is not a positive finite number.
 * @see Thanh-Tung, Tran, Venkatesh (2019), arXiv:1902.03984.
 */
export function zeroCenteredPenalty(options: ZeroCenteredPenaltyOptions) {
  assertKnownOptions('zeroCenteredPenalty', options, ['weight']);
  const { weight } = options;
  assertPositive('weight', weight);
  return defineTerm({
    name: 'zero-centered-penalty',
    reads: { score: 'linear' },
    discriminator: ({ samples: { real, fake }, judge, random }) => {
      const share = random.uniform([batchOf(real)]);
      return mul(mean(squaredSlope(judge, between(real, fake, share))), weight);
    },
  });
}
