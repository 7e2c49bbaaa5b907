import { factor } from './factor.js';
import type { Moments } from './moments.js';
import { symmetricEigenvalues } from './symmetric-eigenvalues.js';

const trace = (matrix: Float64Array, size: number): number => {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += matrix[i * size + i]!;
  return sum;
};

/**
 * tr((A^{1/2} B A^{1/2})^{1/2}) for two covariances. With A = L L^T and B = M M^T it is the sum of the singular values
 * of L^T M, which are the positive eigenvalues of [[0, L^T M], [M^T L, 0]]: never squared, they keep all their digits,
 * where the square root of A B keeps half.
 */
function traceOfRoot(a: Float64Array, b: Float64Array, size: number): number {
  const left = factor(a, size).columns;
  const right = factor(b, size).columns;
  const width = left.length + right.length;
  if (left.length === 0 || right.length === 0) return 0;
  const both = new Float64Array(width * width);
  left.forEach((l, i) => {
    right.forEach((r, j) => {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += l[k]! * r[k]!;
      const column = left.length + j;
      both[i * width + column] = both[column * width + i] = sum;
    });
  });
  return symmetricEigenvalues(both, width).reduce((sum, value) => sum + Math.abs(value), 0) / 2;
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
