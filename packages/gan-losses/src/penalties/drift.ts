import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { mean, mul, square } from '@tensorflow/tfjs-core';

/** Options of `drift`. */
export interface DriftOptions {
  /** Strength, epsilon_drift in the paper, where it is 0.001. */
  readonly weight: number;
}

/**
 * The drift penalty of progressive growing: keeps the scores of a critic, whose loss sees their differences alone, from
 * wandering off,
 *
 *     weight * mean real^2
 *
 * @returns A term for the judge alone, which reads a linear `score` and is bound to `real`; it is 0 where real = 0.
 * @throws TypeError if `weight` is not a positive finite number.
 * @see Karras et al. (2018), arXiv:1710.10196, appendix A.1.
 */
export function drift(options: DriftOptions) {
  assertKnownOptions('drift', options, ['weight']);
  const { weight } = options;
  assertPositive('weight', weight);
  return defineTerm({
    name: 'drift',
    reads: { score: 'linear' },
    samples: ['real'],
    discriminator: ({ real }) => mul(mean(square(real.score)), weight),
  });
}
