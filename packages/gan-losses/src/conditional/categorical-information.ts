import { defineTerm } from '@gan/core';
import { crossEntropy } from './cross-entropy.js';

/**
 * The mutual information of InfoGAN between a fake and the category that the generator was given, as the judge bounds
 * it from below; both sides make it large,
 *
 *     discriminator:  mean -log q(c | fake)        with  q = softmax of the logits
 *     generator:      mean -log q(c | fake)
 *
 * The bound is log K less this, for K categories that are equally likely. The paper weighs it by 1. Categories are
 * drawn by the game, as in `samples: { category: { categorical: 10 } }`; several codes are terms and heads of their
 * own.
 *
 * @returns A term with both sides that reads the logits `category` and is bound to `fake` and `category`; where all K
 *   logits are the same it is log K for both.
 * @see Chen et al. (2016), arXiv:1606.03657, equations 5 and 6.
 */
export const categoricalInformation = () =>
  defineTerm({
    name: 'categorical-information',
    reads: { category: 'logits' },
    samples: ['fake', 'category'],
    discriminator: ({ fake, samples: { category } }) => crossEntropy(fake.category, category),
    generator: ({ fake, samples: { category } }) => crossEntropy(fake.category, category),
  });
