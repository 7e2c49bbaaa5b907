import { assertCount, assertPositive, shown } from '@gan/core';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { convolvedShape } from './convolved-shape.js';
import { defineLayer } from './define-layer.js';
import { groupedConvolution } from './grouped-convolution.js';
import { heScale } from './he-scale.js';
import { oneOf, optional } from './option-check.js';

/** Options of `groupedConv2d`. */
export interface GroupedConv2dOptions {
  readonly filters: number;
  readonly kernelSize: number;
  /** Divides the channels and the filters; as many as there are channels is a depthwise convolution. */
  readonly groups: number;
  /** 1 unless said. */
  readonly strides?: number;
  /** `same` unless said. */
  readonly padding?: 'same' | 'valid';
  /** Adds a number to each map; true unless said. */
  readonly useBias?: boolean;
  /** Of the deviation of the kernel at the start, gain / sqrt(kernelSize^2 channels / groups); 1 unless said. */
  readonly gain?: number;
}

/**
 * A convolution in groups of channels that do not see each other, for a fraction of the work and of the numbers:
 *
 *     y = (x_1 * w_1, ..., x_n * w_n) + b,   w [kernelSize, kernelSize, channels / groups, filters]
 *
 * On libtorch one kernel, forwards and backwards.
 *
 * @returns A layer from `[batch, height, width, channels]` to `[batch, height / strides, width / strides, filters]`.
 * @see Krizhevsky et al. (2012), section 3.5; Xie et al. (2017), arXiv:1611.05431, for many groups.
 */
export const groupedConv2d = defineLayer<GroupedConv2dOptions, 'kernel' | 'bias'>({
  name: 'GroupedConv2D',
  options: {
    filters: assertCount,
    kernelSize: assertCount,
    groups: assertCount,
    strides: optional(assertCount),
    padding: optional(oneOf('same', 'valid')),
    useBias: optional(oneOf(true, false)),
    gain: optional(assertPositive),
  },
  weights: ([shape], { filters, kernelSize, groups, useBias = true, gain = 1 }) => {
    const channels = shape![3]!;
    if (channels % groups !== 0 || filters % groups !== 0)
      throw new TypeError(
        `groups must divide the ${channels} channels and the ${filters} filters, but is ${shown(groups)}`,
      );
    const [window, each] = [[kernelSize, kernelSize], channels / groups];
    const stddev = heScale(kernelSize ** 2 * each, gain);
    return {
      kernel: { shape: [...window, each, filters], initializer: initializers.randomNormal({ mean: 0, stddev }) },
      ...(useBias && { bias: { shape: [filters], initializer: initializers.zeros() } }),
    };
  },
  shape: ([shape], { filters, ...how }) => convolvedShape(shape!, filters, how),
  call: ({ inputs: [x], weights: { kernel, bias }, options }) => {
    const { groups, strides = 1, padding = 'same', useBias = true } = options;
    const added = useBias ? (bias as Tensor1D) : undefined;
    return groupedConvolution(x as Tensor4D, kernel as Tensor4D, added, { groups, strides, padding });
  },
});
