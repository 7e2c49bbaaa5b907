import * as tf from '@tensorflow/tfjs-core';
import { as4, type GradientCase, indices, on } from './case.cases.js';

/** What moves, copies or drops numbers. */
export const rearrangingCases: readonly GradientCase[] = [
  on(
    'batchToSpaceND',
    (x) =>
      tf.batchToSpaceND(
        as4(x),
        [2, 2],
        [
          [0, 1],
          [0, 0],
        ],
      ),
    [4, 2, 1, 2],
  ),
  on('broadcastTo', (x) => tf.broadcastTo(x, [2, 3, 4]), [3, 1]),
  on('cast', (x) => tf.cast(x, 'float32'), [3]),
  on('concat', (a, b) => tf.concat([a, b], 1), [2, 3], [2, 1]),
  on('depthToSpace', (x) => tf.depthToSpace(as4(x), 2), [2, 2, 1, 8]),
  on('expandDims', (x) => tf.expandDims(x, 1), [3, 2]),
  on('gather', (x) => tf.gather(x, indices([2, 0, 2]), 0), [4, 3]),
  on('gather of the last axis', (x) => tf.gather(x, indices([3, 3, 1]), 1), [2, 4]),
  on(
    'gather by batch',
    (x) =>
      tf.gather(
        x,
        tf.tensor2d(
          [
            [1, 1],
            [0, 3],
          ],
          [2, 2],
          'int32',
        ),
        1,
        1,
      ),
    [2, 4],
  ),
  on(
    'mirrorPad, reflect',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [1, 2],
          [0, 3],
        ],
        'reflect',
      ),
    [3, 4],
  ),
  on(
    'mirrorPad, symmetric',
    (x) =>
      tf.mirrorPad(
        x,
        [
          [3, 1],
          [2, 0],
        ],
        'symmetric',
      ),
    [3, 4],
  ),
  on(
    'pad',
    (x) =>
      tf.pad(x, [
        [1, 0],
        [0, 2],
      ]),
    [2, 3],
  ),
  on('reshape', (x) => tf.reshape(x, [3, 4]), [2, 6]),
  on('reverse', (x) => tf.reverse(x, 1), [2, 3]),
  on('slice', (x) => tf.slice(x, [1, 1], [2, 2]), [3, 4]),
  on(
    'spaceToBatchND',
    (x) =>
      tf.spaceToBatchND(
        as4(x),
        [2, 2],
        [
          [1, 0],
          [0, 0],
        ],
      ),
    [1, 3, 2, 2],
  ),
  on('split', (x) => tf.split(x, [1, 3], 1)[1]!, [2, 4]),
  on('stack', (a, b) => tf.stack([a, b], 1), [3], [3]),
  on('stridedSlice', (x) => tf.stridedSlice(x, [0, 1], [3, 7], [2, 3]), [3, 7]),
  on('stridedSlice, backwards', (x) => tf.stridedSlice(x, [2, 4], [0, 0], [-1, -2]), [3, 5]),
  on('tile', (x) => tf.tile(x, [2, 3, 1]), [2, 1, 3]),
  on('tile of rank 5', (x) => tf.tile(x, [2, 1, 1, 2, 2]), [1, 2, 1, 1, 2]),
  on('transpose', (x) => tf.transpose(x, [2, 0, 1]), [2, 3, 2]),
  on('unstack', (x) => tf.unstack(x, 1)[1]!, [2, 3]),
];
