import {
  augmented,
  dcganDiscriminator,
  dcganGenerator,
  diffAugment,
  mlpDiscriminator,
  mlpGenerator,
  snDcganDiscriminator,
  snDcganGenerator,
  stylegan2Discriminator,
  stylegan2Generator,
  unetDiscriminator,
} from '@gan/architectures';
import {
  adam,
  type Dataset,
  defineTerm,
  every,
  type Game,
  gan,
  layersNetwork,
  type Shape,
  scheduled,
  train,
} from '@gan/core';
import { engine } from '@gan/engine';
import {
  consistency,
  cutMix,
  flipAndTranslate,
  gradientPenalty,
  hinge,
  nonSaturating,
  r1,
  wasserstein,
} from '@gan/losses';
import { liveHandles } from '@gan/tfjs-backend-torch';
import { mean, memory, mul } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';

/** Whole trainings whose updates libtorch does again: the same bits as if they were played. */

const reason = await engine({ use: 'torch-cpu' }).then(
  () => undefined,
  (error: unknown) => (error as Error).message.split('\n')[0],
);

const picturesOf = <const S extends Shape>(sample: S): Dataset<{ readonly sample: S }> => ({
  ports: { sample },
  size: Number.POSITIVE_INFINITY,
  batch: async ({ size, random }) => ({ sample: random.uniform([size, ...sample]) }),
});
const sample = [8, 8, 2] as const;
const pictures = picturesOf(sample);
const larger = [16, 16, 2] as const;

const optimizer = adam({ learningRate: (update) => 1e-3 / update, beta1: 0.5 });
const dcgan = {
  generator: dcganGenerator({ sample, latents: 5, filters: 4 }),
  discriminator: dcganDiscriminator({ sample, filters: 4 }),
  objective: [nonSaturating()],
  optimizer,
};

interface Case {
  readonly game: Game;
  /** Those of 8 x 8 unless said. */
  readonly data?: Dataset;
  /** How many kinds of updates are done again after 14 steps. */
  readonly plays: number;
  readonly refusal?: string;
}

/** Counts itself, of which nobody is told. */
const restless = () => {
  let played = 0;
  return defineTerm({
    name: 'restless',
    reads: {},
    samples: ['fake'],
    generator: ({ samples }) => mul(mean(samples.fake['sample']!), ++played),
  });
};

const forgetful = layersNetwork({
  inputs: { sample },
  outputs: { score: 'linear' },
  model: () =>
    sequential({
      layers: [layers.flatten({ inputShape: [...sample] }), layers.dropout({ rate: 0.5 }), layers.dense({ units: 1 })],
    }),
});

const cases: Readonly<Record<string, () => Case>> = {
  'DCGAN with averaged weights': () => ({ game: gan({ ...dcgan, averaged: 0.9 }), plays: 2 }),
  'R1 in every third step': () => ({
    game: gan({ ...dcgan, objective: [nonSaturating(), { ...r1({ gamma: 1 }), period: 3 }] }),
    plays: 3,
  }),
  'a weight that changes once': () => ({
    game: gan({ ...dcgan, objective: [scheduled((step) => (step < 6 ? 1 : 2), nonSaturating())] }),
    plays: 4,
  }),
  'WGAN-GP, whose critic plays twice': () => ({
    game: gan({
      ...dcgan,
      objective: [wasserstein(), gradientPenalty({ weight: 10 })],
      discriminatorUpdates: 2,
    }),
    plays: 2,
  }),
  'SN-DCGAN, whose state moves': () => ({
    game: gan({
      ...dcgan,
      generator: snDcganGenerator({ sample, latents: 5, filters: 4 }),
      discriminator: snDcganDiscriminator({ sample, filters: 4 }),
      objective: [hinge()],
    }),
    plays: 2,
  }),
  perceptrons: () => ({
    game: gan({
      ...dcgan,
      generator: mlpGenerator({ sample, latents: 5 }),
      discriminator: mlpDiscriminator({ sample }),
    }),
    plays: 2,
  }),
  'StyleGAN2 with styles mixed, noise, and pictures augmented': () => ({
    game: gan({
      ...dcgan,
      generator: stylegan2Generator({ sample, latents: 5, width: 6, filters: 4, widest: 4 }),
      discriminator: augmented(stylegan2Discriminator({ sample, filters: 4, widest: 4 }), { augment: diffAugment() }),
      objective: [nonSaturating(), every(2, r1({ gamma: 1 }))],
    }),
    plays: 3,
  }),
  'CutMix and consistency': () => ({
    game: gan({
      ...dcgan,
      generator: dcganGenerator({ sample: larger, latents: 5, filters: 4 }),
      discriminator: unetDiscriminator({ sample: larger, filters: 4 }),
      objective: [nonSaturating(), cutMix(), consistency({ augment: flipAndTranslate({ pixels: 1 }), real: 1 })],
    }),
    data: picturesOf(larger),
    plays: 2,
  }),
  'dropout, which draws seeds in JavaScript': () => ({
    game: gan({ ...dcgan, discriminator: forgetful }),
    plays: 0,
    refusal: 'random numbers were drawn in JavaScript',
  }),
  'a term that counts': () => ({
    game: gan({ ...dcgan, objective: [nonSaturating(), restless()] }),
    plays: 1,
    refusal: 'two recordings differ',
  }),
  'a term that asks for the step': () => ({
    game: gan({
      ...dcgan,
      objective: [
        nonSaturating(),
        defineTerm({
          name: 'clock',
          reads: {},
          samples: ['fake'],
          generator: ({ samples, step }) => mul(mean(samples.fake['sample']!), step),
        }),
      ],
    }),
    plays: 1,
    refusal: 'the number of the step was asked for',
  }),
};

async function played({ game, data = pictures }: Case, replay: boolean) {
  const training = train(game, { data, batchSize: 4, seed: 3, replay });
  const losses: unknown[] = [];
  for await (const step of training) {
    losses.push(await step.losses());
    if (training.steps === 14) break;
  }
  const { tensors } = await training.checkpoint();
  const { replays } = training;
  training.dispose();
  return { losses, tensors, replays };
}

describe.skipIf(reason !== undefined)(
  `updates that are done again${reason === undefined ? '' : ` (${reason})`}`,
  () => {
    beforeAll(() => engine({ use: 'torch-cpu' }));

    it.each(Object.entries(cases))('give the same bits as played ones: %s', async (_, make) => {
      const { plays, refusal } = make();
      const before = [memory().numTensors, liveHandles()];
      const straight = await played(make(), false);
      const again = await played(make(), true);
      expect(straight.replays).toEqual({ plays: 0, refusal: undefined });
      expect(again.losses).toEqual(straight.losses);
      expect(again.tensors).toEqual(straight.tensors);
      expect(again.replays.plays).toBe(plays);
      if (refusal) expect(again.replays.refusal).toBe(refusal);
      expect([memory().numTensors, liveHandles()]).toEqual(before);
    });

    it('are asked for by yes or no', () => {
      expect(() => train(gan(dcgan), { data: pictures, batchSize: 4, seed: 3, replay: 'yes' as never })).toThrow(
        new TypeError("replay must be true or false, but is 'yes'"),
      );
    });
  },
);
