import { add, memory, scalar, setBackend, square } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { clouds, discriminator, generator, logistic, noisyDiscriminator, optimizer, play } from './games.fixture.js';
import { type Dataset, defineTerm, every, type Game, gan, layersNetwork, train } from './index.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const plain = () => gan({ generator: generator(), discriminator: discriminator(), objective: [logistic()], optimizer });
const noisy = () =>
  gan({ generator: generator(), discriminator: noisyDiscriminator(), objective: [logistic()], optimizer });

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
  it('shows the state of its terms as it is, by the labels of their losses', async () => {
    const counting = () =>
      defineTerm({
        ...logistic(),
        name: 'counting',
        init: () => ({ count: scalar(0) }),
        after: ({ state }) => ({ state: { count: add(state['count']!, 1) } }),
      });
    const model = gan({
      generator: generator(),
      discriminator: discriminator(),
      objective: [logistic(), counting(), every(2, counting())],
      optimizer,
    });
    const training = train(model, { data: clouds, batchSize: 6, seed: 7 });
    const counts = () =>
      ['counting(sample,fake)', 'counting(sample,fake)#2'].map((term) => training.state(term)['count']!.dataSync()[0]);
    expect(counts()).toEqual([0, 0]);
    for await (const _ of training) if (training.steps === 3) break;
    expect(counts()).toEqual([3, 2]);
    expect(training.state('logistic')).toEqual({});
    expect(() => training.state('hinge')).toThrow(
      new TypeError("the game has no term 'hinge'; it has logistic, counting(sample,fake), counting(sample,fake)#2"),
    );
    training.dispose();
    expect(() => training.state('logistic')).toThrow('disposed of');
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

describe('data that are not what they promise', () => {
  const first = (batch: Dataset['batch'], ports: object = clouds.ports) =>
    train(plain(), { data: { ports, size: 100, batch } as never, batchSize: 6, seed: 7 })
      [Symbol.asyncIterator]()
      .next();
  it('name the shape', async () => {
    const before = memory().numTensors;
    const training = first((which) => clouds.batch({ ...which, size: 5 }));
    await expect(training).rejects.toThrow("data: 'sample' of a batch must have shape [6,2], but has [5,2]");
    // The weights of the training, which nobody disposed of: 8 parameters and Adam's two moments of each.
    expect(memory().numTensors - before).toBe(24);
  });
  it('name what is absent', () =>
    expect(first(async () => ({}))).rejects.toThrow("data: 'sample' of a batch must have shape [6,2], but is absent"));
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
