import { add, mean, memory, mul, setBackend, square, sub, sum, tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { clouds, discriminator, generator, logistic, noisyDiscriminator, optimizer, play } from './games.fixture.js';
import {
  type Dataset,
  defineTerm,
  every,
  type Game,
  game,
  gan,
  layersNetwork,
  type Optimizer,
  on,
  scheduled,
  sgd,
  train,
  weighted,
} from './index.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const plain = () => gan({ generator: generator(), discriminator: discriminator(), objective: [logistic()], optimizer });
const noisy = () =>
  gan({ generator: generator(), discriminator: noisyDiscriminator(), objective: [logistic()], optimizer });

/** A "network" of one number p, whose sample is p for everybody. */
const number = (value: number) =>
  layersNetwork({
    inputs: { latents: [1] },
    outputs: { sample: [1] },
    model: () => {
      const bias = layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' });
      const model = sequential({ layers: [bias] });
      tidy(() => model.setWeights([zeros([1, 1]), tensor([value])]));
      return model;
    },
  });

/** The value of p itself: gradient 1 in p whatever the batch. */
const slope = defineTerm({
  name: 'slope',
  reads: {},
  samples: ['value'],
  generator: ({ samples }) => mean(samples.value),
});

/** The game of one player who walks down p by the learning rate times the weight of its term. */
const walk = (term = slope as never, extra: object = {}, rate: Optimizer = sgd({ learningRate: 1 })) =>
  game({
    networks: { number: number(0) },
    samples: { sample: { data: [2] }, latents: { normal: [1] }, fake: { by: 'number' } },
    objective: [on({ value: 'fake' }, term)],
    players: { walker: { trains: ['number'], optimizer: rate, ...extra } },
  } as never) as unknown as Game;

/** p after so many steps of batches of one. */
async function walked(played: Game, steps: number, weights: 'raw' | 'averaged' = 'raw'): Promise<number> {
  const training = train(played, { data: clouds as never, batchSize: 1, seed: 1 });
  for await (const _ of training) if (training.steps === steps) break;
  const { parameters } = training.network('number', { weights }).weights;
  const value = parameters['1/bias']!.dataSync()[0]!;
  training.dispose();
  return value;
}

describe('a player', () => {
  it('makes one update a step', async () => expect(await walked(walk(), 3)).toBeCloseTo(-3, 6));
  it('makes as many updates a step as it says', async () =>
    expect(await walked(walk(slope as never, { updates: 4 }), 3)).toBeCloseTo(-12, 6));
  it('averages its gradient over accumulated batches', async () =>
    expect(await walked(walk(slope as never, { accumulate: 4 }), 3)).toBeCloseTo(-3, 6));
  it('keeps a running average of its weights', async () => {
    // d = min(0.9, (1 + n) / (10 + n)) after update n; p = -n. By hand: a1 = (1 - 2/11) * -1 = -9/11; a2 = 3/12 a1 + 9/12 * -2.
    expect(await walked(walk(slope as never, { averaged: 0.9 }), 1, 'averaged')).toBeCloseTo(-9 / 11, 6);
    expect(await walked(walk(slope as never, { averaged: 0.9 }), 2, 'averaged')).toBeCloseTo(
      (3 / 12) * (-9 / 11) - (9 / 12) * 2,
      6,
    );
    expect(await walked(walk(slope as never, { averaged: 0.9 }), 2, 'raw')).toBeCloseTo(-2, 6);
  });
  it('follows a learning rate by update', async () =>
    expect(await walked(walk(slope as never, {}, sgd({ learningRate: (update) => 1 / update })), 3)).toBeCloseTo(
      -(1 + 1 / 2 + 1 / 3),
      6,
    ));
});

describe('a term', () => {
  it('counts by its weight', async () =>
    expect(await walked(walk(weighted(3, weighted(2, slope)) as never), 2)).toBeCloseTo(-12, 6));
  it('follows a schedule by step, from 0', async () =>
    expect(await walked(walk(scheduled((step) => step, weighted(2, slope)) as never), 4)).toBeCloseTo(
      -2 * (0 + 1 + 2 + 3),
      6,
    ));
  it('plays every so many steps, as strong on average', async () => {
    const lazy = walk(every(3, slope) as never);
    expect(await walked(lazy, 1)).toBeCloseTo(-3, 6);
    expect(await walked(lazy, 3)).toBeCloseTo(-3, 6);
    expect(await walked(lazy, 4)).toBeCloseTo(-6, 6);
  });
  it('must be a scalar', async () => {
    const before = memory().numTensors;
    const vector = defineTerm({ ...slope, name: 'vector', generator: () => zeros([3]) });
    const training = train(walk(vector as never), { data: clouds as never, batchSize: 1, seed: 1 });
    await expect(training[Symbol.asyncIterator]().next()).rejects.toThrow(
      'vector: a term is a scalar, but its generator side has shape [3]',
    );
    training.dispose();
    expect(memory().numTensors).toBe(before);
  });
  it('can ask the network that made a sample, under other parameters', async () => {
    const seen: number[] = [];
    const probe = defineTerm({
      name: 'probe',
      reads: {},
      samples: ['value'],
      generator: ({ maker }) => {
        const { apply, inputs, parameters } = maker('value');
        const doubled = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, add(value, 5)]));
        // p is 0 and the kernel 0: with 5 added to both, the sample is 5 * latents + 5.
        const gap = sub(apply(inputs, doubled)['sample']!, add(mul(inputs['latents']!, 5), 5));
        seen.push(gap.dataSync()[0]!);
        return sum(apply(inputs)['sample']!);
      },
    });
    expect(await walked(walk(probe as never), 1)).toBeCloseTo(-1, 6);
    expect(Math.abs(seen[0]!)).toBeLessThan(1e-5);
  });
  it('acts after the update, with the new parameters', async () => {
    const clipped = defineTerm({
      ...logistic(),
      name: 'clipped',
      after: ({ parameters }) => ({
        parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, mul(value, 0)])),
      }),
    });
    const { checkpoint } = await play(
      gan({
        generator: generator(),
        discriminator: discriminator(),
        objective: [clipped],
        optimizer,
      }) as unknown as Game,
      2,
    );
    for (const [place, { values }] of Object.entries(checkpoint.tensors))
      if (place.startsWith('weights/discriminator/parameters'))
        expect(values.every((value) => Math.abs(value) === 0)).toBe(true);
  });
});

