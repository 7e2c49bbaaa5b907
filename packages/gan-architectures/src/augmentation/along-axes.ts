import { matMul, reshape, type Tensor, type Tensor4D, transpose } from '@tensorflow/tfjs-core';

/** Along one axis of pictures, the rows or the columns, the product with a matrix `[to, from]`. */
export function alongAxis(pictures: Tensor4D, axis: 1 | 2, matrix: Tensor): Tensor4D {
  const order = axis === 1 ? [1, 0, 2, 3] : [2, 0, 1, 3];
  const first = transpose(pictures, order);
  const [from, ...rest] = first.shape as [number, ...number[]];
  const product = reshape(matMul(matrix, reshape(first, [from, -1])), [matrix.shape[0]!, ...rest]);
  return transpose(product, axis === 1 ? [1, 0, 2, 3] : [1, 2, 0, 3]) as Tensor4D;
}

/** Along both axes of pictures, the products with matrices of each picture's own, `[batch, side, side]`. */
export function alongBothAxes(pictures: Tensor4D, down: Tensor, across: Tensor): Tensor4D {
  const [batch, height, width, channels] = pictures.shape;
  const moved = matMul(down, reshape(pictures, [batch, height, width * channels]));
  const lying = transpose(reshape(moved, [batch, height, width, channels]), [0, 2, 1, 3]);
  const both = matMul(across, reshape(lying, [batch, width, height * channels]));
  return transpose(reshape(both, [batch, width, height, channels]), [0, 2, 1, 3]) as Tensor4D;
}
