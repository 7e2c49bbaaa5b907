import { matMul, reshape, type Tensor, type Tensor4D, tensor2d, transpose } from '@tensorflow/tfjs-core';

/** The place of a line of so many, 0 to size - 1, that one before its start or behind its end mirrors, without end. */
export function mirroredPlace(place: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const from = ((place % period) + period) % period;
  return from < size ? from : period - from;
}

/** A matrix `[rows, columns]` of a sum of entries. */
export function summedMatrix(
  rows: number,
  columns: number,
  entries: (add: (row: number, column: number, value: number) => void) => void,
): Tensor {
  const values = new Float32Array(rows * columns);
  entries((row, column, value) => {
    values[row * columns + column]! += value;
  });
  return tensor2d(values, [rows, columns]);
}

/** Along one axis of pictures, the rows or the columns, the product with a matrix `[to, from]`. */
export function alongAxis(pictures: Tensor4D, axis: 1 | 2, matrix: Tensor): Tensor4D {
  const order = axis === 1 ? [1, 0, 2, 3] : [2, 0, 1, 3];
  const first = transpose(pictures, order);
  const [from, ...rest] = first.shape as [number, ...number[]];
  const product = reshape(matMul(matrix, reshape(first, [from, -1])), [matrix.shape[0]!, ...rest]);
  return transpose(product, axis === 1 ? [1, 0, 2, 3] : [1, 2, 0, 3]) as Tensor4D;
}
