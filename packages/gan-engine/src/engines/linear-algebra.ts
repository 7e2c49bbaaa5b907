import type { LinearAlgebra, Matrix } from '@gan/core';
import type { aten, Numbers } from '@gan/tfjs-backend-torch';

const numbersOf = ({ rows, columns, values }: Matrix): Numbers => ({ shape: [rows, columns], values });

/** Linear algebra by LAPACK and BLAS as libtorch has them. */
export function linearAlgebra(door: typeof aten): LinearAlgebra {
  const multiply = door('mm');
  const svdvals = door('linalg_svdvals');
  return {
    product: (a, b) => {
      const { values } = multiply(numbersOf(a), numbersOf(b));
      return { rows: a.rows, columns: b.columns, values: values as Float64Array };
    },
    singularValues: (matrix) => svdvals(numbersOf(matrix)).values as Float64Array,
  };
}
