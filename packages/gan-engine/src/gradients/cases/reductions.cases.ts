import * as tf from '@tensorflow/tfjs-core';
import { type GradientCase, indices, on } from './case.cases.js';

/** Sums, extrema and running totals along axes. */
export const reductionCases: readonly GradientCase[] = [
  on('cumsum of the first axis', (x) => tf.cumsum(x, 0), [3, 4]),
  on('cumsum, exclusive and reversed', (x) => tf.cumsum(x, 1, true, true), [3, 4]),
  on('max', (x) => tf.max(x, 1), [3, 4]),
  on('mean of one axis', (x) => tf.mean(x, 0), [3, 4]),
  on('mean of all', (x) => tf.mean(x), [3, 4]),
  on('min, kept', (x) => tf.min(x, 0, true), [3, 4]),
  on('moments', (x) => tf.moments(x, 0).variance, [3, 4]),
  on('prod', (x) => tf.prod(x, 1), { shape: [2, 3], from: 0.5, to: 2 }),
  on('sum of axes', (x) => tf.sum(x, [0, 2]), [2, 3, 4]),
  on('unsortedSegmentSum', (x) => tf.unsortedSegmentSum(x, indices([0, 2, 0, 1]), 3), [4, 2]),
];
