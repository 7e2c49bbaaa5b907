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
  sample,
  type TrainedNetwork,
  train,
} from './index.js';

/**
 * Parts that do and do not fit. `contract.test.ts` compiles this file, reads the sentence of every compile error, runs
 * every case, and compares the sentence of the `TypeError`. No case computes anything.
 */

const never = (): never => {
  throw new Error('nothing is computed here');
};
const network = <const I extends Ports, const O extends Ports>(inputs: I, outputs: O): Network<I, O> => ({
  inputs,
  outputs,
  init: never,
  apply: never,
});
const maker = <const S extends Shape, const C extends Ports = {}>(shape: S, conditions: C = {} as C) =>
  network({ latents: [8], ...conditions } as { readonly latents: readonly [8] } & C, { sample: shape });
const judge = <const S extends Shape, const C extends Ports = {}>(shape: S, conditions: C = {} as C) =>
  network({ sample: shape, ...conditions } as { readonly sample: S } & C, { score: 'linear' });
const judgeWith = <const O extends Ports>(outputs: O) => network({ sample: [28, 28, 1] }, outputs);
const dataset = <const P extends Ports>(ports: P): Dataset<P> => ({
  ports,
  size: Number.POSITIVE_INFINITY,
  batch: never,
});

const linear = () =>
  defineTerm({ name: 'wasserstein', reads: { score: 'linear' }, discriminator: never, generator: never });
const sigmoid = () =>
  defineTerm({ name: 'minimax', reads: { score: 'sigmoid' }, discriminator: never, generator: never });
const classes = () =>
  defineTerm({
    name: 'classes',
    reads: { class: 'logits' },
    samples: ['real', 'fake', 'classes'],
    discriminator: never,
    generator: never,
  });
const distance = () => defineTerm({ name: 'distance', reads: {}, samples: ['left', 'right'], generator: never });

const optimizer = adam({ learningRate: 1e-3 });
const digit = [28, 28, 1] as const;
const ten = { classes: 10 } as const;
const run = { batchSize: 8, seed: 1 };
const side: number = 28;

const plain = () => gan({ generator: maker(digit), discriminator: judge(digit), objective: [linear()], optimizer });
const labelled = () =>
  gan({ generator: maker(digit, ten), discriminator: judge(digit, ten), objective: [linear()], optimizer });
