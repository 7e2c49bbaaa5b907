import { currentEngine, useEngine } from '@gan/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engine } from '../engine.js';

describe.skipIf(!process.env['GAN_LIBTORCH'])("libtorch's linear algebra (needs libtorch: set GAN_LIBTORCH)", () => {
  beforeAll(() => engine({ use: 'torch-cpu' }));
  afterAll(() => useEngine(undefined));

  it('is in float64: the singular values of the second difference, descending', () => {
    const size = 40;
    const values = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      values[i * size + i] = 2;
      if (i > 0) values[i * size + i - 1] = values[(i - 1) * size + i] = -1;
    }
    const found = currentEngine()!.linearAlgebra!.singularValues({ rows: size, columns: size, values });
    // 2 - 2 cos(k pi / (n + 1)), a closed form, all of them positive.
    for (const [i, value] of found.entries())
      expect(Math.abs(value - (2 - 2 * Math.cos(((size - i) * Math.PI) / (size + 1))))).toBeLessThan(1e-13);
  });

  it('multiplies', () => {
    // [1 2] [[1] [2 ** -40]] = [1 + 2 ** -39], which float32 cannot hold.
    const a = { rows: 1, columns: 2, values: Float64Array.of(1, 2) };
    const b = { rows: 2, columns: 1, values: Float64Array.of(1, 2 ** -40) };
    expect(currentEngine()!.linearAlgebra!.product(a, b)).toEqual({
      rows: 1,
      columns: 1,
      values: Float64Array.of(1 + 2 ** -39),
    });
  });
});
