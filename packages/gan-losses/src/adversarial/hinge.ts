import { defineTerm } from '@gan/core';
import { add, mean, neg, relu, sub } from '@tensorflow/tfjs-core';

/**
 * The hinge loss: the judge is taught only by samples inside the margin of 1 or on its wrong side,
 *
 *     discriminator:  mean max(0, 1 - real) + mean max(0, 1 + fake)
 *     generator:     -mean fake
 *
 * It is the loss of Geometric GAN too: a judge whose last layer is the hyperplane of a soft-margin support vector
 * machine in the space of its features, with the machine's |w|^2 / 2 left to the optimiser's weight decay; the
 * generator moves fakes along the hyperplane's normal. A judge of K classes has `multiHinge`.
 *
 * @returns A term with both sides that reads a linear `score`; at real = fake = 0 it is 2 and 0.
 * @see Lim, Ye (2017), arXiv:1705.02894; Miyato et al. (2018), arXiv:1802.05957, equations 16 and 17.
 */
export const hinge = () =>
  defineTerm({
    name: 'hinge',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => add(mean(relu(sub(1, real.score))), mean(relu(add(1, fake.score)))),
    generator: ({ fake }) => neg(mean(fake.score)),
  });
