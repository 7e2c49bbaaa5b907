import '@tensorflow/tfjs-backend-cpu';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { pixelNormalization } from './pixel-normalization.js';

describe('pixelNormalization', () => {
  it('brings the channels of each place to a mean square of 1, whatever their scale', () => {
    // (3, 4): the mean square is 12.5, its root 3.5355.
    const x = tensor([3, 4, 300, 400, 0, 0], [1, 1, 3, 2]);
    const y = pixelNormalization().apply(x) as Tensor;
    const root = Math.sqrt(12.5);
    [3 / root, 4 / root, 3 / root, 4 / root, 0, 0].forEach((value, i) => {
      expect(y.dataSync()[i]).toBeCloseTo(value, 6);
    });
    x.dispose();
    y.dispose();
  });
});
