import { assertCount } from '@gan/core';
import { add, conv2d, type Tensor4D } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { convolvedShape } from './convolved-shape.js';
import { defineLayer } from './define-layer.js';
import { type Gated, gated, gatedKinds } from './gated.js';
import { oneOf, optional } from './option-check.js';

/** Options of `gatedConv2d`. */
export interface GatedConv2dOptions {
  readonly filters: number;
  readonly kernelSize: number;
  /** 1 unless said. */
  readonly strides?: number;
  /** How far apart the places are that a window looks at; 1 unless said. */
  readonly dilation?: number;
  /** phi: `'elu'`, unless said, as in the authors' code, `'leakyReLU'` of 0.2, or `'linear'`. */
  readonly activation?: Gated;
}

/**
 * A gated convolution: where a partial convolution is told which places are known, this one learns for each place and
 * channel how much to let through,
 *
 *     y = phi(features) * sigmoid(gates)        features = W_f * x + b_f,  gates = W_g * x + b_g
 *
 * with `same` padding. The kernel is one, with the features' filters before those of the gates. A mask is one more channel
 * of x.
 *
 * @returns A layer from `[batch, height, width, channels]` to a map of `filters` channels.
 * @see Yu et al. (2019), arXiv:1806.03589, equation 3.
 */
export const gatedConv2d = defineLayer<GatedConv2dOptions, 'kernel' | 'bias'>({
  name: 'GatedConv2D',
  options: {
    filters: assertCount,
    kernelSize: assertCount,
    strides: optional(assertCount),
    dilation: optional(assertCount),
    activation: optional(oneOf(...gatedKinds)),
  },
  weights: ([shape], { filters, kernelSize }) => ({
    kernel: { shape: [kernelSize, kernelSize, shape![3]!, 2 * filters], initializer: initializers.glorotUniform({}) },
    bias: { shape: [2 * filters], initializer: initializers.zeros() },
  }),
  shape: ([shape], { filters, kernelSize, strides = 1 }) => convolvedShape(shape!, filters, { kernelSize, strides }),
  call: ({ inputs: [x], weights: { kernel, bias }, options: { strides = 1, dilation = 1, activation = 'elu' } }) =>
    gated(add(conv2d(x as Tensor4D, kernel as Tensor4D, strides, 'same', 'NHWC', dilation), bias), activation),
});
