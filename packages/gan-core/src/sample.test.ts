import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  cast,
  memory,
  mul,
  reshape,
  setBackend,
  slice,
  sum,
  type Tensor,
  tensor1d,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Dataset, evaluate, type Metric, type Network, random, sample, type TrainedNetwork } from './index.js';
import { disposeAll } from './tensors.js';

beforeAll(async () => {
  await setBackend('cpu');
});

/** Shows what it is fed with: latents of two numbers, plus a hundred times the class. */
const mirror: Network<{ readonly latents: readonly [2]; readonly classes: 10 }, { readonly sample: readonly [2] }> = {
  inputs: { latents: [2], classes: 10 },
  outputs: { sample: [2] },
  init: () => ({ parameters: {}, state: {} }),
  apply: (_, { latents, classes }) => ({
    outputs: { sample: add(latents!, mul(reshape(cast(classes!, 'float32'), [-1, 1]), 100)) },
    state: {},
  }),
};
const trained: TrainedNetwork<(typeof mirror)['inputs'], (typeof mirror)['outputs'], 'latents'> = {
  network: mirror,
  weights: { parameters: {}, state: {} },
  drawn: { latents: { normal: [2] } },
};

const read = async (made: Promise<Tensor>): Promise<readonly number[]> => {
  const tensor = await made;
  const values = [...tensor.dataSync()];
  tensor.dispose();
  return values;
};

describe('sample', () => {
  it('depends on the seed, and not on the batch size', async () => {
    const before = memory().numTensors;
    const all = await read(sample(trained, { count: 7, classes: 0, seed: 1 }));
    expect(await read(sample(trained, { count: 7, classes: 0, seed: 1, batchSize: 3 }))).toEqual(all);
    expect(await read(sample(trained, { count: 7, classes: 0, seed: 2 }))).not.toEqual(all);
    expect(all).toHaveLength(14);
    expect(memory().numTensors).toBe(before);
  });
  it('takes one class for all, or one for each', async () => {
    const plain = await read(sample(trained, { count: 2, classes: 0, seed: 1 }));
    expect(await read(sample(trained, { count: 2, classes: 7, seed: 1 }))).toEqual(
      plain.map((value) => Math.fround(Math.fround(value) + 700)),
    );
    const ids = tensor1d([1, 9], 'int32');
    const mixed = await read(sample(trained, { count: 2, classes: [1, 9], seed: 1 }));
    expect(mixed.map((value) => Math.round(value / 100))).toEqual([1, 1, 9, 9]);
    expect(await read(sample(trained, { count: 2, classes: ids, seed: 1 }))).toEqual(mixed);
    ids.dispose();
  });
  it('cuts normal latents off where it is told', async () => {
    const wild = await read(sample(trained, { count: 500, classes: 0, seed: 1 }));
    const tame = await read(sample(trained, { count: 500, classes: 0, seed: 1, truncation: 0.5 }));
    expect(Math.max(...wild.map(Math.abs))).toBeGreaterThan(2);
    expect(Math.max(...tame.map(Math.abs))).toBeLessThanOrEqual(0.5);
    expect(Math.max(...tame.map(Math.abs))).toBeGreaterThan(0.45);
  });
  it('uses latents that are given', async () => {
    const latents = random(1).normal([3, 2]);
    expect(await read(sample(trained, { count: 3, classes: 0, seed: 1, latents }))).toEqual([...latents.dataSync()]);
    expect(latents.isDisposed).toBe(false);
    latents.dispose();
  });
  const refusals: readonly [string, object, string][] = [
    ['a class out of range', { count: 2, classes: 10 }, "'classes' must be ids from 0 to 9, but one is 10"],
    ['a class that is none', { count: 2, classes: 1.5 }, "'classes' must be ids from 0 to 9, but one is 1.5"],
    ['too few classes', { count: 3, classes: [1, 2] }, "'classes' must have 3 ids, one for each sample, but has 2"],
    [
      'an input the network has not',
      { count: 2, classes: 1, colour: 3 },
      "the network takes no 'colour'; it takes latents, classes, and options are count",
    ],
    ['no samples at all', { count: 0, classes: 1 }, 'count must be a whole number of at least 1, but is 0'],
    [
      'an output the network has not',
      { count: 1, classes: 1, output: 'mask' },
      "the network has no output 'mask'; it has sample",
    ],
    [
      'a negative truncation',
      { count: 1, classes: 1, truncation: -1 },
      'truncation must be a positive finite number, but is -1',
    ],
  ];
  for (const [title, options, sentence] of refusals)
    it(`refuses ${title}, and leaves nothing behind`, async () => {
      const before = memory().numTensors;
      await expect(sample(trained, { seed: 1, ...options } as never)).rejects.toThrow(sentence);
      expect(memory().numTensors).toBe(before);
    });
});

