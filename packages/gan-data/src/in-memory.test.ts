import '@tensorflow/tfjs-backend-cpu';
import { random, type Tensors } from '@gan/core';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { inMemory } from './in-memory.js';

const stream = random(7);

/** A tensor as nested arrays, given back. */
const taken = async (tensors: Tensors, name: string) => {
  const values = await tensors[name]!.array();
  for (const tensor of Object.values(tensors)) tensor.dispose();
  return values;
};

/** Seven samples whose only number is their own. */
const seven = (seed = 0) =>
  inMemory({ ports: { sample: [1] }, arrays: { sample: Float32Array.of(0, 1, 2, 3, 4, 5, 6) }, seed });
const batchOf = async (data: ReturnType<typeof seven>, index: number, size: number) =>
  ((await taken(await data.batch({ index, size, random: stream }), 'sample')) as number[][]).flat();

describe('inMemory', () => {
  it('goes through every sample once an epoch, each epoch in another order', async () => {
    const data = seven();
    const epochs = [0, 1, 2].map((epoch) => batchOf(data, epoch, 7));
    const [first, second, third] = await Promise.all(epochs);
    for (const epoch of [first!, second!, third!])
      expect([...epoch].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(second).not.toEqual(first);
    expect(third).not.toEqual(second);
  });

  it('cuts the epochs into batches that may span two of them', async () => {
    const data = seven();
    const whole = [...(await batchOf(data, 0, 7)), ...(await batchOf(data, 1, 7)), ...(await batchOf(data, 2, 7))];
    const parts: number[] = [];
    for (let index = 0; index < 7; index++) parts.push(...(await batchOf(data, index, 3)));
    // 7 batches of 3 are 3 epochs of 7.
    expect(parts).toEqual(whole);
  });

  it('gives a batch as a function of its number, whatever was asked for before', async () => {
    const data = seven();
    const far = await batchOf(data, 1000, 3);
    await batchOf(data, 2, 3);
    expect(await batchOf(data, 1000, 3)).toEqual(far);
    expect(await batchOf(seven(), 1000, 3)).toEqual(far);
    expect(await batchOf(seven(1), 0, 7)).not.toEqual(await batchOf(seven(), 0, 7));
  });

  it('keeps the ports of a sample together', async () => {
    const data = inMemory({
      ports: { sample: [2], classes: 3 },
      arrays: { sample: [0, 0, 1, 10, 2, 20], classes: [0, 1, 2] },
    });
    const { sample, classes } = await data.batch({ index: 0, size: 3, random: stream });
    expect([sample.shape, sample.dtype, classes.shape, classes.dtype]).toEqual([[3, 2], 'float32', [3], 'int32']);
    const ids = (await classes.array()) as number[];
    expect(await sample.array()).toEqual(ids.map((id) => [id, 10 * id]));
    sample.dispose();
    classes.dispose();
  });

  it('maps bytes to [-1, 1]', async () => {
    const data = inMemory({ ports: { sample: [1, 3, 1] }, arrays: { sample: Uint8Array.of(0, 51, 255) } });
    const picture = (await taken(await data.batch({ index: 0, size: 1, random: stream }), 'sample')) as number[][][];
    // 51 / 127.5 - 1 = -0.6
    expect(picture.flat(3)).toEqual([-1, Math.fround(-0.6), 1]);
  });

  it('mirrors half of the pictures left to right, all ports of a sample alike, and by the batch stream alone', async () => {
    const size = 400;
    const picture = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((value) => value / 100);
    const data = inMemory({
      ports: { sample: [2, 3, 2], mask: [1, 2, 1], point: [2] },
      arrays: {
        sample: Float32Array.from({ length: size * 12 }, (_, i) => picture[i % 12]!),
        mask: Float32Array.from({ length: size * 2 }, (_, i) => i % 2),
        point: Float32Array.from({ length: size * 2 }, (_, i) => i % 2),
      },
      flip: true,
    });
    const batch = await data.batch({ index: 0, size, random: stream });
    const again = await data.batch({ index: 0, size, random: stream });
    const samples = (await batch.sample.array()) as number[][][][];
    expect(await again.sample.array()).toEqual(samples);
    const masks = (await batch.mask.array()) as number[][][][];
    const points = (await batch.point.array()) as number[][];
    // Rows [12 34 56] and [78 9a bc] of pixels of two channels become [56 34 12] and [bc 9a 78].
    const mirrored = [5, 6, 3, 4, 1, 2, 11, 12, 9, 10, 7, 8].map((value) => Math.fround(value / 100));
    let count = 0;
    for (const [k, sample] of samples.entries()) {
      const flipped = masks[k]![0]![0]![0] === 1;
      count += Number(flipped);
      expect(sample.flat(2)).toEqual(flipped ? mirrored : picture.map(Math.fround));
      expect(points[k]).toEqual([0, 1]);
    }
    // 400 fair coins: 200, standard deviation 10; five of them are 50.
    expect(Math.abs(count - 200)).toBeLessThan(50);
    for (const tensor of [...Object.values(batch), ...Object.values(again)]) tensor.dispose();
  });

  it('keeps literal ports in its type and its arrays at hand', () => {
    const sample = new Uint8Array(2 * 28 * 28);
    const data = inMemory({ ports: { sample: [28, 28, 1], classes: 10 }, arrays: { sample, classes: [3, 4] } });
    expectTypeOf(data.ports).toEqualTypeOf<{ readonly sample: readonly [28, 28, 1]; readonly classes: 10 }>();
    expect(data.arrays.sample).toBe(sample);
    expect(data.size).toBe(2);
    // @ts-expect-error: an array for each port
    expect(() => inMemory({ ports: { sample: [2], classes: 2 }, arrays: { sample: [1, 2] } })).toThrow(
      new TypeError('arrays.classes must be a typed array or an array of numbers, but is undefined'),
    );
  });

  it('leaves no tensor behind', async () => {
    const before = memory().numTensors;
    await batchOf(seven(), 0, 3);
    expect(memory().numTensors).toBe(before);
  });

  it('refuses a batch that is larger than the data set, with both numbers', async () => {
    await expect(seven().batch({ index: 0, size: 8, random: stream })).rejects.toThrow(
      new TypeError('a batch of 8 cannot be drawn from a data set of 7 samples without repeating'),
    );
    await expect(seven().batch({ index: 0, size: 0, random: stream })).rejects.toThrow(
      new TypeError('size must be a whole number of at least 1, but is 0'),
    );
    await expect(seven().batch({ index: -1, size: 1, random: stream })).rejects.toThrow(
      new TypeError('index must be a whole number of at least 0, but is -1'),
    );
  });

  it.each([
    [
      'labels out of range',
      { ports: { classes: 10 }, arrays: { classes: [3, 9, 10] } },
      'arrays.classes holds 10 in sample 2, but the class ids of 10 classes are the whole numbers from 0 to 9',
    ],
    [
      'labels that are not whole',
      { ports: { classes: 10 }, arrays: { classes: [3, 0.5] } },
      'arrays.classes holds 0.5 in sample 1, but the class ids of 10 classes are the whole numbers from 0 to 9',
    ],
    [
      'pictures outside [-1, 1]',
      { ports: { sample: [1, 2, 1] }, arrays: { sample: [0, 1, 0, 255] } },
      'arrays.sample holds 255 in sample 1, but a picture lies in [-1, 1] (as bytes in a Uint8Array in 0 .. 255)',
    ],
    [
      'numbers that are none',
      { ports: { sample: [2] }, arrays: { sample: Float32Array.of(0, Number.NaN) } },
      'arrays.sample holds NaN in sample 0, but samples are made of finite numbers',
    ],
    [
      'a length that the shape does not divide',
      { ports: { sample: [2, 2] }, arrays: { sample: new Float32Array(6) } },
      'arrays.sample must hold a multiple of 4 numbers, but holds 6',
    ],
    [
      'no samples',
      { ports: { sample: [2] }, arrays: { sample: [] } },
      'arrays.sample must hold a multiple of 2 numbers, but holds 0',
    ],
    [
      'ports of different lengths',
      { ports: { sample: [2], classes: 2 }, arrays: { sample: [1, 2, 3, 4], classes: [0] } },
      'arrays.classes holds 1 samples, but arrays.sample holds 2; both must be the same',
    ],
    [
      'an array without a port',
      { ports: { sample: [2] }, arrays: { sample: [1, 2], label: [0] } },
      "arrays has 'label', but ports has no such name",
    ],
    [
      'a head as a port',
      { ports: { sample: 'sigmoid' }, arrays: { sample: [1] } },
      "port 'sample' must be a shape as in [28, 28, 1] or a number of classes, but is 'sigmoid'",
    ],
    [
      'a side of 0',
      { ports: { sample: [0] }, arrays: { sample: [1] } },
      "port 'sample' must be a shape as in [28, 28, 1] or a number of classes, but is [0]",
    ],
    ['no ports', { ports: {}, arrays: {} }, 'ports must name at least one shape or class count'],
    [
      'mirroring what is no picture',
      { ports: { sample: [2] }, arrays: { sample: [1, 2] }, flip: true },
      'flip mirrors pictures [height, width, channels], but the ports are sample [2]',
    ],
    [
      'a seed that is none',
      { ports: { sample: [2] }, arrays: { sample: [1, 2] }, seed: -1 },
      'seed must be a whole number from 0 to 2^53 - 1, but is -1',
    ],
  ])('refuses %s', (_, options, sentence) => {
    expect(() => inMemory(options as unknown as Parameters<typeof inMemory>[0])).toThrow(new TypeError(sentence));
  });

  it('lets pictures beyond [-1, 1] through when told how far', () => {
    const of = (limit: number) =>
      inMemory({ ports: { sample: [1, 1, 1] }, arrays: { sample: Float32Array.of(1.5, -3) }, limit });
    expect(of(3).size).toBe(2);
    expect(of(Number.POSITIVE_INFINITY).size).toBe(2);
    expect(() => of(2)).toThrow('holds -3 in sample 1, but a picture lies in [-2, 2]');
  });
});
