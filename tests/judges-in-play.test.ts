import '@tensorflow/tfjs-backend-cpu';
import {
  instanceNoise,
  minibatchDiscrimination,
  minibatchStandardDeviation,
  spectralNormalization,
  virtualBatchNormalization,
  withReferenceBatch,
} from '@gan/architectures';
import { adam, every, gan, layersNetwork, type Network, train } from '@gan/core';
import { checkTerm } from '@gan/core/testing';
import { ring } from '@gan/data';
import { engine } from '@gan/engine';
import { hinge, nonSaturating, r1, topK } from '@gan/losses';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';

/** A judge of points, with layers between two dense ones. */
const judge = (between: () => readonly layers.Layer[], bounded = false) => {
  const dense = (units: number, inputShape?: number[]) => {
    const layer = layers.dense({ units, ...(inputShape ? { inputShape } : {}) });
    return bounded ? spectralNormalization({ layer }) : layer;
  };
  return layersNetwork({
    inputs: { sample: [2] },
    outputs: { score: 'linear' },
    model: () =>
      sequential({ layers: [dense(8, [2]), layers.activation({ activation: 'softplus' }), ...between(), dense(1)] }),
  });
};

const judges: Readonly<Record<string, () => Network>> = {
  'spectral norm': () => judge(() => [], true),
  'minibatch standard deviation': () => judge(() => [minibatchStandardDeviation({ group: 2 })]),
  'minibatch discrimination': () => judge(() => [minibatchDiscrimination({ features: 3, dimensions: 2 })]),
  'virtual batch norm': () =>
    withReferenceBatch(
      judge(() => [virtualBatchNormalization()]),
      { size: 3 },
    ),
  'instance noise': () =>
    instanceNoise(
      judge(() => []),
      { deviation: (step) => 0.1 / (step + 1) },
    ),
};

describe('a judge with', () => {
  beforeAll(() => engine({ use: 'cpu' }));

  it.each(Object.keys(judges))(
    '%s plays, repeats itself, and goes on after a checkpoint as if never stopped',
    async (name) => {
      for (const term of [hinge(), r1({ gamma: 1 })]) await checkTerm(term, { judge: judges[name]!() });
    },
  );
});

describe('all of them at once', () => {
  beforeAll(() => engine({ use: 'cpu' }));

  it('train on the ring, with averages of what is a reference batch too', async () => {
    const data = ring();
    const generator = withReferenceBatch(
      layersNetwork({
        inputs: { latents: [4] },
        outputs: { sample: [2] },
        model: () =>
          sequential({
            layers: [
              layers.dense({ units: 16, inputShape: [4], useBias: false }),
              virtualBatchNormalization(),
              layers.reLU(),
              layers.dense({ units: 2 }),
            ],
          }),
      }),
      { size: 8 },
    );
    const training = train(
      gan({
        generator,
        discriminator: instanceNoise(
          judge(() => [minibatchStandardDeviation(), minibatchDiscrimination({ features: 2 })], true),
          { deviation: 0.05 },
        ),
        objective: [topK({ period: 10 }, nonSaturating({ smoothing: 0.1 })), every(2, r1({ gamma: 0.1 }))],
        optimizer: adam({ learningRate: 1e-3, beta1: 0 }),
        averaged: 0.9,
      }),
      { data, batchSize: 16, seed: 1 },
    );
    for await (const step of training) {
      for (const loss of Object.values(await step.losses())) expect(Number.isFinite(loss)).toBe(true);
      if (training.steps === 5) break;
    }
    training.dispose();
  });
});
