import { defineTerm } from '@gan/core';
import { mean } from '@tensorflow/tfjs-core';
import { assertAlike, distances } from './distances.js';

/**
 * The mean absolute difference of two samples, which no judge is asked about: reconstruction, or a cycle's way back,
 *
 *     mean |left - right|        over the batch and all of a sample
 *
 * Its gradient has the same size for a small difference as for a large one, and is 0 where there is none.
 *
 * @returns A term for whoever makes `left` or `right`, two samples `[batch, ...shape]` of the same shape.
 * @throws TypeError, when it is played, if the two differ in shape.
 * @see Isola et al. (2017), arXiv:1611.07004, equation 3; Zhu et al. (2017), arXiv:1703.10593, equation 2.
 */
export const l1 = () =>
  defineTerm({
    name: 'l1',
    reads: {},
    samples: ['left', 'right'],
    generator: ({ samples: { left, right } }) => {
      assertAlike('l1', left, right);
      return mean(distances.l1(left, right));
    },
  });