describe('evaluate', () => {
  it('sees every sample of a finite set once, whatever the batch size', async () => {
    /** Ten samples in order: the number of the sample. */
    const finite: Dataset<{ readonly sample: readonly [1]; readonly classes: 10 }> = {
      ports: { sample: [1], classes: 10 },
      size: 10,
      batch: async ({ index, size }) => ({
        sample: tensor2d(Array.from({ length: size }, (_, i) => [(index * size + i) % 10])),
        classes: tensor1d(Array<number>(size).fill(0), 'int32'),
      }),
    };
    const seen: number[][] = [];
    const look: Metric = {
      name: 'look',
      direction: 'lower',
      protocol: { samples: 10 },
      measure: async ({ real }) => {
        const numbers: number[] = [];
        for await (const batch of real(10)) {
          numbers.push(...batch['sample']!.dataSync());
          disposeAll(batch);
        }
        seen.push(numbers);
        return 0;
      },
    };
    for (const batchSize of [4, 10, 64]) await evaluate(trained, { data: finite, metrics: [look], seed: 1, batchSize });
    expect(seen).toEqual(Array(3).fill([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  });

  const data: Dataset<{ readonly sample: readonly [2]; readonly classes: 10 }> = {
    ports: { sample: [2], classes: 10 },
    size: Number.POSITIVE_INFINITY,
    batch: async ({ size, random: source }) => ({
      sample: source.stream('s').normal([size, 2]),
      classes: source.stream('c').categorical([size], 10),
    }),
  };
  /** How many fake samples show the class they were asked for, and how many there are. */
  const agreement: Metric = {
    name: 'agreement',
    direction: 'higher',
    protocol: { samples: 50 },
    measure: async ({ fake }) => {
      let agreed = 0;
      for await (const batch of fake(50)) {
        const first = slice(batch['sample']!, [0, 0], [-1, 1]);
        const shown = [...first.dataSync()].map((value) => Math.round(value / 100));
        agreed += [...batch['classes']!.dataSync()].filter((id, i) => id === shown[i]).length;
        disposeAll([batch, first]);
      }
      return agreed;
    },
  };
  const total: Metric = {
    ...agreement,
    name: 'total',
    measure: async ({ real, fake }) => {
      let result = 0;
      for (const side of [real, fake])
        for await (const batch of side(50)) {
          const all = sum(batch['sample']!);
          result += all.dataSync()[0]!;
          disposeAll([batch, all]);
        }
      return result;
    },
  };
  it('gives fakes the conditions of the data, repeats itself, and leaves nothing behind', async () => {
    const before = memory().numTensors;
    const options = { data, metrics: [agreement, total], seed: 4, batchSize: 16 };
    const once = await evaluate(trained, options);
    expect(once['agreement']).toBe(50);
    expect(await evaluate(trained, options)).toEqual(once);
    expect((await evaluate(trained, { ...options, seed: 5 }))['total']).not.toBe(once['total']);
    expect(memory().numTensors).toBe(before);
  });
});
