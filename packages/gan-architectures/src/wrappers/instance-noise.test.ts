import { type Dataset, defineTerm, gan, random, sgd, type Tensors, train } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { mean, neg, sub, type Tensor, tensor1d, zeros } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { mlpDiscriminator, mlpGenerator } from '../index.js';
import { stack } from '../judge-layers.fixture.js';
import { inScopes, withWeights } from '../network.fixture.js';
import { type InstanceNoiseOptions, instanceNoise } from './instance-noise.js';

/** What the judge inside sees of 1000 zeros. */
const seen = (options: InstanceNoiseOptions, mode: object = {}): number[] => {
  const judge = instanceNoise(
    stack([1], () => [layers.activation({ activation: 'linear' })]),
    options,
  );
  return withWeights(judge, (weights) => {
    const { outputs } = judge.apply(
      weights,
      { sample: zeros([1000, 1]) },
      { training: true, random: random(1), ...mode },
    );
    return Array.from((outputs as Tensors)['features']!.dataSync());
  });
};
const deviation = (values: readonly number[]) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);

const critic = defineTerm({
  name: 'critic',
  reads: { score: 'linear' },
  discriminator: ({ real, fake }) => sub(mean(fake.score), mean(real.score)),
  generator: ({ fake }) => neg(mean(fake.score)),
});
const data: Dataset<{ readonly sample: readonly [1] }> = {
  ports: { sample: [1] },
  size: Number.POSITIVE_INFINITY,
  batch: async ({ size }) => ({ sample: zeros([size, 1]) }),
};

describe('instanceNoise', () => {
  inScopes();

  it('adds normal noise of the given deviation, to each sample its own', () => {
    // 1000 draws: the deviation of their deviation is 0.5 / sqrt(2000) = 0.011.
    const values = seen({ deviation: 0.5 });
    expect(Math.abs(deviation(values) - 0.5)).toBeLessThan(0.04);
    expect(new Set(values).size).toBeGreaterThan(990);
  });

  it('follows a schedule, from step 0', () => {
    const fading = { deviation: (step: number) => Math.max(0, 1 - step / 10) };
    const [start, middle, end] = [0, 5, 10].map((step) => deviation(seen(fading, { step })));
    expect(middle! / start!).toBeCloseTo(0.5, 5);
    expect(end).toBe(0);
  });

  it('is told the number of the step by training', async () => {
    const steps: number[] = [];
    const deviation = (step: number) => {
      steps.push(step);
      return 0;
    };
    const training = train(
      gan({
        generator: mlpGenerator({ sample: [1], latents: 2, units: 2 }),
        discriminator: instanceNoise(mlpDiscriminator({ sample: [1], units: 2 }), { deviation }),
        objective: [critic],
        optimizer: sgd({ learningRate: 0.1 }),
      }),
      { data, batchSize: 2, seed: 1 },
    );
    for await (const _ of training) if (training.steps === 3) break;
    training.dispose();
    expect([...new Set(steps)]).toEqual([0, 1, 2]);
  });

  it('leaves inference alone, and class ids', () => {
    expect(deviation(seen({ deviation: 1 }, { training: false }))).toBe(0);
    const judge = mlpDiscriminator({ sample: [1], classes: 3, units: 4 });
    const noisy = instanceNoise(
      {
        ...judge,
        apply: (weights, inputs, mode) => {
          expect(Array.from((inputs['classes'] as Tensor).dataSync())).toEqual([2, 0]);
          return judge.apply(weights, inputs, mode);
        },
      },
      { deviation: 1 },
    );
    withWeights(noisy, (weights) => {
      const inputs = { sample: zeros([2, 1]), classes: tensor1d([2, 0], 'int32') };
      noisy.apply(weights, inputs, { training: true, random: random(1) });
    });
  });

  it('refuses a negative deviation, at construction or in its step', () => {
    const sentence = new TypeError('deviation must be a finite number of at least 0, but is -1');
    expect(() => seen({ deviation: -1 })).toThrow(sentence);
    expect(() => seen({ deviation: (step) => 1 - step }, { step: 2 })).toThrow(sentence);
  });

  it('keeps the contract of a network', () =>
    checkNetwork(instanceNoise(mlpDiscriminator({ sample: [2], classes: 3, units: 4 }), { deviation: 0.1 })));
});
