import '@tensorflow/tfjs-backend-cpu';
import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import {
  type AnyTerm,
  adam,
  type Dataset,
  every,
  type Game,
  game,
  gan,
  layersNetwork,
  on,
  type Training,
  train,
} from '@gan/core';
import { ring } from '@gan/data';
import { registerGradients } from '@gan/engine';
import {
  consistency,
  diversitySensitive,
  dragan,
  drift,
  featureMatching,
  gradientPenalty,
  historicalAveraging,
  latentConsistency,
  leCam,
  lipschitzPenalty,
  modeSeeking,
  nonSaturating,
  orthogonal,
  pathLength,
  r1,
  r2,
  zeroCenteredPenalty,
} from '@gan/losses';
import { add, memory, mul, setBackend, tidy } from '@tensorflow/tfjs-core';
import { input, layers, type SymbolicTensor, sequential, model as tfModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';

const data = ring();
const optimizer = adam({ learningRate: 5e-3, beta1: 0.5 });

/** Some steps, each of whose losses is finite; those of the last. */
async function played(training: Training, steps: number): Promise<Record<string, number>> {
  for await (const step of training) {
    const losses = await step.losses();
    for (const [name, value] of Object.entries(losses))
      expect(Number.isFinite(value), `${name} is ${value}`).toBe(true);
    if (training.steps === steps) return losses;
  }
  throw new Error('training ended by itself');
}

beforeAll(async () => {
  await setBackend('cpu');
  registerGradients();
});

describe('regularisers in a conditional game of perceptrons', () => {
  const regularisers: readonly AnyTerm[] = [
    r1({ gamma: 0.1 }),
    r2({ gamma: 0.1 }),
    gradientPenalty({ weight: 1, oneSided: true }),
    zeroCenteredPenalty({ weight: 1 }),
    lipschitzPenalty({ weight: 0.1 }),
    dragan({ weight: 1 }),
    drift({ weight: 0.001 }),
    leCam({ weight: 0.1 }),
    consistency({ real: 1, fake: 1, augment: (points, random) => add(points, mul(random.normal(points.shape), 0.02)) }),
    latentConsistency({ discriminator: 1, generator: 0.1, noise: 0.03 }),
    pathLength({ weight: 0.1 }),
    modeSeeking({ weight: 0.1 }),
    diversitySensitive({ weight: 0.1, bound: 1 }),
    orthogonal({ weight: 1e-3, side: 'discriminator' }),
    orthogonal({ weight: 1e-3, side: 'generator', unit: true }),
    historicalAveraging({ weight: 0.1, side: 'discriminator' }),
    historicalAveraging({ weight: 0.1, side: 'generator' }),
  ];

  it('all stand beside a loss at once, on time or lazily, and leave nothing behind', async () => {
    const before = memory().numTensors;
    const model = gan({
      generator: mlpGenerator({ ...data.ports, units: 16, latents: 4 }),
      discriminator: mlpDiscriminator({ ...data.ports, units: 16, condition: 'projection' }),
      objective: [nonSaturating(), ...regularisers.map((term, i) => (i % 3 === 2 ? every(2, term) : term))],
      optimizer,
    });
    const training = train(model, { data, batchSize: 8, seed: 1 });
    const losses = await played(training, 5);
    // The loss on both sides, that of latents on both, and each of the others on one.
    expect(Object.keys(losses).length).toBe(2 + regularisers.length + 1);
    training.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('feature matching', () => {
  it('teaches a generator by the features of a judge that learns from its score', async () => {
    const before = memory().numTensors;
    const afar: Dataset<{ readonly sample: readonly [2] }> = {
      ports: { sample: [2] },
      size: Number.POSITIVE_INFINITY,
      batch: async ({ size, random }) => ({ sample: tidy(() => add(mul(random.normal([size, 2]), 0.1), [1, -1])) }),
    };
    const discriminator = layersNetwork({
      inputs: { sample: [2] },
      outputs: { score: 'linear', features: 'features' },
      model: () => {
        const points = input({ shape: [2] });
        const features = layers.dense({ units: 16, activation: 'tanh' }).apply(points) as SymbolicTensor;
        const score = layers.dense({ units: 1 }).apply(features) as SymbolicTensor;
        return tfModel({ inputs: points, outputs: [score, features] });
      },
    });
    const training = train(
      gan({
        generator: mlpGenerator({ sample: [2], units: 16, latents: 4 }),
        discriminator,
        objective: [drift({ weight: 1 }), featureMatching(), gradientPenalty({ weight: 1 })],
        optimizer,
      }),
      { data: afar, batchSize: 32, seed: 3 },
    );
    const { 'generator/feature-matching': first } = await played(training, 1);
    const { 'generator/feature-matching': last } = await played(training, 100);
    // Fakes begin around 0; means of 32 that are alike differ by chance alone.
    expect(last).toBeLessThan(first! / 4);
    training.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('path length through a mapping network', () => {
  const network = (inputs: string, outputs: string, wide: number, out: number) =>
    layersNetwork({
      inputs: { [inputs]: [wide] },
      outputs: { [outputs]: [out] },
      model: () =>
        sequential({
          layers: [layers.dense({ units: 16, activation: 'tanh', inputShape: [wide] }), layers.dense({ units: out })],
        }),
    });
  it('teaches both networks, and keeps its running mean in the checkpoint', async () => {
    const before = memory().numTensors;
    const model = game({
      networks: { mapping: network('latents', 'styles', 3, 4), synthesis: network('styles', 'sample', 4, 2) },
      samples: {
        latents: { normal: [3] },
        styles: { by: 'mapping', output: 'styles' },
        fake: { by: 'synthesis' },
      },
      objective: [on({ fake: 'fake' }, pathLength({ weight: 1, decay: 0.9 }))],
      players: { generator: { trains: ['mapping', 'synthesis'], optimizer } },
    } as never) as unknown as Game;
    const points = { ports: {}, size: Number.POSITIVE_INFINITY, batch: async () => ({}) };
    const training = train(model, { data: points as never, batchSize: 16, seed: 2 });
    const kernels = () =>
      ['mapping', 'synthesis'].map((name) => {
        const { parameters } = training.network(name).weights;
        return Array.from(Object.values(parameters)[0]!.dataSync());
      });
    const start = kernels();
    // The mean is 0 at first, and the penalty the square of the length itself.
    const { 'generator/path-length': first } = await played(training, 1);
    const { 'generator/path-length': last } = await played(training, 80);
    expect(last).toBeLessThan(first! / 10);
    for (const [i, kernel] of kernels().entries()) expect(kernel).not.toEqual(start[i]);
    const { tensors } = await training.checkpoint();
    expect(tensors['terms/0/mean']!.values[0]).toBeGreaterThan(0);
    training.dispose();
    expect(memory().numTensors).toBe(before);
  });
});
