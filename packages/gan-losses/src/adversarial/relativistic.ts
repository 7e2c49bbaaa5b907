import { assertKnownOptions, assertOneOf, defineTerm } from '@gan/core';
import { mean, sub } from '@tensorflow/tfjs-core';
import { type RelativisticLoss, relativisticLosses, relativisticLossNames } from './relativistic-loss.js';

/** Options of `relativistic` and `relativisticAverage`. */
export interface RelativisticOptions {
  /** What a margin between two scores costs; `logistic` unless said. */
  readonly loss?: RelativisticLoss;
}

/**
 * The relativistic loss for pairs (RpGAN): the judge says which of a real sample and a fake is the real one,
 *
 *     discriminator:  mean f(real - fake)
 *     generator:      mean f(fake - real)
 *
 * with f(y) = softplus(-y) = -log sigmoid(y) (`logistic`), max(0, 1 - y) (`hinge`) or (1 - y)^2 (`least-squares`),
 * where the i-th real sample is paired with the i-th fake. What is added to all scores changes nothing. Both sides
 * differentiate through both scores, so that an encoder, from which the real side depends, plays as well.
 *
 * @returns A term with both sides that reads a linear `score`; at real = fake it is f(0) for both: log 2, 1 or 1.
 * @throws TypeError if `loss` is none of the three.
 * @see Jolicoeur-Martineau (2018), arXiv:1807.00734, section 4.1, and (2019), arXiv:1901.02474; Huang et al.
 *   (2024), arXiv:2501.05441, section 2.
 */
export function relativistic(options: RelativisticOptions = {}) {
  assertKnownOptions('relativistic', options, ['loss']);
  const { loss = 'logistic' } = options;
  assertOneOf('loss', loss, relativisticLossNames);
  const cost = relativisticLosses[loss];
  return defineTerm({
    name: 'relativistic',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => mean(cost(sub(real.score, fake.score))),
    generator: ({ real, fake }) => mean(cost(sub(fake.score, real.score))),
  });
}
