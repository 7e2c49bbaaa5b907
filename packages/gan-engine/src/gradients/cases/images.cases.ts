import * as tf from '@tensorflow/tfjs-core';
import { as4, type GradientCase, on, once } from './case.cases.js';

const image = [1, 5, 4, 2];

/** Pooling and resizing, padded and not, with every option. */
export const imageCases: readonly GradientCase[] = [
  on('avgPool', (x) => tf.avgPool(as4(x), 2, 2, 'valid'), image),
  on('avgPool, same', (x) => tf.avgPool(as4(x), [3, 2], [2, 1], 'same'), image),
  on('avgPool, explicit pads', (x) => tf.avgPool(as4(x), 3, 2, 1), image),
  on('maxPool', (x) => tf.maxPool(as4(x), 2, 2, 'valid'), image),
  on('maxPool, same, overlapping', (x) => tf.maxPool(as4(x), [3, 2], [2, 1], 'same'), image),
  on('maxPool of equal numbers', (x) => tf.maxPool(as4(tf.relu(tf.sub(x, 0.3))), 2, 2, 'valid'), {
    shape: [1, 4, 4, 1],
  }),
  on('resizeBilinear', (x) => tf.image.resizeBilinear(as4(x), [5, 4]), [1, 2, 3, 2]),
  on('resizeBilinear, aligned corners', (x) => tf.image.resizeBilinear(as4(x), [5, 6], true), [1, 3, 3, 1]),
  on('resizeBilinear, half-pixel centres', (x) => tf.image.resizeBilinear(as4(x), [2, 5], false, true), [1, 4, 3, 2]),
  on('resizeNearestNeighbor', (x) => tf.image.resizeNearestNeighbor(as4(x), [4, 6]), [1, 2, 3, 2]),
  on(
    'resizeNearestNeighbor, aligned corners',
    (x) => tf.image.resizeNearestNeighbor(as4(x), [5, 4], true),
    [1, 3, 3, 1],
  ),
  on(
    'resizeNearestNeighbor, half-pixel centres',
    (x) => tf.image.resizeNearestNeighbor(as4(x), [5, 2], false, true),
    [1, 3, 4, 1],
  ),
  once(on('localResponseNormalization', (x) => tf.localResponseNormalization(as4(x), 1), [1, 2, 2, 4])),
];
