import { add, mean, memory, mul, setBackend, sub, sum, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { clouds, constant, discriminator, generator, logistic, optimizer, play } from './games.fixture.js';
import {
  adam,
  defineTerm,
  every,
  type Game,
  game,
  gan,
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
    networks: { number: constant(0) },
    samples: { sample: { data: [2] }, latents: { normal: [1] }, fake: { by: 'number' } },
    objective: [on({ value: 'fake' }, term)],
    players: { walker: { trains: ['number'], optimizer: rate, ...extra } },
  } as never) as unknown as Game;

const still = sgd({ learningRate: 0 });

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
  it('averages by a decay of its own schedule', async () => {
    // d = 1/2, 2/3 after updates 1, 2; p = -n: a1 = 1/2 * -1; a2 = 2/3 a1 + 1/3 * -2 = -1.
    const averaged = (update: number) => update / (update + 1);
    expect(await walked(walk(slope as never, { averaged }), 1, 'averaged')).toBeCloseTo(-1 / 2, 6);
    expect(await walked(walk(slope as never, { averaged }), 2, 'averaged')).toBeCloseTo(-1, 6);
    await expect(walked(walk(slope as never, { averaged: () => 1 }), 1)).rejects.toThrow(
      'averaged(1) must be at least 0 and less than 1, but is 1',
    );
  });
  it('follows a learning rate by update', async () =>
    expect(await walked(walk(slope as never, {}, sgd({ learningRate: (update) => 1 / update })), 3)).toBeCloseTo(
      -(1 + 1 / 2 + 1 / 3),
      6,
    ));
});

describe('two time scales', () => {
  it('move each player by its own rate', async () => {
    // The first step of Adam is the learning rate, whatever the gradient.
    const { checkpoint } = await play(
      gan({
        generator: generator(),
        discriminator: discriminator(),
        objective: [logistic()],
        optimizer: { discriminator: adam({ learningRate: 4e-3 }), generator: adam({ learningRate: 1e-3 }) },
      }) as unknown as Game,
      1,
    );
    const start = await play(
      gan({
        generator: generator(),
        discriminator: discriminator(),
        objective: [logistic()],
        optimizer: still,
      }) as never,
      1,
    );
    for (const [network, rate] of [
      ['discriminator', 4e-3],
      ['generator', 1e-3],
    ] as const) {
      const place = `weights/${network}/parameters/0/kernel`;
      const before = start.checkpoint.tensors[place]!.values;
      checkpoint.tensors[place]!.values.forEach((value, i) => {
        expect(Math.abs(value - before[i]!)).toBeCloseTo(rate, 5);
      });
    }
  });
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
  it('finds after the update what its side made, once and before it', async () => {
    const [made, found]: [number[], number[]] = [[], []];
    const remembering = defineTerm({
      ...slope,
      name: 'remembering',
      generator: ({ samples, once }) => {
        const value = once('value', () => mean(samples.value));
        made.push(value.dataSync()[0]!);
        return once('value', () => zeros([]));
      },
      after: ({ once }) => {
        found.push(once('value', () => zeros([])).dataSync()[0]!);
        return {};
      },
    });
    const before = memory().numTensors;
    expect(await walked(walk(remembering as never), 2)).toBeCloseTo(-2, 6);
    expect(found).toEqual(made);
    expect(found.filter((value) => value !== 0).length).toBe(1);
    expect(memory().numTensors).toBe(before);
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

describe('a judge', () => {
  it('is told as what a term looks at what it gives, and nothing where a term probes', async () => {
    const told: (string | undefined)[] = [];
    const judge = discriminator();
    const listening: typeof judge = {
      ...judge,
      apply: (weights, inputs, mode) => {
        told.push(mode.role);
        return judge.apply(weights, inputs, mode);
      },
    };
    const probe = defineTerm({
      name: 'probe',
      reads: { score: 'linear' },
      discriminator: ({ judge: probed, samples }) => mean(probed(samples.real).score),
    });
    const model = gan({ generator: generator(), discriminator: listening, objective: [logistic(), probe], optimizer });
    await play(model as unknown as Game, 1);
    expect(told).toEqual(['real', 'fake', undefined, 'fake']);
  });
});

describe('a game that cannot be meant', () => {
  const parts = () => ({
    networks: { generator: generator(), judge: discriminator() },
    samples: { sample: { data: [2] }, latents: { normal: [3] }, fake: { by: 'generator' } },
  });
  const bound = () => on({ real: 'sample', fake: 'fake', judge: 'judge' }, logistic());
  it('has a player against itself', () =>
    expect(() =>
      game({
        ...parts(),
        objective: [bound()],
        players: { all: { trains: ['judge', 'generator'], optimizer } },
      } as never),
    ).toThrow('players.all: it trains both sides of logistic'));
  it('has a player with an option that there is not', () =>
    expect(() =>
      game({
        ...parts(),
        objective: [bound()],
        players: { judge: { trains: ['judge'], optimizer, update: 2 } },
      } as never),
    ).toThrow("players.judge has no option 'update'"));
  it('has a sample from nowhere', () =>
    expect(() =>
      game({
        ...parts(),
        samples: { ...parts().samples, other: { gaussian: [2] } },
        objective: [bound()],
        players: { judge: { trains: ['judge'], optimizer } },
      } as never),
    ).toThrow("samples.other: it comes from ['gaussian']; a sample comes from one of data, normal"));
  it('has a term without a side, or without a name', () => {
    expect(() => defineTerm({ name: 'idle', reads: {} })).toThrow('idle has neither a discriminator side');
    expect(() => defineTerm({ ...logistic(), name: '' })).toThrow("a term needs a name, but its is ''");
  });
  it('has two terms of one name: both keep their losses', async () => {
    const twice = gan({
      generator: generator(),
      discriminator: discriminator(),
      objective: [logistic(), weighted(2, logistic())],
      optimizer,
    });
    const { losses } = await play(twice as unknown as Game, 1);
    expect(Object.keys(losses)).toEqual([
      'discriminator/logistic(sample,fake)',
      'discriminator/logistic(sample,fake)#2',
      'generator/logistic(sample,fake)',
      'generator/logistic(sample,fake)#2',
    ]);
  });
});
