import type { Ports, Shape } from './contract.js';
import {
  type AnyTerm,
  adam,
  type Dataset,
  defineTerm,
  game,
  gan,
  type Network,
  on,
  type TrainedNetwork,
} from './index.js';

/** Parts of games for `contract.cases.ts`, and games of them that fit. No part computes anything. */

const never = (): never => {
  throw new Error('nothing is computed here');
};
export const network = <const I extends Ports, const O extends Ports>(inputs: I, outputs: O): Network<I, O> => ({
  inputs,
  outputs,
  init: never,
  apply: never,
});
export const maker = <const S extends Shape, const C extends Ports = {}>(shape: S, conditions: C = {} as C) =>
  network({ latents: [8], ...conditions } as { readonly latents: readonly [8] } & C, { sample: shape });
export const judge = <const S extends Shape, const C extends Ports = {}>(shape: S, conditions: C = {} as C) =>
  network({ sample: shape, ...conditions } as { readonly sample: S } & C, { score: 'linear' });
export const judgeWith = <const O extends Ports>(outputs: O) => network({ sample: [28, 28, 1] }, outputs);
export const dataset = <const P extends Ports>(ports: P): Dataset<P> => ({
  ports,
  size: Number.POSITIVE_INFINITY,
  batch: never,
});

export const linear = () =>
  defineTerm({ name: 'wasserstein', reads: { score: 'linear' }, discriminator: never, generator: never });
export const sigmoid = () =>
  defineTerm({ name: 'minimax', reads: { score: 'sigmoid' }, discriminator: never, generator: never });
export const classes = () =>
  defineTerm({
    name: 'classes',
    reads: { class: 'logits' },
    samples: ['real', 'fake', 'classes'],
    discriminator: never,
    generator: never,
  });
export const distance = () => defineTerm({ name: 'distance', reads: {}, samples: ['left', 'right'], generator: never });

export const optimizer = adam({ learningRate: 1e-3 });
export const digit = [28, 28, 1] as const;
export const ten = { classes: 10 } as const;
export const run = { batchSize: 8, seed: 1 };
const side: number = 28;

export const plain = () =>
  gan({ generator: maker(digit), discriminator: judge(digit), objective: [linear()], optimizer });
export const labelled = () =>
  gan({ generator: maker(digit, ten), discriminator: judge(digit, ten), objective: [linear()], optimizer });
export const trained = {
  network: maker(digit, ten),
  weights: { parameters: {}, state: {} },
  drawn: { latents: { normal: [8] } },
} as TrainedNetwork<
  { readonly latents: readonly [8]; readonly classes: 10 },
  { readonly sample: typeof digit },
  'latents'
>;

const translator = <const A extends Shape, const B extends Shape>(from: A, to: B) =>
  network({ source: from }, { sample: to });
export const four = () => ({
  toB: translator([64], [32]),
  toA: translator([32], [64]),
  judgeA: judge([64]),
  judgeB: network({ sample: [32] }, { score: 'sigmoid' }),
});
export const data = { a: { data: [64] }, b: { data: [32] } } as const;
export const fakes = {
  fakeA: { by: 'toA', from: { source: 'b' } },
  fakeB: { by: 'toB', from: { source: 'a' } },
} as const;
export const players = {
  judges: { trains: ['judgeA', 'judgeB'], optimizer },
  translators: { trains: ['toA', 'toB'], optimizer },
} as const;
export const onA = () => on({ real: 'a', fake: 'fakeA', judge: 'judgeA' }, linear());
export const onB = () => on({ real: 'b', fake: 'fakeB', judge: 'judgeB' }, sigmoid());

/** Games that fit, some in ways that only the run-time check can know. */
export const fitting: Readonly<Record<string, () => unknown>> = {
  'an unconditional game': plain,
  'a conditional game': labelled,
  'a generator judged by its class alone': () =>
    gan({
      generator: maker(digit, ten),
      discriminator: judgeWith({ score: 'linear', class: 'logits' }),
      objective: [linear(), classes()],
      optimizer,
    }),
  'a shape that the compiler cannot know': () =>
    gan({ generator: maker([side, side, 1]), discriminator: judge(digit), objective: [linear()], optimizer }),
  'features that nobody reads': () =>
    gan({
      generator: maker(digit),
      discriminator: judgeWith({ score: 'linear', taps: 'features' }),
      objective: [linear()],
      optimizer,
    }),
  'uniform latents': () =>
    gan({
      generator: maker(digit),
      discriminator: judge(digit),
      objective: [linear()],
      optimizer,
      samples: { latents: { uniform: [8] } },
    }),
  'a game of four': () =>
    game({
      networks: four(),
      samples: { ...data, ...fakes },
      objective: [onA(), onB(), on({ left: 'a', right: 'fakeA' }, distance())],
      players,
    }),
  'noise beside the latents': () =>
    gan({
      generator: network({ latents: [8], noise: [4] }, { sample: digit }),
      discriminator: judge(digit),
      objective: [linear()],
      optimizer,
      samples: { noise: { normal: [4] } },
    }),
  'a sample that a term alone looks at': () =>
    gan({
      generator: maker(digit),
      discriminator: judgeWith({ score: 'linear', class: 'logits' }),
      objective: [linear(), classes()],
      optimizer,
      samples: { classes: { data: 10 } },
    }),
  'a shape in a list that may change': () => {
    const shape = [28, 28, 1];
    return gan({ generator: maker(shape), discriminator: judge(digit), objective: [linear()], optimizer });
  },
  'an objective put together at run time': () => {
    const objective: readonly AnyTerm[] = side > 3 ? [linear()] : [sigmoid()];
    return gan({ generator: maker(digit), discriminator: judge(digit), objective, optimizer });
  },
  'a head chosen at run time': () => {
    const head: 'linear' | 'sigmoid' = side > 3 ? 'linear' : 'sigmoid';
    return gan({
      generator: maker(digit),
      discriminator: judgeWith({ score: head as 'linear' | 'sigmoid' }),
      objective: [linear()],
      optimizer,
    });
  },
  'a pool and interpolates': () =>
    game({
      networks: four(),
      samples: { ...data, ...fakes, old: { pool: 'fakeA', size: 50 }, mix: { between: ['a', 'fakeA'] } },
      objective: [on({ real: 'mix', fake: 'old', judge: 'judgeA' }, linear()), onB()],
      players,
    }),
};
