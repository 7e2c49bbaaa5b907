import { defineTerm } from '@gan/core';
import { div, square, sum } from '@tensorflow/tfjs-core';
import { assertSeveral, cosines, withoutDiagonal } from './pairs.js';

/**
 * The pulling-away term of EBGAN: the generator is taught to make fakes whose features are orthogonal,
 *
 *     generator:  sum over i /= j of cos(f_i, f_j)^2 / (n (n - 1))
 *
 * with f_i the features of the i-th fake, in the paper the code of the judge's autoencoder. It lies in [0, 1], and the
 * length of features does not matter. The paper weighs it by 0.1: `weighted(0.1, pullingAway())`.
 *
 * @returns A term for the generator alone that reads `features` and is bound to `fake`.
 * @throws TypeError, when it is played, if there is but one fake.
 * @see Zhao, Mathieu, LeCun (2016), arXiv:1609.03126, equation 4.
 */
export const pullingAway = () =>
  defineTerm({
    name: 'pulling-away',
    reads: { features: 'features' },
    samples: ['fake'],
    generator: ({ fake }) => {
      const count = assertSeveral('pulling-away', fake.features);
      return div(sum(withoutDiagonal(square(cosines(fake.features, fake.features)))), count * (count - 1));
    },
  });
