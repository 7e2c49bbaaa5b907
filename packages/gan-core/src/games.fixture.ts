import '@tensorflow/tfjs-backend-cpu';
import { abs, add, mean, memory, mul, neg, softplus, sub, tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import {
  adam,
  type Checkpoint,
  type Dataset,
  defineTerm,
  type Game,
  game,
  layersNetwork,
  on,
  type Training,
  train,
  weighted,
} from './index.js';

/** Networks, terms, data and games on points, for tests. */

const hidden = 8;
const perceptron = (wide: number, out: number) => () =>
  sequential({
    layers: [layers.dense({ units: hidden, activation: 'tanh', inputShape: [wide] }), layers.dense({ units: out })],
  });

export const generator = () =>
  layersNetwork({ inputs: { latents: [3] }, outputs: { sample: [2] }, model: perceptron(3, 2) });
export const discriminator = () =>
  layersNetwork({ inputs: { sample: [2] }, outputs: { score: 'linear' }, model: perceptron(2, 1) });
const translator = () => layersNetwork({ inputs: { source: [2] }, outputs: { sample: [2] }, model: perceptron(2, 2) });
const encoder = () => layersNetwork({ inputs: { source: [2] }, outputs: { sample: [3] }, model: perceptron(2, 3) });

/** Batch norm and dropout: state that moves, and noise of its own. */
export const noisyDiscriminator = () =>
  layersNetwork({
    inputs: { sample: [2] },
    outputs: { score: 'linear' },
    model: () =>
      sequential({
        layers: [
          layers.dense({ units: hidden, inputShape: [2] }),
          layers.batchNormalization({ momentum: 0.9 }),
          layers.leakyReLU({ alpha: 0.2 }),
          layers.dropout({ rate: 0.3 }),
          layers.dense({ units: 1 }),
        ],
      }),
  });

/** A "network" whose sample is one number, its bias, for everybody, as long as its kernel is 0. */
export const constant = (value: number) =>
  layersNetwork({
    inputs: { latents: [1] },
    outputs: { sample: [1] },
    model: () => {
      const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
      tidy(() => model.setWeights([zeros([1, 1]), tensor([value])]));
      return model;
    },
  });

const pairJudge = () =>
  layersNetwork({
    inputs: { point: [2], code: [3] },
    outputs: { score: 'linear' },
    model: () => {
      const point = input({ shape: [2] });
      const code = input({ shape: [3] });
      const joined = layers.concatenate().apply([point, code]) as SymbolicTensor;
      return model({ inputs: [point, code], outputs: perceptron(5, 1)().apply(joined) as SymbolicTensor });
    },
  });

export const logistic = () =>
  defineTerm({
    name: 'logistic',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => add(mean(softplus(neg(real.score))), mean(softplus(fake.score))),
    generator: ({ fake }) => mean(softplus(neg(fake.score))),
  });

/** Both of its samples depend on whom the judge opposes. */
const relativistic = () =>
  defineTerm({
    name: 'relativistic',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => mean(softplus(sub(fake.score, real.score))),
    generator: ({ real, fake }) => mean(softplus(sub(real.score, fake.score))),
  });

export const distance = () =>
  defineTerm({
    name: 'distance',
    reads: {},
    samples: ['left', 'right'],
    generator: ({ samples: { left, right } }) => mean(abs(sub(left, right))),
  });

export const optimizer = adam({ learningRate: 5e-3, beta1: 0.5 });

/** Two clouds, unpaired; `sample` is the first. */
export const clouds: Dataset<{ readonly a: readonly [2]; readonly b: readonly [2]; readonly sample: readonly [2] }> = {
  ports: { a: [2], b: [2], sample: [2] },
  size: Number.POSITIVE_INFINITY,
  batch: async ({ size, random }) =>
    tidy(() => {
      const cloud = (name: string, centre: number) => add(mul(random.stream(name).normal([size, 2]), 0.3), centre);
      return { a: cloud('a', 0), b: cloud('b', 2), sample: cloud('a', 0) };
    }),
};

/** CycleGAN with pools of earlier fakes. */
export const cycle = () =>
  game({
    networks: { toA: translator(), toB: translator(), judgeA: discriminator(), judgeB: discriminator() },
    samples: {
      a: { data: [2] },
      b: { data: [2] },
      fakeA: { by: 'toA', from: { source: 'b' } },
      fakeB: { by: 'toB', from: { source: 'a' } },
      backA: { by: 'toA', from: { source: 'fakeB' } },
      backB: { by: 'toB', from: { source: 'fakeA' } },
      oldA: { pool: 'fakeA', size: 12 },
      oldB: { pool: 'fakeB', size: 12 },
    },
    objective: [
      on({ real: 'a', fake: 'oldA', judge: 'judgeA' }, logistic()),
      on({ real: 'b', fake: 'oldB', judge: 'judgeB' }, logistic()),
      on({ left: 'a', right: 'backA' }, weighted(10, distance())),
      on({ left: 'b', right: 'backB' }, weighted(10, distance())),
    ],
    players: {
      judges: { trains: ['judgeA', 'judgeB'], optimizer },
      translators: { trains: ['toA', 'toB'], optimizer, averaged: 0.9 },
    },
  });

/** BiGAN: a judge of pairs, an encoder beside the generator. */
export const encoding = () =>
  game({
    networks: { decoder: generator(), encoder: encoder(), judge: pairJudge() },
    samples: {
      sample: { data: [2] },
      latents: { normal: [3] },
      fake: { by: 'decoder' },
      code: { by: 'encoder', from: { source: 'sample' } },
    },
    objective: [
      on(
        { real: { point: 'sample', code: 'code' }, fake: { point: 'fake', code: 'latents' }, judge: 'judge' },
        relativistic(),
      ),
    ],
    players: {
      judge: { trains: ['judge'], optimizer, updates: 2 },
      pair: { trains: ['decoder', 'encoder'], optimizer },
    },
  });

/** One generator against two judges, one of them of interpolates. */
export const twoJudges = () =>
  game({
    networks: { generator: generator(), strict: noisyDiscriminator(), mild: discriminator() },
    samples: {
      sample: { data: [2] },
      latents: { uniform: [3] },
      fake: { by: 'generator' },
      mixed: { between: ['sample', 'fake'] },
    },
    objective: [
      on({ real: 'sample', fake: 'fake', judge: 'strict' }, logistic()),
      on({ real: 'mixed', fake: 'fake', judge: 'mild' }, weighted(0.5, logistic())),
    ],
    players: {
      judges: { trains: ['strict', 'mild'], optimizer },
      generator: { trains: ['generator'], optimizer, accumulate: 2 },
    },
  });

export interface Played {
  readonly checkpoint: Checkpoint;
  readonly losses: Readonly<Record<string, number>>;
  /** Tensors alive after each step. */
  readonly tensors: readonly number[];
}

/** Plays a game on the clouds until so many steps are done, and frees everything. */
export async function play(played: Game, until: number, resume?: Checkpoint): Promise<Played> {
  const training = train(played, {
    data: clouds as never,
    ...(resume ? { resume } : { batchSize: 6, seed: 7 }),
  }) as Training;
  const tensors: number[] = [];
  let losses: Readonly<Record<string, number>> = {};
  try {
    for await (const step of training) {
      tensors.push(memory().numTensors);
      losses = await step.losses();
      if (training.steps === until) break;
    }
    return { checkpoint: await training.checkpoint(), losses, tensors };
  } finally {
    training.dispose();
  }
}
