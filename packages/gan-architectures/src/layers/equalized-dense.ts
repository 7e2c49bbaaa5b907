import { assertCount, assertFinite, assertPositive } from '@gan/core';
import { add, matMul, mul, type Tensor2D } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';
import { heScale } from './he-scale.js';
import { oneOf, optional } from './option-check.js';

/** Options of `equalizedDense`. */
export interface EqualizedDenseOptions {
  readonly units: number;
  /** Multiplies the scale of the kernel; sqrt(2) before a (leaky) ReLU in the paper, 1 unless said. */
  readonly gain?: number;
  /** Multiplies how fast kernel and bias learn; 0.01 in StyleGAN's mapping, 1 unless said. */
  readonly rate?: number;
  /** Of the bias at the start, in its own units; 0 unless said. */
  readonly bias?: number;
  /** Adds a number to each result; true unless said. */
  readonly useBias?: boolean;
}

/**
 * A dense layer with an equalised learning rate: its kernel is normal with variance 1 / rate^2, and scaled when used,
 *
 *     y = x (K gain rate / sqrt(inputs)) + b rate
 *
 * so that Adam, which takes steps of the same size for all weights, changes each by the same share of what it is.
 *
 * @returns A layer from `[batch, inputs]` to `[batch, units]`.
 * @see Karras et al. (2018), arXiv:1710.10196, section 4.1; Karras et al. (2019), arXiv:1812.04948, appendix C.
 */
export const equalizedDense = defineLayer<EqualizedDenseOptions, 'kernel' | 'bias'>({
  name: 'EqualizedDense',
  options: {
    units: assertCount,
    gain: optional(assertPositive),
    rate: optional(assertPositive),
    bias: optional(assertFinite),
    useBias: optional(oneOf(true, false)),
  },
  weights: ([shape], { units, rate = 1, bias = 0, useBias = true }) => ({
    kernel: { shape: [shape![1]!, units], initializer: initializers.randomNormal({ mean: 0, stddev: 1 / rate }) },
    ...(useBias && { bias: { shape: [units], initializer: initializers.constant({ value: bias / rate }) } }),
  }),
  shape: ([shape], { units }) => [shape![0]!, units],
  call: ({ inputs: [x], weights: { kernel, bias }, options: { gain = 1, rate = 1, useBias = true } }) => {
    const y = matMul(x as Tensor2D, mul(kernel, heScale(kernel.shape[0]!, gain) * rate) as Tensor2D);
    return useBias ? add(y, mul(bias, rate)) : y;
  },
});
