import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { mean, mul } from '@tensorflow/tfjs-core';
import { squaredSlopeOf } from './squared-slope.js';

/** Options of `r2`. */
export interface R2Options {
  /** Strength; that of an `r1` beside it, as a rule. */
  readonly gamma: number;
}

/**
 * R2: zero-centred gradient penalty at fakes,
 *
 *     (gamma / 2) * mean over z of || grad_x D(x) ||^2    at  x = G(z)
 *
 * with the gradient taken in all the judge's continuous inputs, of any shape. Beside `r1` and `relativistic` it is the
 * objective of R3GAN.
 *
 * Every operation of the judge must be twice differentiable: `@gan/engine` registers what TensorFlow.js lacks.
 *
 * @returns A term for the judge alone, which reads a linear `score` and is bound to `fake`.
 * @throws TypeError if `gamma` is not a positive finite number.
 * @see Mescheder, Geiger, Nowozin (2018), arXiv:1801.04406, equation 10; Huang et al. (2024), arXiv:2501.05441, section 2.
 */
export function r2(options: R2Options) {
  assertKnownOptions('r2', options, ['gamma']);
  const { gamma } = options;
  assertPositive('gamma', gamma);
  return defineTerm({
    name: 'r2',
    reads: { score: 'linear' },
    samples: ['fake'],
    discriminator: (round) => mul(mean(squaredSlopeOf(round, 'fake')), gamma / 2),
  });
}
