import type { Matrix } from '@gan/core';
import { factor } from './factor.js';
import { linearAlgebra } from './linear-algebra.js';
import type { Moments } from './moments.js';

const trace = (matrix: Float64Array, size: number): number => {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += matrix[i * size + i]!;
  return sum;
};

/** Rows as a matrix, and the same turned. */
const rowsOf = (rows: readonly Float64Array[], columns: number): Matrix => {
  const values = new Float64Array(rows.length * columns);
  for (const [i, row] of rows.entries()) values.set(row, i * columns);
  return { rows: rows.length, columns, values };
};
const columnsOf = (columns: readonly Float64Array[], rows: number): Matrix => {
  const values = new Float64Array(rows * columns.length);
  for (const [j, column] of columns.entries())
    for (let i = 0; i < rows; i++) values[i * columns.length + j] = column[i]!;
  return { rows, columns: columns.length, values };
};

/**
 * tr((A^{1/2} B A^{1/2})^{1/2}) for two covariances. With A = L L^T and B = M M^T it is the sum of the singular values
 * of L^T M: never squared, they keep all their digits, where the square root of A B keeps half.
 */
function traceOfRoot(a: Float64Array, b: Float64Array, size: number): number {
  const left = factor(a, size).columns;
  const right = factor(b, size).columns;
  if (left.length === 0 || right.length === 0) return 0;
  const { product, singularValues } = linearAlgebra();
  return singularValues(product(rowsOf(left, size), columnsOf(right, size))).reduce((sum, value) => sum + value, 0);
}

/**
 * The Fréchet distance between two Gaussians, squared as is the custom:
 *
 *     |m1 - m2|^2 + tr(C1 + C2 - 2 (C1^{1/2} C2 C1^{1/2})^{1/2})
 *
 * in float64; at least 0, and symmetric. Covariances of less than full rank need no special care.
 *
 * @throws TypeError if the two have different numbers of features.
 * @see Heusel et al. (2017), arXiv:1706.08500, equation 6; Dowson, Landau (1982), Journal of Multivariate Analysis 12.
 */
export function frechetDistanceBetween(a: Moments, b: Moments): number {
  const size = a.mean.length;
  if (b.mean.length !== size)
    throw new TypeError(`moments of ${size} features cannot be compared with moments of ${b.mean.length}`);
  const apart = a.mean.reduce((sum, value, i) => sum + (value - b.mean[i]!) ** 2, 0);
  const spread = trace(a.covariance, size) + trace(b.covariance, size);
  return Math.max(0, apart + spread - 2 * traceOfRoot(a.covariance, b.covariance, size));
}
