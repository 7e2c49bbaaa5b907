import { defineTerm } from '@gan/core';
import { concat, logSumExp, mean, reshape, sub, type Tensor } from '@tensorflow/tfjs-core';

/**
 * The loss of Softmax GAN: one softmax over the batch, of which the judge gives the probability to the real samples
 * alone, evenly, and the generator to real samples and fakes alike,
 *
 *     discriminator:  log Z - mean over the real of s
 *     generator:      log Z - mean over all of s          with  Z = sum over the real and the fake of exp s
 *
 * What is added to all scores changes nothing. The gradient of a fake is its share of Z (less 1 / 2n for the
 * generator): the batch weighs its samples by importance. Unlike the paper, where a high score means a fake, s is high
 * for real samples, as in every other term.
 *
 * @returns A term with both sides that reads a linear `score`; where all 2n scores are the same it is log 2n for
 *   both, the least that the generator's side can be.
 * @see Lin (2017), arXiv:1704.06191, section 3.
 */
export const softmaxGan = () =>
  defineTerm({
    name: 'softmax-gan',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => sub(logSumExp(together(real.score, fake.score)), mean(real.score)),
    generator: ({ real, fake }) => {
      const all = together(real.score, fake.score);
      return sub(logSumExp(all), mean(all));
    },
  });

const together = (real: Tensor, fake: Tensor): Tensor => concat([reshape(real, [-1]), reshape(fake, [-1])], 0);
