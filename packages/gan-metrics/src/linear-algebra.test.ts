import { useEngine } from '@gan/core';
import { afterEach, describe, expect, it } from 'vitest';
import { linearAlgebra } from './linear-algebra.js';

afterEach(() => useEngine(undefined));

const matrix = (rows: number, columns: number, ...values: number[]) => ({
  rows,
  columns,
  values: Float64Array.from(values),
});

describe('linear algebra without an engine', () => {
  it('multiplies', () => {
    // [1 2 3] [[1 2] [3 4] [5 6]] = [1 + 6 + 15, 2 + 8 + 18]
    expect(linearAlgebra().product(matrix(1, 3, 1, 2, 3), matrix(3, 2, 1, 2, 3, 4, 5, 6))).toEqual(
      matrix(1, 2, 22, 28),
    );
  });

  it('finds the singular values of matrices of any sides, descending', () => {
    // Rows at right angles, of lengths 5 and 2.
    const expected = [5, 2];
    for (const of of [matrix(2, 3, 3, 0, 4, 0, 2, 0), matrix(3, 2, 3, 0, 0, 2, 4, 0)]) {
      const found = linearAlgebra().singularValues(of);
      expect(found).toHaveLength(2);
      for (const [i, value] of found.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-14);
    }
  });

  it('finds that a matrix of rank one has one, and no negative ones', () => {
    // [1, 2] [3, 4]^T: sqrt(5) * 5.
    const [first, second] = linearAlgebra().singularValues(matrix(2, 2, 3, 4, 6, 8));
    expect(Math.abs(first! - 5 * Math.sqrt(5))).toBeLessThan(1e-14);
    expect(second).toBeGreaterThanOrEqual(0);
    expect(second).toBeLessThan(1e-14);
  });
});
