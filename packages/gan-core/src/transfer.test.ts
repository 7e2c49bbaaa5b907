import { clone, memory, scalar, type Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { clouds, discriminator, generator, logistic, noisyDiscriminator, optimizer, play } from './games.fixture.js';
import {
  type Checkpoint,
  defineTerm,
  frozen,
  type Game,
  gan,
  layersNetwork,
  loadedWeights,
  random,
  storedWeights,
  train,
} from './index.js';
import { checkNetwork } from './testing/index.js';

const averaging = () =>
  gan({
    generator: generator(),
    discriminator: discriminator(),
    objective: [logistic()],
    optimizer,
    averaged: 0.9,
  });
const start = { data: clouds, batchSize: 6, seed: 1 } as const;
const played = (steps = 4) => play(averaging() as unknown as Game, steps).then(({ checkpoint }) => checkpoint);
const valuesOf = (tensor: Tensor | undefined) => tensor!.dataSync();
const stored = ({ tensors }: Checkpoint, place: string) => tensors[place]!.values;

/** A generator of two hidden layers, whose first one is wider, and whose layers have names. */
const named = (hidden: number) =>
  layersNetwork({
    inputs: { latents: [3] },
    outputs: { sample: [2] },
    model: () =>
      sequential({
        layers: [
          layers.dense({ units: hidden, inputShape: [3], name: 'block1.first' }),
          layers.dense({ units: 8, name: 'block1.second' }),
          layers.dense({ units: 2, name: 'picture' }),
        ],
      }),
  });
const withNamed = (hidden: number) =>
  gan({ generator: named(hidden), discriminator: discriminator(), objective: [logistic()], optimizer });

describe('training from weights of other networks', () => {
  it('takes them by the names of its own networks, averages as the start where they were kept', async () => {
    const before = memory().numTensors;
    const checkpoint = await played();
    const kernel = '0/kernel';
    const [average, raw] = ['averages', 'weights'].map((of) =>
      stored(checkpoint, `${of}/generator/parameters/${kernel}`),
    );
    expect(average).not.toEqual(raw);
    for (const weights of ['averaged', 'raw'] as const) {
      const training = train(averaging(), {
        ...start,
        from: { generator: storedWeights(checkpoint, 'generator', { weights }) },
      });
      const { taken, missing, misshapen, unused } = training.origin;
      expect(taken.filter((place) => place.startsWith('weights/'))).toHaveLength(4);
      expect(missing).toContain(`weights/discriminator/parameters/${kernel}`);
      expect([misshapen, unused]).toEqual([[], []]);
      for (const of of ['averaged', 'raw'] as const)
        expect(valuesOf(training.network('generator', { weights: of }).weights.parameters[kernel])).toEqual(
          weights === 'averaged' ? average : raw,
        );
      training.dispose();
    }
    const whole = train(averaging(), { ...start, from: checkpoint });
    expect(valuesOf(whole.network('generator').weights.parameters[kernel])).toEqual(average);
    expect(valuesOf(whole.network('generator', { weights: 'raw' }).weights.parameters[kernel])).toEqual(raw);
    for await (const _ of whole) break;
    whole.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('takes some, under new names, and says what was given in another shape', async () => {
    const { checkpoint } = await play(withNamed(8) as unknown as Game, 2);
    const from = {
      generator: storedWeights(checkpoint, 'generator', {
        only: ['block1'],
        rename: { 'block1.second': 'block1.first', 'block1.first': 'lost' },
      }),
    };
    expect(Object.keys(from.generator.parameters)).toEqual([
      'lost/kernel',
      'lost/bias',
      'block1.first/kernel',
      'block1.first/bias',
    ]);
    const before = memory().numTensors;
    const training = train(withNamed(8), { ...start, from });
    const own = 'weights/generator/parameters';
    expect(training.origin.taken).toEqual([`${own}/block1.first/bias`]);
    expect(training.origin.misshapen).toEqual([
      { name: `${own}/block1.first/kernel`, given: 'float32 8x8', wanted: 'float32 3x8' },
    ]);
    expect(training.origin.unused).toEqual([`${own}/lost/kernel`, `${own}/lost/bias`]);
    expect(training.origin.missing).toHaveLength(4 + 4);
    training.dispose();
    expect(memory().numTensors).toBe(before);
    const byFunction = storedWeights(checkpoint, 'generator', {
      only: /^picture/,
      rename: (name) => name.replace('picture', 'sketch'),
    });
    expect(Object.keys(byFunction.parameters)).toEqual(['sketch/kernel', 'sketch/bias']);
  });

  it('lets terms and optimisers begin from what was taken', async () => {
    const checkpoint = await played();
    const anchored = defineTerm({
      ...logistic(),
      name: 'anchored',
      init: (_, { parameters }) => ({ anchor: clone(parameters['0/kernel']!) }),
    });
    const model = gan({ generator: generator(), discriminator: discriminator(), objective: [anchored], optimizer });
    const training = train(model, { ...start, from: checkpoint });
    expect(valuesOf(training.state('anchored')['anchor'])).toEqual(
      stored(checkpoint, 'weights/discriminator/parameters/0/kernel'),
    );
    training.dispose();
  });

  it('gives a network its weights without training', async () => {
    const before = memory().numTensors;
    const checkpoint = await played(2);
    const { parameters, state } = loadedWeights(storedWeights(checkpoint, 'discriminator'));
    expect(Object.keys(parameters)).toEqual(['0/kernel', '1/bias', '2/kernel', '3/bias']);
    expect(valuesOf(parameters['0/kernel'])).toEqual(stored(checkpoint, 'weights/discriminator/parameters/0/kernel'));
    expect(state).toEqual({});
    for (const tensor of Object.values(parameters)) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('refuses what cannot be meant', async () => {
    const checkpoint = await played(1);
    const before = memory().numTensors;
    const of =
      (options: object, network = 'generator') =>
      () =>
        storedWeights(checkpoint, network, options);
    expect(of({}, 'maker')).toThrow(
      new TypeError("the checkpoint has no network 'maker'; it has generator, discriminator"),
    );
    expect(of({ only: /^block/ })).toThrow(
      'only is /^block/, which matches none of 0/kernel, 1/bias, 2/kernel, 3/bias',
    );
    expect(of({ only: ['0', 'dense'] })).toThrow("only has 'dense', but there is no such name among 0/kernel");
    expect(of({ rename: { block: 'part' } })).toThrow("rename has 'block', but there is no such name");
    expect(of({ rename: () => 'kernel' })).toThrow("rename calls two weights 'kernel'");
    expect(of({ weight: 'raw' })).toThrow("storedWeights has no option 'weight'");
    expect(() => storedWeights({} as never, 'generator')).toThrow('storedWeights takes a checkpoint');
    const from = (given: object) => () => train(averaging(), { ...start, from: given as never });
    const weights = storedWeights(checkpoint, 'generator');
    expect(from({ maker: weights })).toThrow(
      "from has weights for 'maker', but the game has no such network; it has generator, discriminator",
    );
    expect(from({ generator: 3 })).toThrow("but 'generator' is 3");
    expect(from({})).toThrow('from must be a checkpoint');
    expect(
      from({
        generator: weights,
        discriminator: storedWeights(checkpoint, 'discriminator', { only: ['0'], rename: { 0: '9' } }),
      }),
    ).toThrow("nothing of from fits the network 'discriminator': no name and shape are the same");
    const other = await play(withNamed(5) as unknown as Game, 1);
    const generatorOnly = Object.entries(other.checkpoint.tensors).filter(
      ([place]) => !place.includes('discriminator'),
    );
    expect(from({ ...other.checkpoint, tensors: Object.fromEntries(generatorOnly) })).toThrow(
      'nothing of from fits the game',
    );
    expect(memory().numTensors).toBe(before);
  });
});

describe('a frozen network', () => {
  const game = (names?: readonly string[]) =>
    gan({
      generator: generator(),
      discriminator: frozen(noisyDiscriminator(), names ? { only: names } : {}),
      objective: [logistic()],
      optimizer,
    });

  it('keeps the contract of networks', async () => {
    await checkNetwork(frozen(noisyDiscriminator(), { only: ['0', '1'] }));
    await checkNetwork(frozen(noisyDiscriminator()));
  });

  it('keeps what is frozen as it was taken, and trains the rest', async () => {
    const before = memory().numTensors;
    const { checkpoint } = await play(
      gan({
        generator: generator(),
        discriminator: noisyDiscriminator(),
        objective: [logistic()],
        optimizer,
      }) as unknown as Game,
      2,
    );
    const training = train(game(['0', '1']), { ...start, from: checkpoint });
    expect(training.origin.missing).toEqual([]);
    for await (const _ of training) if (training.steps === 3) break;
    const place = (kind: string, name: string) => `weights/discriminator/${kind}/${name}`;
    const saved = await training.checkpoint();
    for (const name of ['0/kernel', '1/bias'])
      expect(stored(saved, place('state', name))).toEqual(stored(checkpoint, place('parameters', name)));
    for (const [kind, name] of [
      ['parameters', '2/gamma'],
      ['state', '6/moving_mean'],
    ] as const)
      expect(stored(saved, place(kind, name))).not.toEqual(stored(checkpoint, place(kind, name)));
    training.dispose();
    const thawed = train(
      gan({
        generator: generator(),
        discriminator: noisyDiscriminator(),
        objective: [logistic()],
        optimizer,
      }),
      { ...start, from: saved },
    );
    expect(thawed.origin.missing).toEqual([]);
    thawed.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('goes on from a checkpoint with the same bits', async () => {
    const half = await play(game(['0']) as unknown as Game, 2);
    const resumed = await play(game(['0']) as unknown as Game, 4, half.checkpoint);
    const straight = await play(game(['0']) as unknown as Game, 4);
    expect(resumed.checkpoint.tensors).toEqual(straight.checkpoint.tensors);
    expect(Object.keys(straight.checkpoint.tensors)).toContain('weights/discriminator/state/0/kernel');
  });

  it('may be frozen whole, for a player that then changes nothing', async () => {
    const { checkpoint } = await play(game() as unknown as Game, 2);
    expect(
      Object.keys(checkpoint.tensors).filter((name) => name.startsWith('weights/discriminator/parameters')),
    ).toEqual([]);
  });

  it('refuses to freeze what is called as a part of the state is', () => {
    const before = memory().numTensors;
    const one = { inputs: { sample: [2] }, outputs: { features: 'features' } } as const;
    const twice = frozen({
      ...one,
      init: () => ({ parameters: { a: scalar(1), b: scalar(2) }, state: { b: scalar(3) } }),
      apply: ({ state }, { sample }) => ({ outputs: { features: sample! }, state }),
    });
    expect(() => twice.init(random(0))).toThrow(new TypeError("'b' can't be frozen: it is a name of the state, too"));
    expect(memory().numTensors).toBe(before);
  });

  it('refuses a pattern that matches nothing', () => {
    const before = memory().numTensors;
    const play = (only: RegExp | readonly string[]) => () =>
      train(
        gan({
          generator: generator(),
          discriminator: frozen(discriminator(), { only }),
          objective: [logistic()],
          optimizer,
        }),
        start,
      );
    expect(play(/^block/)).toThrow(
      new TypeError('only is /^block/, which matches none of 0/kernel, 1/bias, 2/kernel, 3/bias'),
    );
    expect(play(['0', 'block'])).toThrow("only has 'block', but there is no such name among 0/kernel");
    expect(play('block' as never)).toThrow(
      "only must be a regular expression, a list of names or a function, but is 'block'",
    );
    expect(() => frozen(discriminator(), { layers: [] } as never)).toThrow(
      "frozen has no option 'layers'; it takes only",
    );
    expect(memory().numTensors).toBe(before);
  });
});
