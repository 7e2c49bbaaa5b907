import { assertFinite } from '@gan/core';
import { mul } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';

/** Options of `scaling`. */
export interface ScalingOptions {
  readonly factor: number;
}

/**
 * A map times a fixed number: sqrt(2) behind a leaky ReLU, or 1 / sqrt(2) behind a sum of two branches, keeps the variance.
 *
 * @returns A layer from any shape to the same.
 */
export const scaling = defineLayer<ScalingOptions>({
  name: 'Scaling',
  options: { factor: assertFinite },
  call: ({ inputs: [x], options: { factor } }) => mul(x!, factor),
});
