import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, gan } from '@gan/core';
import { nonSaturating, r1 } from '@gan/losses';
import type { BenchmarkModel } from './model.js';

/** The perceptrons of examples/01 for points of the plane, with its R1 in every step, one update of each network a step. There is no size to choose. */
export const model: BenchmarkModel = () => {
  const sample = [2] as const;
  return {
    sample,
    game: gan({
      generator: mlpGenerator({ sample, latents: 2 }),
      discriminator: mlpDiscriminator({ sample }),
      objective: [nonSaturating(), r1({ gamma: 0.02 })],
      optimizer: adam({ learningRate: 2e-3, beta1: 0.5, beta2: 0.99 }),
    }),
  };
};
