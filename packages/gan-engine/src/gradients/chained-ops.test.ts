import '@tensorflow/tfjs-backend-cpu';
import { eye, matMul, memory, setBackend, sub, tidy } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerChainedOps } from './chained-ops.js';

beforeAll(async () => {
  await setBackend('cpu');
  registerChainedOps();
});

describe('registerChainedOps', () => {
  it('lets the Orthogonal initialiser of tfjs-layers make orthonormal columns', () => {
    const before = memory().numTensors;
    const error = tidy(() => {
      const w = initializers.orthogonal({ gain: 1, seed: 3 }).apply([4, 4]);
      return Math.max(
        ...sub(matMul(w, w, true), eye(4))
          .dataSync()
          .map(Math.abs),
      );
    });
    expect(error).toBeLessThan(1e-5);
    expect(memory().numTensors).toBe(before);
  });
});
