import { defineTerm } from '@gan/core';
import { mean, softplus, sub } from '@tensorflow/tfjs-core';

/**
 * The relativistic loss for pairs (RpGAN): the judge says which of a real sample and a fake is the real one,
 *
 *     discriminator:  mean softplus(-(real - fake))  =  -mean log sigmoid(real - fake)
 *     generator:      mean softplus(-(fake - real))
 *
 * where the i-th real sample is paired with the i-th fake. What is added to all scores changes nothing. Both sides
 * differentiate through both scores, so that an encoder, from which the real side depends, plays as well.
 *
 * @returns A term with both sides that reads a linear `score`; at real = fake it is log 2 for both.
 * @see Jolicoeur-Martineau (2018), arXiv:1807.00734, section 4.1; Huang et al. (2024), arXiv:2501.05441, section 2.
 */
export const relativistic = () =>
  defineTerm({
    name: 'relativistic',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => mean(softplus(sub(fake.score, real.score))),
    generator: ({ real, fake }) => mean(softplus(sub(real.score, fake.score))),
  });
