import * as tf from '@tensorflow/tfjs-core';
import { as2, as4, as5, type GradientCase, on } from './case.cases.js';

const image = [1, 5, 4, 2];
const filter = [3, 2, 2, 3];

/** Matrix products and convolutions, all pads and strides. */
export const productCases: readonly GradientCase[] = [
  on('dot', (a, b) => tf.dot(as2(a), as2(b)), [3], [3]),
  on('einsum of two', (a, b) => tf.einsum('ij,jk->ik', a, b), [2, 3], [3, 4]),
  on('einsum, a label summed alone', (a) => tf.einsum('ijk->k', a), [2, 3, 2]),
  on('einsum of one', (a) => tf.einsum('ijk->ki', a), [2, 3, 2]),
  on('matMul', (a, b) => tf.matMul(a, b), [2, 3], [3, 2]),
  on('matMul, transposed, by batch', (a, b) => tf.matMul(a, b, true, true), [2, 3, 2], [2, 4, 3]),
  on('fused matMul with bias', (a, b, bias) => tf.fused.matMul({ a, b, bias }), [2, 3], [3, 2], [2]),
  on(
    'fused matMul with relu',
    (a, b, bias) => tf.fused.matMul({ a, b, bias, activation: 'relu' }),
    [2, 3],
    [3, 2],
    [2],
  ),
  on('conv1d', (x, f) => tf.conv1d(x as tf.Tensor3D, f as tf.Tensor3D, 2, 'same'), [1, 6, 2], [3, 2, 2]),
  on('conv2d, same', (x, f) => tf.conv2d(as4(x), as4(f), 1, 'same'), image, filter),
  on('conv2d, strides', (x, f) => tf.conv2d(as4(x), as4(f), [2, 1], 'valid'), image, filter),
  on(
    'conv2d, explicit asymmetric pads',
    (x, f) =>
      tf.conv2d(as4(x), as4(f), 2, [
        [0, 0],
        [2, 0],
        [0, 1],
        [0, 0],
      ]),
    image,
    filter,
  ),
  on('conv2d, NCHW', (x, f) => tf.conv2d(as4(x), as4(f), 1, 'same', 'NCHW'), [1, 2, 5, 4], filter),
  on(
    'conv2dTranspose',
    (x, f) => tf.conv2dTranspose(as4(x), as4(f), [1, 6, 4, 2], 2, 'same'),
    [1, 3, 2, 3],
    [3, 3, 2, 3],
  ),
  on(
    'fused conv2d with bias',
    (x, f, bias) => tf.fused.conv2d({ x: as4(x), filter: as4(f), strides: 1, pad: 'same', bias }),
    image,
    filter,
    [3],
  ),
  on(
    'fused conv2d with relu',
    (x, f, bias) => tf.fused.conv2d({ x: as4(x), filter: as4(f), strides: 2, pad: 'valid', bias, activation: 'relu' }),
    image,
    filter,
    [3],
  ),
  on('depthwiseConv2d', (x, f) => tf.depthwiseConv2d(as4(x), as4(f), 1, 'same'), image, [3, 2, 2, 2]),
  on('depthwiseConv2d, strides', (x, f) => tf.depthwiseConv2d(as4(x), as4(f), 2, 'valid'), image, [2, 2, 2, 1]),
  on(
    'separableConv2d',
    (x, d, p) => tf.separableConv2d(as4(x), as4(d), as4(p), 1, 'same'),
    image,
    [2, 2, 2, 1],
    [1, 1, 2, 3],
  ),
  on('conv3d', (x, f) => tf.conv3d(as5(x), as5(f), 1, 'same'), [1, 3, 3, 2, 1], [2, 2, 2, 1, 2]),
  on(
    'conv3dTranspose',
    (x, f) => tf.conv3dTranspose(as5(x), as5(f), [1, 4, 4, 2, 1], 2, 'same'),
    [1, 2, 2, 1, 2],
    [2, 2, 2, 1, 2],
  ),
];
