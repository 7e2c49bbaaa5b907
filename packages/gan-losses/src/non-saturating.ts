import { defineTerm } from '@gan/core';
import { add, mean, neg, softplus } from '@tensorflow/tfjs-core';

/**
 * The non-saturating loss: cross-entropy for the judge, and a generator that maximises log D instead of minimising
 * log(1 - D), so that it learns most where the judge is surest that it fakes. With D = sigmoid(score),
 *
 *     discriminator:  mean softplus(-real) + mean softplus(fake)  =  -mean log D(x) - mean log(1 - D(G(z)))
 *     generator:      mean softplus(-fake)                        =  -mean log D(G(z))
 *
 * The score is the logit: softplus is exact where the logarithm of a sigmoid would overflow.
 *
 * @returns A term with both sides that reads a linear `score`; at real = fake = 0 it is 2 log 2 and log 2.
 * @see Goodfellow et al. (2014), arXiv:1406.2661, section 3.
 */
export const nonSaturating = () =>
  defineTerm({
    name: 'non-saturating',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => add(mean(softplus(neg(real.score))), mean(softplus(fake.score))),
    generator: ({ fake }) => mean(softplus(neg(fake.score))),
  });
