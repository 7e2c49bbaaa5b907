import { conv2d, grads, randomUniform, square, sum, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';

/** A convolution of random pictures with a random filter. */
export interface Convolution {
  readonly x: readonly number[];
  readonly filter: readonly number[];
  readonly strides: number;
  readonly pad: 'same' | 'valid' | number | readonly (readonly [number, number])[];
}

/** The gradients of the sum of its squares, towards the pictures and towards the filter. */
export function gradientsOfConvolution({ x, filter, strides, pad }: Convolution): Tensor[] {
  const loss = (x: Tensor, f: Tensor) => sum(square(conv2d(x as Tensor4D, f as Tensor4D, strides, pad as 'same')));
  return grads(loss)([randomUniform([...x], -1, 1, 'float32', 1), randomUniform([...filter], -1, 1, 'float32', 2)]);
}
