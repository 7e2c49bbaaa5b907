import { assertCount, assertPositive } from '@gan/core';
import { add, conv2d, mul, type Tensor4D } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { convolvedShape } from './convolved-shape.js';
import { defineLayer } from './define-layer.js';
import { heScale } from './he-scale.js';
import { oneOf, optional } from './option-check.js';

/** Options of `equalizedConv2d`. */
export interface EqualizedConv2dOptions {
  readonly filters: number;
  readonly kernelSize: number;
  /** 1 unless said. */
  readonly strides?: number;
  /** `same` unless said. */
  readonly padding?: 'same' | 'valid';
  /** Adds a number to each map; true unless said. */
  readonly useBias?: boolean;
  /** Multiplies the scale of the kernel; sqrt(2) before a (leaky) ReLU in the paper, 1 unless said. */
  readonly gain?: number;
}

/**
 * A convolution with an equalised learning rate: its kernel is normal with variance 1, and scaled when used,
 *
 *     y = x * (K gain / sqrt(kernelSize^2 channels)) + b
 *
 * @returns A layer from `[batch, height, width, channels]` to `[batch, height / strides, width / strides, filters]`.
 * @see Karras et al. (2018), arXiv:1710.10196, section 4.1.
 */
export const equalizedConv2d = defineLayer<EqualizedConv2dOptions, 'kernel' | 'bias'>({
  name: 'EqualizedConv2D',
  options: {
    filters: assertCount,
    kernelSize: assertCount,
    strides: optional(assertCount),
    padding: optional(oneOf('same', 'valid')),
    useBias: optional(oneOf(true, false)),
    gain: optional(assertPositive),
  },
  weights: ([shape], { filters, kernelSize, useBias = true }) => ({
    kernel: {
      shape: [kernelSize, kernelSize, shape![3]!, filters],
      initializer: initializers.randomNormal({ mean: 0, stddev: 1 }),
    },
    ...(useBias && { bias: { shape: [filters], initializer: initializers.zeros() } }),
  }),
  shape: ([shape], { filters, ...how }) => convolvedShape(shape!, filters, how),
  call: ({ inputs: [x], weights: { kernel, bias }, options }) => {
    const { filters, gain = 1, strides = 1, padding = 'same', useBias = true } = options;
    const y = conv2d(x as Tensor4D, mul(kernel, heScale(kernel.size / filters, gain)) as Tensor4D, strides, padding);
    return useBias ? add(y, bias) : y;
  },
});
