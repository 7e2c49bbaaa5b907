import { defineTerm } from '@gan/core';
import { add, mean, relu, sub, type Tensor } from '@tensorflow/tfjs-core';

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
      assertAlike(left, right);
      // As two half-lines: the gradient of TensorFlow.js's own `abs` is -1 at 0, where that of `relu` is 0.
      return mean(add(relu(sub(left, right)), relu(sub(right, left))));
    },
  });

function assertAlike(left: Tensor, right: Tensor): void {
  const [one, other] = [left.shape.join('x'), right.shape.join('x')];
  if (one !== other) throw new TypeError(`l1 compares samples of one shape, but left is ${one} and right is ${other}`);
}
