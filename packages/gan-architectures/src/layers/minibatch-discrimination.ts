import { assertCount } from '@gan/core';
import { add, concat, exp, matMul, neg, relu, reshape, sub, sum, type Tensor2D, zeros } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';

/** Options of `minibatchDiscrimination`. */
export interface MinibatchDiscriminationOptions {
  /** How many numbers it adds to each sample's features, B in the paper. */
  readonly features: number;
  /** In how many dimensions samples are compared for each of them, C in the paper; 16 unless said. */
  readonly dimensions?: number;
}

/**
 * Minibatch discrimination: tells a judge how close each sample is to the others of its batch, so that a generator which
 * makes the same again and again is found out,
 *
 *     o(i, b) = sum over j != i of  exp(- || M(i, b) - M(j, b) ||_1),    M(i) = x(i) T, of B rows and C columns
 *
 * beside the features x(i) that it is given. T starts out normal with a deviation of 0.05. Time and memory grow with the
 * square of the batch.
 *
 * In inference, which knows no other samples, o is 0.
 *
 * Unlike the paper, a sample is not compared with itself, which only ever added 1.
 *
 * @returns A layer from `[batch, width]` to `[batch, width + features]`.
 * @throws TypeError if a count is none, or its input is not `[batch, width]`.
 * @see Salimans et al. (2016), arXiv:1606.03498, section 3.2.
 */
export const minibatchDiscrimination = defineLayer<MinibatchDiscriminationOptions, 'kernel'>({
  name: 'MinibatchDiscrimination',
  options: { features: assertCount, dimensions: optional(assertCount) },
  weights: ([shape], { features, dimensions = 16 }) => {
    if (shape!.length !== 2)
      throw new TypeError(
        `minibatchDiscrimination takes [batch, features], but is given rank ${shape!.length}: flatten it`,
      );
    const initializer = initializers.randomNormal({ mean: 0, stddev: 0.05 });
    return { kernel: { shape: [shape![1]!, features * dimensions], initializer } };
  },
  shape: ([shape], { features }) => [shape![0]!, shape![1]! + features],
  call: ({ inputs: [x], weights: { kernel }, options: { features, dimensions = 16 }, training }) => {
    const batch = x!.shape[0]!;
    if (!training) return concat([x!, zeros([batch, features])], 1);
    const rows = matMul(x as Tensor2D, kernel as Tensor2D);
    const [one, other] = [
      reshape(rows, [batch, 1, features, dimensions]),
      reshape(rows, [1, batch, features, dimensions]),
    ];
    // As two half-lines: each sample is compared with itself too, where the gradient of `abs` would be -1.
    const apart = sum(add(relu(sub(one, other)), relu(sub(other, one))), 3);
    return concat([x!, sub(sum(exp(neg(apart)), 1), 1)], 1);
  },
});
