import { assertFinite, assertNotNegative } from '@gan/core';
import { expandDims, tile } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { assertShape } from '../ports.js';
import { defineLayer } from './define-layer.js';
import { optional } from './option-check.js';

/** Options of `learnedConstant`. */
export interface LearnedConstantOptions {
  /** Of the constant, without the batch. */
  readonly shape: readonly number[];
  /** Mean of its numbers at the start; 0 unless said. */
  readonly mean?: number;
  /** Standard deviation of its numbers at the start; 1 unless said. */
  readonly deviation?: number;
}

/**
 * The same learned map for every sample, normal at the start; of what it is given only the size of the batch counts.
 *
 * @returns A layer from `[batch, ...]` to `[batch, ...shape]`.
 * @see Karras et al. (2019), arXiv:1812.04948, section 2.
 */
export const learnedConstant = defineLayer<LearnedConstantOptions, 'constant'>({
  name: 'LearnedConstant',
  options: { shape: assertShape, mean: optional(assertFinite), deviation: optional(assertNotNegative) },
  weights: (_, { shape, mean = 0, deviation = 1 }) => ({
    constant: { shape, initializer: initializers.randomNormal({ mean, stddev: deviation }) },
  }),
  shape: ([given], { shape }) => [given![0]!, ...shape],
  call: ({ inputs: [x], weights: { constant } }) =>
    tile(expandDims(constant, 0), [x!.shape[0]!, ...constant.shape.map(() => 1)]),
});