describe('training', () => {
  it('can be left and entered again', async () => {
    const training = train(plain(), { data: clouds, batchSize: 6, seed: 7 });
    for await (const step of training) if (step.index === 1) break;
    for await (const step of training) {
      expect(step.index).toBe(2);
      break;
    }
    const straight = await play(plain() as unknown as Game, 3);
    expect((await training.checkpoint()).tensors).toEqual(straight.checkpoint.tensors);
    training.dispose();
  });
  it('gives losses until the next step begins, then a typed error', async () => {
    const training = train(plain(), { data: clouds, batchSize: 6, seed: 7 });
    const steps = training[Symbol.asyncIterator]();
    const first = (await steps.next()).value;
    expect(Object.keys(await first.losses())).toEqual(['discriminator/logistic', 'generator/logistic']);
    await steps.next();
    await expect(first.losses()).rejects.toThrow('the losses of step 0 are gone');
    training.dispose();
  });
  it('refuses a second step while one is under way, and anything after dispose', async () => {
    const training = train(plain(), { data: clouds, batchSize: 6, seed: 7 });
    const steps = training[Symbol.asyncIterator]();
    const under = steps.next();
    const early = [steps.next(), training.checkpoint()];
    for (const promise of early) await expect(promise).rejects.toThrow('a step is under way');
    await under;
    training.dispose();
    await expect(steps.next()).rejects.toThrow('disposed of');
    expect(() => training.network('generator').weights).toThrow('disposed of');
  });
  it('lets timers run between steps', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    const training = train(plain(), { data: clouds, batchSize: 6, seed: 7 });
    for await (const _ of training) if (training.steps === 30) break;
    clearInterval(timer);
    training.dispose();
    expect(ticks).toBeGreaterThan(5);
  });
  it('leaves no tensor when a loss throws in the middle of a gradient', async () => {
    const before = memory().numTensors;
    let calls = 0;
    const moody = defineTerm({
      ...logistic(),
      name: 'moody',
      generator: (round) => {
        const value = logistic().generator!(round);
        if (++calls === 3) throw new RangeError('moody');
        return square(value);
      },
    });
    const training = train(
      gan({
        generator: generator(),
        discriminator: noisyDiscriminator(),
        objective: [moody],
        optimizer,
        averaged: 0.9,
      }),
      { data: clouds, batchSize: 6, seed: 7 },
    );
    const steps = training[Symbol.asyncIterator]();
    await steps.next();
    await steps.next();
    const held = memory().numTensors;
    await expect(steps.next()).rejects.toThrow('moody');
    // Two losses fewer than after a step that went well: the failed step has none.
    expect(memory().numTensors).toBe(held - 2);
    await expect(steps.next()).rejects.toThrow('an update of step 2 threw');
    training.dispose();
    expect(memory().numTensors).toBe(before);
  });
  it('can try again when it was the data that failed', async () => {
    let broken = true;
    const moody: Dataset<typeof clouds.ports> = {
      ...clouds,
      batch: (which) => (broken ? Promise.reject(new Error('no disk')) : clouds.batch(which)),
    };
    const training = train(plain(), { data: moody, batchSize: 6, seed: 7 });
    const steps = training[Symbol.asyncIterator]();
    await expect(steps.next()).rejects.toThrow('no disk');
    broken = false;
    expect((await steps.next()).value.index).toBe(0);
    training.dispose();
  });
  it('holds the same number of tensors over 200 steps, with batch norm and dropout', async () => {
    const before = memory().numTensors;
    const { tensors } = await play(noisy() as unknown as Game, 200);
    expect(new Set(tensors).size).toBe(1);
    expect(memory().numTensors).toBe(before);
  });
});

