import { currentEngine } from '@gan/core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * The eigenvalues of a symmetric matrix in float64, ascending: by the engine where it offers that, else by ml-matrix
 * (some 40 ms at 128 x 128, and cubic in the size).
 *
 * @param matrix Row-major, `size` x `size`, finite.
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const engine = currentEngine();
  if (engine?.symmetricEigenvalues) return engine.symmetricEigenvalues(matrix, size);
  const rows = Matrix.from1DArray(size, size, matrix);
  const { realEigenvalues } = new EigenvalueDecomposition(rows, { assumeSymmetric: true });
  return Float64Array.from(realEigenvalues).sort();
}
