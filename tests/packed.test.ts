import '@tensorflow/tfjs-backend-cpu';
import { mlpDiscriminator, packed } from '@gan/architectures';
import type { Network, Round, Tensors } from '@gan/core';
import { checkTerm } from '@gan/core/testing';
import { engine } from '@gan/engine';
import {
  gradientPenalty,
  hinge,
  leastSquares,
  minimax,
  nonSaturating,
  r1,
  relativistic,
  topK,
  wasserstein,
} from '@gan/losses';
import { matMul, setBackend, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

const terms = [
  nonSaturating(),
  minimax(),
  hinge(),
  wasserstein({ clip: 0.1 }),
  leastSquares(),
  relativistic(),
  topK({ period: 1, decay: 0.5 }, hinge()),
  r1({ gamma: 1 }),
  gradientPenalty({ weight: 10 }),
];

describe('a judge of packs of two', () => {
  beforeAll(async () => {
    await engine({ use: 'cpu' });
    await setBackend('cpu');
  });

  it.each(terms.map((term) => [term.name, term] as const))('serves %s', async (_, term) => {
    const head: 'linear' | 'sigmoid' = term.reads.score;
    await checkTerm(term, { judge: packed(mlpDiscriminator({ sample: [4], units: 8, head }), { size: 2 }) as Network });
  });

  it('has one slope for all of a pack', () => {
    const weights = { parameters: { w: tensor([[3], [4]]) }, state: {} };
    const plane: Network = {
      inputs: { sample: [2] },
      outputs: { score: 'linear' },
      init: () => weights,
      apply: ({ parameters, state }, { sample }) => ({
        outputs: { score: matMul(sample as Tensor2D, parameters['w'] as Tensor2D) },
        state,
      }),
    };
    const judge = (inputs: Tensors) =>
      packed(plane, { size: 2 }).apply(weights, inputs, { training: true, random: undefined as never }).outputs;
    const round = { samples: { real: { sample: tensor([[1], [2], [3], [4]]) } }, judge } as unknown;
    const value = tidy(() => r1({ gamma: 2 }).discriminator!(round as Round<{ readonly score: 'linear' }, 'real'>));
    // |(3, 4)|^2, in each of two packs
    expect(value.dataSync()[0]).toBe(25);
  });
});
