import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { mean, mul } from '@tensorflow/tfjs-core';
import { squaredSlopeOf } from './squared-slope.js';

/** Options of `r1`. */
export interface R1Options {
  /** Strength; 10 in the paper, and the smaller the smaller the samples: 0.1 for points and 28 x 28 pixels. */
  readonly gamma: number;
}

/**
 * R1: zero-centred gradient penalty at real samples,
 *
 *     (gamma / 2) * mean over x of || grad_x D(x) ||^2
 *
 * with the gradient taken in all the judge's continuous inputs, of any shape. Of one pass through the judge come both
 * the score and this; the way back, and back through that, cost as much again and more, which `every(16, r1({ gamma }))`
 * pays in every 16th step only.
 *
 * Every operation of the judge must be twice differentiable: `@gan/engine` registers what TensorFlow.js lacks.
 *
 * @returns A term for the judge alone, which reads a linear `score` and is bound to `real`.
 * @throws TypeError if `gamma` is not a positive finite number.
 * @see Mescheder, Geiger, Nowozin (2018), arXiv:1801.04406, equation 9.
 */
export function r1(options: R1Options) {
  assertKnownOptions('r1', options, ['gamma']);
  const { gamma } = options;
  assertPositive('gamma', gamma);
  return defineTerm({
    name: 'r1',
    reads: { score: 'linear' },
    samples: ['real'],
    discriminator: (round) => mul(mean(squaredSlopeOf(round, 'real')), gamma / 2),
  });
}
