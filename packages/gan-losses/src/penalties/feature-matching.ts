import { defineTerm } from '@gan/core';
import { mean, square, sub, sum } from '@tensorflow/tfjs-core';

/**
 * Feature matching: the generator makes fakes whose mean features in the judge are those of real samples,
 *
 *     generator:  || mean over x of f(x) - mean over z of f(G(z)) ||^2
 *
 * summed over all features, f being the judge's head `features` of any shape. Which sample has which features does not
 * matter, nor does the judge's opinion: it takes the place of the generator's loss, or stands beside it. The judge needs
 * another term to learn from.
 *
 * @returns A term for the generator alone, which reads `features`; it is 0 where the means agree.
 * @see Salimans et al. (2016), arXiv:1606.03498, section 3.1.
 */
export const featureMatching = () =>
  defineTerm({
    name: 'feature-matching',
    reads: { features: 'features' },
    generator: ({ real, fake }) => sum(square(sub(mean(real.features, 0), mean(fake.features, 0)))),
  });
