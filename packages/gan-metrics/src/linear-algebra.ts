import { currentEngine, type LinearAlgebra, type Matrix } from '@gan/core';
import { EigenvalueDecomposition, Matrix as Rows } from 'ml-matrix';

/** `a b`, row by row of `b`, which lie one after another in memory. */
function product(a: Matrix, b: Matrix): Matrix {
  const values = new Float64Array(a.rows * b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++) {
      const factor = a.values[i * a.columns + k]!;
      for (let j = 0; j < b.columns; j++) values[i * b.columns + j]! += factor * b.values[k * b.columns + j]!;
    }
  return { rows: a.rows, columns: b.columns, values };
}

/**
 * The positive eigenvalues of `[[0, A], [A^T, 0]]`, where each singular value of A is one and its negative another: never
 * squared, they keep all their digits.
 */
function singularValues({ rows, columns, values }: Matrix): Float64Array {
  const both = Rows.zeros(rows + columns, rows + columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      both.set(i, rows + j, values[i * columns + j]!);
      both.set(rows + j, i, values[i * columns + j]!);
    }
  const { realEigenvalues } = new EigenvalueDecomposition(both, { assumeSymmetric: true });
  const descending = Float64Array.from(realEigenvalues).sort().reverse();
  return descending.slice(0, Math.min(rows, columns)).map((value) => Math.max(0, value));
}

const javascript: LinearAlgebra = { product, singularValues };

/**
 * Linear algebra in float64: the engine's where it has one, else JavaScript's and ml-matrix's (some 40 ms for the singular
 * values at 64 x 64, and cubic in the size).
 */
export const linearAlgebra = (): LinearAlgebra => currentEngine()?.linearAlgebra ?? javascript;
