import * as tf from '@tensorflow/tfjs-core';
import { as2, as4, type GradientCase, on } from './case.cases.js';

/** Batch normalisation with given and own moments, and without scale and offset. */
export const normalisingCases: readonly GradientCase[] = [
  on(
    'batchNorm',
    (x, mean, variance, offset, scale) =>
      tf.batchNorm4d(as4(x), mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D),
    [2, 2, 2, 3],
    [3],
    { shape: [3], from: 0.5, to: 2 },
    [3],
    [3],
  ),
  on(
    'batchNorm without scale and offset',
    (x, mean, variance) => tf.batchNorm2d(as2(x), mean as tf.Tensor1D, variance as tf.Tensor1D),
    [3, 2],
    [2],
    { shape: [2], from: 0.5, to: 2 },
  ),
  on(
    'batchNorm of the batch',
    (x, offset, scale) => {
      const { mean, variance } = tf.moments(x, 0);
      return tf.batchNorm2d(
        as2(x),
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
      );
    },
    [4, 3],
    [3],
    [3],
  ),
];