describe('a bad beginning', () => {
  const start = (options: object) => () => train(plain(), { data: clouds, batchSize: 6, seed: 7, ...options } as never);
  it('names a batch size of 0', () =>
    expect(start({ batchSize: 0 })).toThrow('batchSize must be a whole number of at least 1, but is 0'));
  it('names a seed that is none', () =>
    expect(start({ seed: 1.5 })).toThrow('seed must be a whole number of at least 0, but is 1.5'));
  it('compares the batch with the data', () =>
    expect(start({ data: { ...clouds, size: 5 } })).toThrow(
      "batchSize must be at most the data's 5 samples, but is 6",
    ));
  it('leaves nothing allocated', () => {
    const before = memory().numTensors;
    expect(start({ batchSize: -1 })).toThrow(TypeError);
    expect(memory().numTensors).toBe(before);
  });
});

describe('a checkpoint', () => {
  it('of another model is refused with the difference', async () => {
    const before = memory().numTensors;
    const { checkpoint } = await play(plain() as unknown as Game, 2);
    const other = gan({
      generator: generator(),
      discriminator: noisyDiscriminator(),
      objective: [logistic()],
      optimizer,
    });
    expect(() => train(other, { data: clouds, resume: checkpoint })).toThrow(
      /the checkpoint is of another model: networks\.discriminator\.parameters\.2\/kernel is "float32 8x1" in the checkpoint, but absent in the game/,
    );
    expect(() => train(plain(), { data: clouds, resume: checkpoint, seed: 8 })).toThrow(
      'seed is 8, but the checkpoint to resume was made with 7',
    );
    expect(memory().numTensors).toBe(before);
  });
  it('lends its matching weights to another model, and says which', async () => {
    const before = memory().numTensors;
    const { checkpoint } = await play(plain() as unknown as Game, 4);
    const training = train(noisy(), { data: clouds, batchSize: 6, seed: 1, from: checkpoint });
    const { taken, missing, unused } = training.origin;
    expect(training.steps).toBe(0);
    expect(taken).toEqual(
      ['0/kernel', '1/bias', '2/kernel', '3/bias']
        .map((name) => `weights/generator/parameters/${name}`)
        .concat(['weights/discriminator/parameters/0/kernel', 'weights/discriminator/parameters/1/bias']),
    );
    expect(missing).toContain('weights/discriminator/parameters/2/gamma');
    expect(unused).toContain('weights/discriminator/parameters/2/kernel');
    const stored = checkpoint.tensors['weights/generator/parameters/0/kernel']!.values;
    expect(training.network('generator').weights.parameters['0/kernel']!.dataSync()).toEqual(stored);
    for await (const _ of training) break;
    training.dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('samples of any rank', () => {
  const shapes = {
    'a point': [2],
    'a waveform': [16, 1],
    'a picture': [4, 4, 3],
    'a volume': [3, 3, 3, 1],
    'a video': [2, 3, 3, 1],
    'a sequence of letters': [5, 7],
  };
  for (const [title, shape] of Object.entries(shapes))
    it(`${title} goes through the same types`, async () => {
      const units = shape.reduce((a, b) => a * b, 1);
      const maker = layersNetwork({
        inputs: { latents: [3] },
        outputs: { sample: shape },
        model: () =>
          sequential({ layers: [layers.dense({ units, inputShape: [3] }), layers.reshape({ targetShape: shape })] }),
      });
      const judge = layersNetwork({
        inputs: { sample: shape },
        outputs: { score: 'linear' },
        model: () =>
          sequential({
            layers: [layers.reshape({ inputShape: shape, targetShape: [units] }), layers.dense({ units: 1 })],
          }),
      });
      const data = {
        ports: { sample: shape },
        size: Number.POSITIVE_INFINITY,
        batch: async ({ size, random }: Parameters<Dataset['batch']>[0]) => ({
          sample: random.normal([size, ...shape]),
        }),
      };
      const training = train(gan({ generator: maker, discriminator: judge, objective: [logistic()], optimizer }), {
        data,
        batchSize: 4,
        seed: 1,
      });
      for await (const step of training) {
        expect(Object.values(await step.losses()).every(Number.isFinite)).toBe(true);
        break;
      }
      training.dispose();
    });
});
