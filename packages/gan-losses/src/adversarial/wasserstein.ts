import { defineTerm } from '@gan/core';
import { mean, neg, sub } from '@tensorflow/tfjs-core';

/**
 * The Wasserstein loss: a critic whose mean scores differ as much as its slope allows,
 *
 *     discriminator:  mean fake - mean real
 *     generator:     -mean fake
 *
 * The critic's slope needs a bound, or the loss runs away: `gradientPenalty` or `weightClipping` beside this term, or a
 * network normalised in itself. The paper clips, and gives the critic five updates for each of the generator's.
 *
 * @returns A term with both sides that reads a linear `score`; it is 0 where real = fake.
 * @see Arjovsky, Chintala, Bottou (2017), arXiv:1701.07875, algorithm 1.
 */
export const wasserstein = () =>
  defineTerm({
    name: 'wasserstein',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => sub(mean(fake.score), mean(real.score)),
    generator: ({ fake }) => neg(mean(fake.score)),
  });
