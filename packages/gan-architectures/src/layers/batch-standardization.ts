import { assertDecay, assertNotNegative } from '@gan/core';
import { add, batchNorm, moments, mul, onesLike, type Tensor, zerosLike } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';

/** Options of `batchStandardization`. */
export interface BatchStandardizationOptions {
  /** How much of the moving statistics a batch leaves; 0.9, unless said, as PyTorch's default. */
  readonly momentum?: number;
  /** Added under the root; 1e-5 unless said. */
  readonly epsilon?: number;
}

/**
 * Batch norm without a scale and an offset of its own, for where a condition gives them (`modulation`): each channel, over
 * the batch and all places, is brought to mean 0 and variance 1,
 *
 *     y = (x - mean) / sqrt(variance + epsilon)
 *
 * In inference, mean and variance are those that moved along in training, `moving = momentum moving + (1 - momentum) new`.
 * They are the network's state.
 *
 * @returns A layer from `[batch, ..., channels]` to the same.
 * @see Ioffe, Szegedy (2015), arXiv:1502.03167, algorithm 1; de Vries et al. (2017), arXiv:1707.00683, for conditions.
 */
export const batchStandardization = defineLayer<BatchStandardizationOptions, 'mean' | 'variance'>({
  name: 'BatchStandardization',
  options: { momentum: optional(assertDecay), epsilon: optional(assertNotNegative) },
  weights: ([shape]) => ({
    mean: { shape: [shape!.at(-1)!], initializer: initializers.zeros(), trainable: false },
    variance: { shape: [shape!.at(-1)!], initializer: initializers.ones(), trainable: false },
  }),
  call: ({ inputs: [x], weights, options: { momentum = 0.9, epsilon = 1e-5 }, training, write }) => {
    const by = (mean: Tensor, variance: Tensor) =>
      // TensorFlow.js has no gradient of it without scale and offset.
      batchNorm(x!, mean, variance, zerosLike(mean), onesLike(mean), epsilon) as Tensor;
    if (!training) return by(weights.mean, weights.variance);
    const { mean, variance } = moments(
      x!,
      x!.shape.slice(0, -1).map((_, axis) => axis),
    );
    for (const [name, value] of Object.entries({ mean, variance }) as ['mean' | 'variance', Tensor][])
      write(name, add(mul(weights[name], momentum), mul(value, 1 - momentum)));
    return by(mean, variance);
  },
});
