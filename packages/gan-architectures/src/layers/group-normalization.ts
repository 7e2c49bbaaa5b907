import { assertCount, assertNotNegative } from '@gan/core';
import { add, mean, mul, reshape, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer, type LayerShape } from './define-layer.js';
import { oneOf, optional } from './option-check.js';

/** Options of `instanceNormalization`. */
export interface InstanceNormalizationOptions {
  /** Learns a scale and an offset for each channel; false where a condition gives them. True unless said. */
  readonly affine?: boolean;
  /** Added under the root; 1e-5 unless said. */
  readonly epsilon?: number;
}

/** Options of `groupNormalization`. */
export interface GroupNormalizationOptions extends InstanceNormalizationOptions {
  /** How many groups the channels are divided into: 1 takes a sample as a whole. */
  readonly groups: number;
}

/**
 * Group normalisation: the numbers of a group of channels of one sample, over all places, are brought to mean 0 and
 * variance 1; then each channel is scaled and shifted,
 *
 *     y = (x - mean) / sqrt(variance + epsilon) * scale + offset
 *
 * A sample's result does not depend on its batch, and training and inference are the same. With one group it is layer
 * normalisation over all of a sample.
 *
 * @returns A layer from `[batch, ..., channels]` to the same.
 * @see Wu, He (2018), arXiv:1803.08494, equations 1 to 6.
 */
export const groupNormalization = defineLayer<GroupNormalizationOptions, 'scale' | 'offset'>({
  name: 'GroupNormalization',
  options: { groups: assertCount, affine: optional(oneOf(true, false)), epsilon: optional(assertNotNegative) },
  weights: ([shape], { groups, affine }) => {
    const channels = shape!.at(-1)!;
    if (!Number.isSafeInteger(groups) || groups < 1 || channels % groups !== 0)
      throw new TypeError(`groups must be a whole number that divides the ${channels} channels, but is ${groups}`);
    return affineWeights(shape!, affine);
  },
  call: ({ inputs: [x], weights, options: { groups, epsilon } }) => scaled(normalised(x!, groups, epsilon), weights),
});

/**
 * Instance normalisation: group normalisation with a group for each channel, so that each map of each sample has mean 0
 * and variance 1 before it is scaled and shifted.
 *
 * @returns A layer from `[batch, ..., channels]` to the same.
 * @see Ulyanov, Vedaldi, Lempitsky (2016), arXiv:1607.08022.
 */
export const instanceNormalization = defineLayer<InstanceNormalizationOptions, 'scale' | 'offset'>({
  name: 'InstanceNormalization',
  options: { affine: optional(oneOf(true, false)), epsilon: optional(assertNotNegative) },
  weights: ([shape], { affine }) => affineWeights(shape!, affine),
  call: ({ inputs: [x], weights, options: { epsilon } }) => scaled(normalised(x!, x!.shape.at(-1)!, epsilon), weights),
});

/** A scale and an offset for each channel, unless they come from elsewhere. */
export const affineWeights = (shape: LayerShape, affine = true) => {
  if (!affine) return {};
  const channels = [shape.at(-1)!];
  return {
    scale: { shape: channels, initializer: initializers.ones() },
    offset: { shape: channels, initializer: initializers.zeros() },
  };
};

const normalised = (x: Tensor, groups: number, epsilon = 1e-5): Tensor => {
  const [batch = 1, ...rest] = x.shape;
  const apart = reshape(x, [batch, -1, groups, rest.at(-1)! / groups]);
  const centred = sub(apart, mean(apart, [1, 3], true));
  return reshape(mul(centred, rsqrt(add(mean(square(centred), [1, 3], true), epsilon))), x.shape);
};

/** Scaled and shifted, where there is what by. */
export const scaled = (y: Tensor, { scale, offset }: { readonly scale?: Tensor; readonly offset?: Tensor }): Tensor =>
  scale && offset ? add(mul(y, scale), offset) : y;
