import { assertKnownOptions, assertPositive, defineTerm, type Tensors } from '@gan/core';
import { clipByValue, scalar } from '@tensorflow/tfjs-core';

/** Options of `weightClipping`. */
export interface WeightClippingOptions {
  /** The largest absolute value that a parameter of the judge keeps, c in the paper, where it is 0.01. */
  readonly bound: number;
}

/**
 * Weight clipping, what bounded the critic's slope before gradient penalties did: after each of the judge's updates,
 *
 *     w <- min(max(w, -bound), bound)        for every parameter w of the judge, scales and offsets of norms too
 *
 * It adds nothing to the objective and stands beside a loss in it, as in `[wasserstein(), weightClipping({ bound: 0.01
 * })]`.
 *
 * @returns A term for the judge alone that reads no head; it is 0.
 * @throws TypeError if `bound` is not a positive finite number.
 * @see Arjovsky, Chintala, Bottou (2017), arXiv:1701.07875, algorithm 1.
 */
export function weightClipping(options: WeightClippingOptions) {
  assertKnownOptions('weightClipping', options, ['bound']);
  const { bound } = options;
  assertPositive('bound', bound);
  return defineTerm({
    name: 'weight-clipping',
    reads: {},
    samples: [],
    discriminator: () => scalar(0),
    after: ({ parameters }) => ({ parameters: clipped(parameters, bound) }),
  });
}

const clipped = (parameters: Tensors, bound: number): Tensors =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, clipByValue(value, -bound, bound)]));
