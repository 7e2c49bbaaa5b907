import { defineTerm } from '@gan/core';
import { mean } from '@tensorflow/tfjs-core';
import { assertAlike, distances } from './distances.js';

/**
 * The mean squared difference of two samples, which no judge is asked about,
 *
 *     mean (left - right)^2        over the batch and all of a sample
 *
 * Where a sample can be completed in several ways it asks for their average, and so blurs more than `l1`.
 *
 * @returns A term for whoever makes `left` or `right`, two samples `[batch, ...shape]` of the same shape.
 * @throws TypeError, when it is played, if the two differ in shape.
 * @see Pathak et al. (2016), arXiv:1604.07379, equation 1.
 */
export const l2 = () =>
  defineTerm({
    name: 'l2',
    reads: {},
    samples: ['left', 'right'],
    generator: ({ samples: { left, right } }) => {
      assertAlike('l2', left, right);
      return mean(distances.l2(left, right));
    },
  });
