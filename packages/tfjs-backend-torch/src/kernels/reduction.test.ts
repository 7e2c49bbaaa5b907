import { setBackend, tidy, zeros } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeOnTorch, one } from '../differential.fixture.js';

describeOnTorch('reductions of nothing', () => {
  /** A kernel along the last axis of `[2, 0]`. */
  const ofNothing = (kernel: string, dtype: 'float32' | 'int32' | 'bool' = 'float32') =>
    tidy(() => {
      setBackend('torch');
      const axes = { axis: [1], reductionIndices: [1], keepDims: false };
      return [...one(kernel, { x: zeros([2, 0], dtype) }, axes).dataSync()];
    });

  it('give the neutral element', () => {
    expect(ofNothing('Sum')).toEqual([0, 0]);
    expect(ofNothing('Prod')).toEqual([1, 1]);
    expect(ofNothing('All', 'bool')).toEqual([1, 1]);
    expect(ofNothing('Any', 'bool')).toEqual([0, 0]);
    expect(ofNothing('Max')).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect(ofNothing('Min')).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(ofNothing('Max', 'int32')).toEqual([-(2 ** 31), -(2 ** 31)]);
    expect(ofNothing('Min', 'int32')).toEqual([2 ** 31 - 1, 2 ** 31 - 1]);
  });

  it('have no mean', () => {
    expect(ofNothing('Mean')).toEqual([Number.NaN, Number.NaN]);
  });
});
