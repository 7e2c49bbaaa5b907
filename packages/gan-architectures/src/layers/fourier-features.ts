import { assertCount, assertPositive } from '@gan/core';
import { concat, cos, matMul, mul, sin, type Tensor2D } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';

/** Options of `fourierFeatures`. */
export interface FourierFeaturesOptions {
  /** How many frequencies are drawn; the result has twice as many channels. */
  readonly frequencies: number;
  /** The standard deviation of frequencies, in turns a unit: the larger, the finer what can be told apart. 1 unless said. */
  readonly deviation?: number;
}

/**
 * Sines and cosines of random projections, which let a perceptron learn fine detail of what is given as coordinates,
 *
 *     y = [cos(2 pi x B), sin(2 pi x B)],     B [inputs, frequencies] normal, drawn once
 *
 * @returns A layer from `[batch, inputs]` to `[batch, 2 frequencies]`; its frequencies are state, and never learned.
 * @see Tancik et al. (2020), arXiv:2006.10739, section 6.
 */
export const fourierFeatures = defineLayer<FourierFeaturesOptions, 'frequencies'>({
  name: 'FourierFeatures',
  options: { frequencies: assertCount, deviation: optional(assertPositive) },
  weights: ([shape], { frequencies, deviation = 1 }) => ({
    frequencies: {
      shape: [shape![1]!, frequencies],
      initializer: initializers.randomNormal({ mean: 0, stddev: deviation }),
      trainable: false,
    },
  }),
  shape: ([shape], { frequencies }) => [shape![0]!, 2 * frequencies],
  call: ({ inputs: [x], weights: { frequencies } }) => {
    const angles = mul(matMul(x as Tensor2D, frequencies as Tensor2D), 2 * Math.PI);
    return concat([cos(angles), sin(angles)], 1);
  },
});
