/** A matrix of `columns` columns, one after another, each of `rows` numbers. */
export interface Columns {
  readonly rows: number;
  readonly columns: readonly Float64Array[];
}

/**
 * A factor L with `L L^T = matrix`, of as many columns as the matrix has rank: Cholesky's with complete pivoting, ended
 * where the largest pivot left is `size * epsilon` times the largest of the matrix (the rule of LAPACK's `dpstrf`), so
 * that the covariance of fewer samples than features is as good as any.
 *
 * @param matrix Row-major, `size` x `size`, symmetric and positive semi-definite up to rounding.
 */
export function factor(matrix: Float64Array, size: number): Columns {
  const left = Float64Array.from({ length: size }, (_, i) => matrix[i * size + i]!);
  const least = size * Number.EPSILON * left.reduce((most, value) => Math.max(most, value), 0);
  const columns: Float64Array[] = [];
  while (columns.length < size) {
    const pivot = left.reduce((best, value, i) => (value > left[best]! ? i : best), 0);
    if (!(left[pivot]! > least)) break;
    const column = matrix.slice(pivot * size, (pivot + 1) * size);
    for (const earlier of columns) {
      const factorOfPivot = earlier[pivot]!;
      for (let i = 0; i < size; i++) column[i]! -= factorOfPivot * earlier[i]!;
    }
    const root = Math.sqrt(left[pivot]!);
    for (let i = 0; i < size; i++) {
      column[i] = left[i] === Number.NEGATIVE_INFINITY ? 0 : i === pivot ? root : column[i]! / root;
      left[i]! -= column[i]! * column[i]!;
    }
    left[pivot] = Number.NEGATIVE_INFINITY;
    columns.push(column);
  }
  return { rows: size, columns };
}
