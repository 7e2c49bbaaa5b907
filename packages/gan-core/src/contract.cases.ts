import {
  classes,
  data,
  dataset,
  digit,
  distance,
  fakes,
  four,
  judge,
  judgeWith,
  labelled,
  linear,
  maker,
  network,
  onA,
  onB,
  optimizer,
  plain,
  players,
  run,
  sigmoid,
  ten,
  trained,
} from './contract-fitting.cases.js';
import { game, gan, on, sample, train } from './index.js';

/**
 * Parts that do not fit. `contract.test.ts` compiles this file, reads the sentence of every compile error, runs every
 * case, and compares the sentence of the `TypeError`.
 */

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
    says: "the discriminator is conditioned on 'classes', but the generator is not (what it judges is called 'sample')",
    play: () => gan({ generator: maker(digit), discriminator: judge(digit, ten), objective: [linear()], optimizer }),
  },
  'a conditional generator that nothing judges by its condition': {
    says: "the generator is conditioned on 'classes', but nothing judges it by that (noise is called 'latents')",
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
  'a role that feeds nothing of its judge': {
    says: "'judge' has no input 'sample' for 'p' to feed: name its inputs, as in { point: 'p' }",
    play: () =>
      game({
        networks: { judge: network({ point: [2] }, { score: 'linear' }) },
        samples: { p: { data: [2] } },
        objective: [on({ real: 'p', fake: 'p', judge: 'judge' }, linear())],
        players: { judge: { trains: ['judge'], optimizer } },
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
