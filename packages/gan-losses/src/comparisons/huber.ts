import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { add, mean, mul, relu, square, sub } from '@tensorflow/tfjs-core';
import { assertAlike } from './distances.js';

/** Options of `huber`. */
export interface HuberOptions {
  /** The difference from which on it is a line; 1 unless said. */
  readonly delta?: number;
}

/**
 * Huber's loss: half the square of a small difference, a line for a large one,
 *
 *     mean h(left - right),    h(d) = d^2 / 2                      where |d| < delta
 *                              h(d) = delta (|d| - delta / 2)      elsewhere
 *
 * over the batch and all of a sample. A pixel that is far off pulls with no more than delta; at equality the pull fades
 * out. Divided by delta it is what PyTorch calls the smooth L1 loss.
 *
 * @returns A term for whoever makes `left` or `right`, two samples `[batch, ...shape]` of the same shape.
 * @throws TypeError if `delta` is not a positive finite number; when it is played, if the two differ in shape.
 * @see Huber (1964), "Robust estimation of a location parameter"; Girshick (2015), arXiv:1504.08083, equation 3.
 */
export function huber(options: HuberOptions = {}) {
  assertKnownOptions('huber', options, ['delta']);
  const { delta = 1 } = options;
  assertPositive('delta', delta);
  return defineTerm({
    name: 'huber',
    reads: {},
    samples: ['left', 'right'],
    generator: ({ samples: { left, right } }) => {
      assertAlike('huber', left, right);
      const difference = sub(left, right);
      const [above, below] = [relu(sub(difference, delta)), relu(sub(sub(right, left), delta))];
      const within = add(sub(difference, above), below);
      return mean(add(mul(square(within), 0.5), mul(add(above, below), delta)));
    },
  });
}
