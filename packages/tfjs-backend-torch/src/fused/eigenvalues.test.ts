import { expect, it } from 'vitest';
import { describeOnTorch } from '../differential.fixture.js';
import { symmetricEigenvalues } from './eigenvalues.js';

describeOnTorch('eigenvalues of a symmetric matrix', () => {
  it('are those of the second difference, in float64 and ascending', () => {
    const size = 40;
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      matrix[i * size + i] = 2;
      if (i > 0) matrix[i * size + i - 1] = matrix[(i - 1) * size + i] = -1;
    }
    // 2 - 2 cos(k pi / (n + 1)), a closed form.
    symmetricEigenvalues(matrix, size).forEach((value, index) => {
      expect(Math.abs(value - (2 - 2 * Math.cos(((index + 1) * Math.PI) / (size + 1))))).toBeLessThan(1e-13);
    });
  });

  it('need as many numbers as the size says', () => {
    expect(() => symmetricEigenvalues(new Float64Array(5), 2)).toThrow(
      'a tensor of shape [2,2] needs 4 values, but got 5',
    );
  });
});
