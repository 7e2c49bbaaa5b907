import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';

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