const trained = {
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
const four = () => ({
  toB: translator([64], [32]),
  toA: translator([32], [64]),
  judgeA: judge([64]),
  judgeB: network({ sample: [32] }, { score: 'sigmoid' }),
});
const data = { a: { data: [64] }, b: { data: [32] } } as const;
const fakes = { fakeA: { by: 'toA', from: { source: 'b' } }, fakeB: { by: 'toB', from: { source: 'a' } } } as const;
const players = {
  judges: { trains: ['judgeA', 'judgeB'], optimizer },
  translators: { trains: ['toA', 'toB'], optimizer },
} as const;
const onA = () => on({ real: 'a', fake: 'fakeA', judge: 'judgeA' }, linear());
const onB = () => on({ real: 'b', fake: 'fakeB', judge: 'judgeB' }, sigmoid());

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

/** What does not fit, and what is said of it. */
export const mismatches: Readonly<Record<string, { readonly says: string; readonly play: () => unknown }>> = {
  'a Wasserstein loss on a sigmoid head': {
    says: "the term reads 'score' as linear, but 'discriminator' gives sigmoid",
    play: () =>
      gan({
        generator: maker(digit),
        discriminator: judgeWith({ score: 'sigmoid' }),
        objective: [linear()],
        optimizer,
      }),
  },
  'a head that no term reads': {
    says: "no term reads the head 'class'",
    play: () =>
      gan({
        generator: maker(digit),
        discriminator: judgeWith({ score: 'linear', class: 'logits' }),
        objective: [linear()],
        optimizer,
      }),
  },
  'a term that reads a head the judge lacks': {
    says: "the term reads 'class', but 'discriminator' has no such head",
    play: () =>
      gan({
        generator: maker(digit, ten),
        discriminator: judge(digit, ten),
        objective: [linear(), classes()],
        optimizer,
      }),
  },
  'a conditional discriminator with an unconditional generator': {
    says: "the discriminator is conditioned on 'classes', but the generator is not",
    play: () => gan({ generator: maker(digit), discriminator: judge(digit, ten), objective: [linear()], optimizer }),
  },
  'a conditional generator that nothing judges by its condition': {
    says: "the generator is conditioned on 'classes', but nothing judges it by that",
    play: () => gan({ generator: maker(digit, ten), discriminator: judge(digit), objective: [linear()], optimizer }),
  },
  'ten classes against a hundred': {
    says: "the discriminator is conditioned on 100 classes as 'classes', but the generator on 10 classes",
    play: () =>
      gan({
        generator: maker(digit, ten),
        discriminator: judge(digit, { classes: 100 }),
        objective: [linear()],
        optimizer,
      }),
  },
  'pictures of 64 against 28': {
    says: 'the discriminator judges 28x28x1, but the generator makes 64x64x1',
    play: () => gan({ generator: maker([64, 64, 1]), discriminator: judge(digit), objective: [linear()], optimizer }),
  },
  'labels in a game that has none': {
    says: "the term is bound to no sample as 'classes'",
    play: () =>
      gan({
        generator: maker(digit),
        discriminator: judgeWith({ score: 'linear', class: 'logits' }),
        objective: [linear(), classes()],
        optimizer,
      }),
  },
  'a labelled game on unlabelled data': {
    says: "the game takes 'classes', but the data has none",
    play: () => train(labelled(), { data: dataset({ sample: [28, 28, 1] }), ...run }),
  },
  'data of another shape': {
    says: "the game takes 28x28x1 as 'sample', but the data has 32x32x3",
    play: () => train(plain(), { data: dataset({ sample: [32, 32, 3] }), ...run }),
  },
  'a conditional generator sampled without conditions': {
    says: "'classes' must be given: the network takes 10 classes",
    play: () => sample(trained, { count: 4, seed: 1 }),
  },
  'a head of the wrong kind in a game': {
    says: "the term reads 'score' as linear, but 'judgeB' gives sigmoid",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes },
        objective: [onA(), on({ real: 'b', fake: 'fakeB', judge: 'judgeB' }, linear())],
        players,
      }),
  },
  'a judge of B shown a sample of A': {
    says: "'judgeB' takes 32 as 'sample', but 'a' is 64",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes },
        objective: [onA(), on({ real: 'a', fake: 'fakeB', judge: 'judgeB' }, sigmoid())],
        players,
      }),
  },
  'a sample made from the wrong one': {
    says: "'toA' takes 32 as 'source', but 'a' is 64",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, fakeA: { by: 'toA', from: { source: 'a' } }, fakeB: fakes.fakeB },
        objective: [onA(), onB()],
        players,
      }),
  },
  'a sample that the game does not have': {
    says: "'judgeB' takes 'sample', but the game has no sample 'fakeC'",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes },
        objective: [onA(), on({ real: 'b', fake: 'fakeC', judge: 'judgeB' }, sigmoid())],
        players,
      }),
  },
  'a sample, looked at without a judge, that the game does not have': {
    says: "the game has no sample 'fakeC'",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes },
        objective: [onA(), onB(), on({ left: 'a', right: 'fakeC' }, distance())],
        players,
      }),
  },
  'a judge that the game does not have': {
    says: "the game has no network 'judgeC'",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes },
        objective: [onA(), onB(), on({ real: 'b', fake: 'fakeB', judge: 'judgeC' }, sigmoid())],
        players,
      }),
  },
  'a sample by a network that the game does not have': {
    says: "the game has no network 'toC'",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes, fakeC: { by: 'toC' } },
        objective: [onA(), onB()],
        players,
      }),
  },
  'an output that a network does not have': {
    says: "'toA' has no output 'mask'",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes, mask: { by: 'toA', from: { source: 'b' }, output: 'mask' } },
        objective: [onA(), onB()],
        players,
      }),
  },
  'a pool of nothing': {
    says: "the game has no sample 'fakeC'",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes, old: { pool: 'fakeC', size: 50 } },
        objective: [onA(), onB()],
        players,
      }),
  },
  'interpolates between unlike samples': {
    says: "'a' is 64, but 'b' is 32",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes, mix: { between: ['a', 'b'] } },
        objective: [onA(), onB()],
        players,
      }),
  },
  'a judge whose head nobody reads': {
    says: "no term reads the head 'score'",
    play: () => game({ networks: four(), samples: { ...data, ...fakes }, objective: [onA()], players }),
  },
  'a role left unbound': {
    says: "the term is bound to no sample as 'right'",
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes },
        objective: [onA(), onB(), on({ left: 'a' }, distance())],
        players,
      }),
  },
  'a term without its judge': {
    says: 'the term is bound to no judge',
    play: () =>
      game({
        networks: four(),
        samples: { ...data, ...fakes },
        objective: [onA(), onB(), on({ real: 'a', fake: 'fakeA' }, linear())],
        players,
      }),
  },
  'data without b': {
    says: "the game takes 'b', but the data has none",
    play: () =>
      train(game({ networks: four(), samples: { ...data, ...fakes }, objective: [onA(), onB()], players }), {
        data: dataset({ a: [64] }),
        ...run,
      }),
  },
  'a judge of pairs that is shown half of one': {
    says: "'judge' takes 'code', but the game has no sample 'code'",
    play: () =>
      game({
        networks: {
          judge: network({ point: [2], code: [4] }, { score: 'linear' }),
          encoder: network({ source: [2] }, { sample: [4] }),
        },
        samples: { p: { data: [2] }, c: { by: 'encoder', from: { source: 'p' } } },
        objective: [on({ real: { point: 'p', code: 'c' }, fake: { point: 'p' }, judge: 'judge' }, linear())],
        players: { judge: { trains: ['judge'], optimizer } },
      }),
  },
};
