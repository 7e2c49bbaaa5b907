import { assertNotNegative } from '@gan/core';
import { add, mean, mul, rsqrt, square } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';

/** Options of `pixelNormalization`. */
export interface PixelNormalizationOptions {
  /** Added under the root; 1e-8 unless said. */
  readonly epsilon?: number;
}

/**
 * Pixelwise normalisation of feature vectors: what each place of a map has in its channels is brought to a mean square of
 * 1,
 *
 *     y = x / sqrt(mean over channels of x^2 + epsilon)
 *
 * It has no weights, and the same result for a sample whatever its batch. Over latents `[batch, latents]` it puts them on
 * a sphere.
 *
 * @returns A layer from any shape to the same, channels last.
 * @see Karras et al. (2018), arXiv:1710.10196, section 4.2.
 */
export const pixelNormalization = defineLayer<PixelNormalizationOptions>({
  name: 'PixelNormalization',
  options: { epsilon: optional(assertNotNegative) },
  call: ({ inputs: [x], options: { epsilon = 1e-8 } }) => mul(x!, rsqrt(add(mean(square(x!), -1, true), epsilon))),
});
