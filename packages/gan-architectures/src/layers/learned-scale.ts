import { assertFinite } from '@gan/core';
import { mul } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';

/** Options of `learnedScale`. */
export interface LearnedScaleOptions {
  /** What it starts from; 0 unless said, so that what it scales comes in by and by. */
  readonly start?: number;
}

/**
 * A map times one number that is learned.
 *
 * @returns A layer from any shape to the same.
 * @see Zhang et al. (2019), arXiv:1805.08318, equation 3 (gamma).
 */
export const learnedScale = defineLayer<LearnedScaleOptions, 'scale'>({
  name: 'LearnedScale',
  options: { start: optional(assertFinite) },
  weights: (_, { start = 0 }) => ({ scale: { shape: [], initializer: initializers.constant({ value: start }) } }),
  call: ({ inputs: [x], weights: { scale } }) => mul(x!, scale),
});
