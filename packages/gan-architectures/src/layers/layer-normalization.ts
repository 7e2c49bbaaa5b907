import { assertNotNegative } from '@gan/core';
import { add, mean, mul, rsqrt, square, sub } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';
import { affineWeights, scaled } from './group-normalization.js';
import { oneOf, optional } from './option-check.js';

/** Options of `layerNormalization`. */
export interface LayerNormalizationOptions {
  /** Learns a scale and an offset for each channel; false where a condition gives them. True unless said. */
  readonly affine?: boolean;
  /** Added under the root; 1e-5 unless said. */
  readonly epsilon?: number;
}

/**
 * Layer normalisation as transformers have it: the channels of each place are brought to mean 0 and variance 1; then each
 * channel is scaled and shifted,
 *
 *     y = (x - mean) / sqrt(variance + epsilon) * scale + offset
 *
 * Group normalisation of one group takes all places of a sample together instead. Unlike the layer of TensorFlow.js, it can
 * be differentiated twice.
 *
 * @returns A layer from `[batch, ..., channels]` to the same.
 * @see Ba, Kiros, Hinton (2016), arXiv:1607.06450, equations 3 and 4.
 */
export const layerNormalization = defineLayer<LayerNormalizationOptions, 'scale' | 'offset'>({
  name: 'LayerNormalizationOfPlaces',
  options: { affine: optional(oneOf(true, false)), epsilon: optional(assertNotNegative) },
  weights: ([shape], { affine }) => affineWeights(shape!, affine),
  call: ({ inputs: [x], weights, options: { epsilon = 1e-5 } }) => {
    const centred = sub(x!, mean(x!, -1, true));
    return scaled(mul(centred, rsqrt(add(mean(square(centred), -1, true), epsilon))), weights);
  },
});
