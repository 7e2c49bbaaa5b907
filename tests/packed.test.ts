import '@tensorflow/tfjs-backend-cpu';
import { mlpDiscriminator, mlpGenerator, packed } from '@gan/architectures';
import { gan, type Network, type Round, sgd, type Tensors, train } from '@gan/core';
import { checkTerm } from '@gan/core/testing';
import { ring } from '@gan/data';
import { engine } from '@gan/engine';
import {
  consistency,
  dragan,
  drift,
  dualContrastive,
  fGan,
  gradientPenalty,
  hinge,
  leastSquares,
  leCam,
  lipschitzPenalty,
  minimax,
  nonSaturating,
  pearson,
  r1,
  r2,
  relativistic,
  relativisticAverage,
  softmaxGan,
  topK,
  wasserstein,
  wassersteinDivergence,
  zeroCenteredPenalty,
} from '@gan/losses';
import { add, matMul, setBackend, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

/** Every term that reads scores of real samples and fakes. */
const terms = [
  nonSaturating(),
  minimax(),
  hinge(),
  wasserstein(),
  leastSquares(),
  relativistic(),
  relativisticAverage(),
  softmaxGan(),
  dualContrastive(),
  fGan({ divergence: pearson }),
  topK({ period: 1, decay: 0.5 }, hinge()),
  r1({ gamma: 1 }),
  r2({ gamma: 1 }),
  gradientPenalty({ weight: 10 }),
  zeroCenteredPenalty({ weight: 10 }),
  lipschitzPenalty({ weight: 10 }),
  wassersteinDivergence({ weight: 2, power: 6 }),
  dragan({ weight: 10 }),
  leCam({ weight: 1 }),
  drift({ weight: 1 }),
  consistency({ real: 10, fake: 10, augment: (samples, random) => add(samples, random.normal(samples.shape)) }),
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

  it('takes its place in gan(), where a batch that does not divide into packs is a sentence', async () => {
    const data = ring();
    const model = gan({
      generator: mlpGenerator({ sample: data.ports.sample, latents: 2, units: 4 }),
      discriminator: packed(mlpDiscriminator({ sample: [4], units: 4 }), { size: 2 }),
      objective: [hinge(), r1({ gamma: 1 })],
      optimizer: sgd({ learningRate: 0.01 }),
    });
    const losses = async (batchSize: number) => {
      const training = train(model, { data, batchSize, seed: 1 });
      try {
        const { value: step } = await training[Symbol.asyncIterator]().next();
        return await (step as { losses: () => Promise<Record<string, number>> }).losses();
      } finally {
        training.dispose();
      }
    };
    for (const loss of Object.values(await losses(4))) expect(Number.isFinite(loss)).toBe(true);
    await expect(losses(5)).rejects.toThrow(
      "a batch of 5 does not divide into packs of 2, as which 'sample' is judged",
    );
    expect(() =>
      gan({
        generator: mlpGenerator({ sample: [2], latents: 2 }),
        // @ts-expect-error a judge of pairs of maps
        discriminator: packed(mlpDiscriminator({ sample: [2, 4] }), { size: 2 }),
        objective: [hinge()],
        optimizer: sgd({ learningRate: 0.01 }),
      }),
    ).toThrow('the discriminator judges 2x2, but the generator makes 2');
  });
});
