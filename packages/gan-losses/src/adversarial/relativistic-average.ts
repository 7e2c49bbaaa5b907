import { assertKnownOptions, assertOneOf, defineTerm } from '@gan/core';
import { add, mean, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { RelativisticOptions } from './relativistic.js';
import { relativisticLosses, relativisticLossNames } from './relativistic-loss.js';

/**
 * The relativistic average loss (RaGAN): the judge says by how much a real sample is more real than the average fake,
 * and the reverse,
 *
 *     discriminator:  mean f(real - mean fake) + mean f(mean real - fake)
 *     generator:      mean f(fake - mean real) + mean f(mean fake - real)
 *
 * with f(y) = softplus(-y) = -log sigmoid(y) (`logistic`: RaSGAN), max(0, 1 - y) (`hinge`: RaHingeGAN) or (1 - y)^2
 * (`least-squares`: RaLSGAN), and means over the batch. What is added to all scores changes nothing. Both sides
 * differentiate through both scores and both means.
 *
 * @returns A term with both sides that reads a linear `score`; where all scores are the same it is 2 f(0) for both: 2
 *   log 2, 2 or 2.
 * @throws TypeError if `loss` is none of the three.
 * @see Jolicoeur-Martineau (2018), arXiv:1807.00734, algorithm 2.
 */
export function relativisticAverage(options: RelativisticOptions = {}) {
  assertKnownOptions('relativisticAverage', options, ['loss']);
  const { loss = 'logistic' } = options;
  assertOneOf('loss', loss, relativisticLossNames);
  const cost = relativisticLosses[loss];
  const ahead = (winner: Tensor, loser: Tensor): Tensor =>
    add(mean(cost(sub(winner, mean(loser)))), mean(cost(sub(mean(winner), loser))));
  return defineTerm({
    name: 'relativistic-average',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => ahead(real.score, fake.score),
    generator: ({ real, fake }) => ahead(fake.score, real.score),
  });
}
