import { defineTerm } from '@gan/core';
import { add, logSumExp, mean, neg, reshape, softplus, sub, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The dual contrastive loss: each real sample is told from all fakes of the batch, and each fake from all real samples,
 *
 *     discriminator:  mean_i softplus(log sum_j exp(fake_j) - real_i)  +  mean_j softplus(fake_j + log sum_i exp(-real_i))
 *     generator:      the same with real and fake exchanged
 *
 * The first summand is -log of the softmax that real_i has among itself and all fakes. What is added to all scores
 * changes nothing. Unlike the paper, whose generator plays for the opposite of the judge's value, it plays for the
 * exchange of the two, as in `relativistic`, so that it learns most where the judge is surest.
 *
 * @returns A term with both sides that reads a linear `score`; with n of each and all scores the same it is 2 log (n
 *   + 1) for both.
 * @see Yu et al. (2021), arXiv:2103.16748, section 3.
 */
export const dualContrastive = () =>
  defineTerm({
    name: 'dual-contrastive',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => told(real.score, fake.score),
    generator: ({ real, fake }) => told(fake.score, real.score),
  });

function told(winners: Tensor, losers: Tensor): Tensor {
  const [high, low] = [reshape(winners, [-1]), reshape(losers, [-1])];
  const ofWinners = mean(softplus(sub(logSumExp(low), high)));
  const ofLosers = mean(softplus(add(low, logSumExp(neg(high)))));
  return add(ofWinners, ofLosers);
}
