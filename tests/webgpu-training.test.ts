import { dcganDiscriminator, dcganGenerator, resnetDiscriminator, resnetGenerator } from '@gan/architectures';
import {
  adam,
  type Checkpoint,
  type Dataset,
  evaluate,
  gan,
  type Optimizer,
  sgd,
  type Training,
  train,
} from '@gan/core';
import { engine } from '@gan/engine';
import { gradientPenalty, hinge, nonSaturating, r1, wasserstein } from '@gan/losses';
import { frechetDistance, pooledPixels } from '@gan/metrics';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { pictures } from './pictures.fixture.js';

/** Whole trainings through WebGPU, beside the same ones in JavaScript. */

const absent = await engine({ use: 'webgpu' }).then(
  () => '',
  (cause: Error) => ` (skipped: ${cause.message})`,
);

const large = [32, 32, 1] as const;
const labelled: Dataset<{ readonly sample: typeof large; readonly classes: 3 }> = {
  ports: { sample: large, classes: 3 },
  size: Number.POSITIVE_INFINITY,
  batch: async ({ size, random }) => ({
    sample: random.stream('pictures').uniform([size, ...large]),
    classes: random.stream('classes').categorical([size], 3),
  }),
};

const sized = { ...pictures.ports, filters: 4 } as const;
const generator = dcganGenerator({ ...sized, latents: 5 });
const discriminator = dcganDiscriminator(sized);
const games = {
  /** Batch norm, a penalty through second derivatives, averaged weights. */
  dcgan: (optimizer: Optimizer = sgd({ learningRate: 0.05 })) =>
    gan({ generator, discriminator, objective: [nonSaturating(), r1({ gamma: 0.1 })], optimizer, averaged: 0.9 }),
  wgan: (optimizer: Optimizer = sgd({ learningRate: 0.05 })) =>
    gan({ generator, discriminator, objective: [wasserstein(), gradientPenalty({ weight: 10 })], optimizer }),
};

async function until(training: Training, steps: number): Promise<Checkpoint> {
  for await (const step of training) {
    for (const loss of Object.values(await step.losses())) expect(loss).toSatisfy(Number.isFinite);
    if (training.steps === steps) break;
  }
  return training.checkpoint();
}

/** The largest difference over all tensors, each relative to its own largest number. */
const distance = (a: Checkpoint, b: Checkpoint): number => {
  expect(Object.keys(a.tensors)).toEqual(Object.keys(b.tensors));
  const each = Object.entries(a.tensors).map(([place, { values }]) => {
    const [own, others] = [Array.from(values), b.tensors[place]!.values];
    const largest = Math.max(1e-2, ...own.map(Math.abs));
    return Math.max(...own.map((value, i) => Math.abs(value - others[i]!))) / largest;
  });
  return Math.max(...each);
};

/** Milliseconds: software that plays a graphics processor takes a second and more for a step. */
const PATIENCE = 300_000;

describe.skipIf(absent !== '')(`a training on WebGPU${absent}`, () => {
  it.each(Object.keys(games) as (keyof typeof games)[])(
    'of a %s goes the way of the one in JavaScript',
    async (name) => {
      const found = [];
      for (const use of ['cpu', 'webgpu'] as const) {
        await engine({ use });
        const before = memory().numTensors;
        const training = train(games[name](), { data: pictures, batchSize: 8, seed: 3 });
        found.push(await until(training, 2));
        training.dispose();
        expect(memory().numTensors, `tensors on ${use}`).toBe(before);
      }
      const [expected, own] = found as [Checkpoint, Checkpoint];
      expect(own.manifest.engine).toMatchObject({ name: 'webgpu' });
      expect(distance(expected, own)).toBeLessThan(1e-4);
    },
    PATIENCE,
  );

  it(
    'takes ten steps, stopping at a checkpoint on the way, and measures what came of them',
    async () => {
      await engine({ use: 'webgpu' });
      const before = memory().numTensors;
      const game = games.dcgan(adam({ learningRate: 1e-3, beta1: 0.5 }));
      const whole = train(game, { data: pictures, batchSize: 8, seed: 3 });
      const half = await until(whole, 5);
      const end = await until(whole, 10);
      whole.dispose();
      const training = train(game, { data: pictures, resume: half });
      expect(distance(end, await until(training, 10))).toBeLessThan(1e-3);
      const extractor = pooledPixels({ ...pictures.ports, side: 2 });
      const metric = frechetDistance({ extractor, samples: 32 });
      const measured = await evaluate(training.network('generator'), {
        data: pictures,
        metrics: [metric],
        seed: 1,
        batchSize: 16,
      });
      expect(measured[metric.name]).toBeGreaterThan(0);
      extractor.dispose();
      training.dispose();
      expect(memory().numTensors).toBe(before);
    },
    PATIENCE,
  );

  it(
    'reads classes, embeds them and convolves up through a residual network',
    async () => {
      await engine({ use: 'webgpu' });
      const before = memory().numTensors;
      const game = gan({
        generator: resnetGenerator({ ...labelled.ports, latents: 8, filters: 4 }),
        discriminator: resnetDiscriminator({ ...labelled.ports, filters: 4 }),
        objective: [hinge()],
        optimizer: adam({ learningRate: 1e-3, beta1: 0 }),
      });
      const training = train(game, { data: labelled, batchSize: 2, seed: 1 });
      await until(training, 1);
      training.dispose();
      expect(memory().numTensors).toBe(before);
    },
    PATIENCE,
  );
});
