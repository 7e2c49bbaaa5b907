import { eye, matMul, reshape, type Tensor2D, transpose } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { inScopes } from '../network.fixture.js';
import { orthogonalKernel } from './orthogonal-kernel.js';

describe('orthogonalKernel', () => {
  inScopes();

  it.each([
    ['columns of length 1 at right angles in a kernel of a convolution', [3, 3, 2, 7]],
    ['rows of them where they are fewer', [3, 5]],
    ['both in a square', [6, 6]],
    ['columns, more than are taken out at once', [3, 3, 2, 13]],
  ])('has %s', (_, shape) => {
    const matrix = reshape(orthogonalKernel().apply(shape), [-1, shape.at(-1)!]) as Tensor2D;
    const [rows, columns] = matrix.shape;
    const across = rows < columns ? transpose(matrix) : matrix;
    const products = matMul(across, across, true);
    const wanted = eye(Math.min(rows, columns)).dataSync();
    for (const [i, value] of products.dataSync().entries()) expect(value).toBeCloseTo(wanted[i]!, 6);
  });

  it('leans to no side: entries are as often below 0 as above', () => {
    const signs = Array.from({ length: 200 }, () => Math.sign(orthogonalKernel().apply([2, 2]).dataSync()[0]!));
    // 200 tosses of a coin: their sum is within 60, more than four deviations of 14, of 0.
    expect(Math.abs(signs.reduce((sum, sign) => sum + sign, 0))).toBeLessThan(60);
  });

  it('is stored under the name that tfjs-layers makes one from', () => {
    const layer = layers.dense({ units: 2, kernelInitializer: orthogonalKernel() });
    expect(layer.getConfig()).toMatchObject({ kernelInitializer: { className: 'Orthogonal' } });
  });
});
