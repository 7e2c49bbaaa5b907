import { div, matMul, maximum, sqrt, type Tensor2D } from '@tensorflow/tfjs-core';

/** A matrix's singular vectors of its largest singular value, as columns. */
export interface SingularVectors {
  /** On the side of the columns. */
  readonly u: Tensor2D;
  /** On the side of the rows. */
  readonly v: Tensor2D;
}

/** A column of length 1; zeros stay zeros. */
const unit = (column: Tensor2D): Tensor2D => div(column, maximum(sqrt(matMul(column, column, true)), 1e-12));

/** What v and u become in so many rounds of v <- W u / |W u|, u <- W^T v / |W^T v|, for W of `[rows, columns]`. */
export function powerIteration(matrix: Tensor2D, start: Tensor2D, rounds: number): SingularVectors {
  let [u, v] = [start, start];
  for (let round = 0; round < rounds; round++) {
    v = unit(matMul(matrix, u));
    u = unit(matMul(matrix, v, true));
  }
  return { u, v };
}
