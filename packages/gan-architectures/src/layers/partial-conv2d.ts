import { assertCount } from '@gan/core';
import { add, clipByValue, conv2d, div, maximum, mul, ones, type Tensor4D } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { convolvedShape } from './convolved-shape.js';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';

/** Options of `partialMask`. */
export interface PartialMaskOptions {
  readonly kernelSize: number;
  /** 1 unless said. */
  readonly strides?: number;
}

/** Options of `partialConv2d`. */
export interface PartialConv2dOptions extends PartialMaskOptions {
  readonly filters: number;
}

/** How many known places a window sees, 0 to `kernelSize^2`. */
const seen = (mask: Tensor4D, { kernelSize, strides = 1 }: PartialMaskOptions): Tensor4D =>
  conv2d(mask, ones([kernelSize, kernelSize, 1, 1]) as Tensor4D, strides, 'same');

/**
 * A convolution of a picture with holes: only what the mask calls known is looked at, and the sum is scaled up by what is
 * missing,
 *
 *     y = (W . (x m)) * kernelSize^2 / sum(m) + b   where the window sees any known place, else 0
 *
 * with `same` padding, whose zeros count as unknown.
 *
 * @returns A layer from `[x, mask]`, a map and `[batch, height, width, 1]` of 0 and 1, to a map.
 * @see Liu et al. (2018), arXiv:1804.07723, equation 1.
 */
export const partialConv2d = defineLayer<PartialConv2dOptions, 'kernel' | 'bias'>({
  name: 'PartialConv2D',
  options: { filters: assertCount, kernelSize: assertCount, strides: optional(assertCount) },
  weights: ([shape], { filters, kernelSize }) => ({
    kernel: { shape: [kernelSize, kernelSize, shape![3]!, filters], initializer: initializers.heNormal({}) },
    bias: { shape: [filters], initializer: initializers.zeros() },
  }),
  shape: ([shape], { filters, ...how }) => convolvedShape(shape!, filters, how),
  call: ({ inputs: [x, mask], weights: { kernel, bias }, options }) => {
    const y = conv2d(mul(x!, mask!) as Tensor4D, kernel as Tensor4D, options.strides ?? 1, 'same');
    const count = seen(mask as Tensor4D, options);
    const any = clipByValue(count, 0, 1);
    return mul(any, add(mul(y, div(options.kernelSize ** 2, maximum(count, 1))), bias));
  },
});

/**
 * What is known after a partial convolution: every place whose window saw any known one.
 *
 * @returns A layer from a mask `[batch, height, width, 1]` of 0 and 1 to the next.
 * @see Liu et al. (2018), arXiv:1804.07723, equation 2.
 */
export const partialMask = defineLayer<PartialMaskOptions>({
  name: 'PartialMask',
  options: { kernelSize: assertCount, strides: optional(assertCount) },
  shape: ([shape], options) => convolvedShape(shape!, 1, options),
  call: ({ inputs: [mask], options }) => clipByValue(seen(mask as Tensor4D, options), 0, 1),
});
