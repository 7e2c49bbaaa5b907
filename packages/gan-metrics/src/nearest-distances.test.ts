import { memory, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { nearestDistances } from './nearest-distances.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const rows = (count: number, width: number, salt: number) =>
  Float32Array.from({ length: count * width }, (_, i) => ((i * i * 7 + i * 13 + salt) % 1009) / 1009);

describe('the distance to the nearest', () => {
  it('is that of comparing each with each, over several chunks', async () => {
    // Source: the definition, in float64. 600 and 2100 rows are more than one chunk of each.
    const [samples, among, width] = [rows(600, 3, 1), rows(2100, 3, 500), 3];
    const before = memory().numTensors;
    const found = await nearestDistances({ samples, among, width });
    expect(memory().numTensors).toBe(before);
    const worst = found.reduce((most, value, i) => {
      let least = Number.POSITIVE_INFINITY;
      for (let j = 0; j < 2100; j++) {
        let sum = 0;
        for (let k = 0; k < width; k++) sum += (samples[i * width + k]! - among[j * width + k]!) ** 2;
        least = Math.min(least, Math.sqrt(sum));
      }
      return Math.max(most, Math.abs(value - least));
    }, 0);
    expect(found.length).toBe(600);
    // A tie within float32's 1e-7 of the squares may go the wrong way.
    expect(worst).toBeLessThan(1e-5);
  });

  it('is exactly 0 for a copy, far from the origin', async () => {
    const among = rows(50, 8, 3).map((value) => value + 1000);
    const samples = among.slice(8 * 20, 8 * 22);
    expect([...(await nearestDistances({ samples, among, width: 8 }))]).toEqual([0, 0]);
  });

  it('refuses rows that do not fit, are not finite, or are none', async () => {
    const one = Float32Array.of(1, 2);
    await expect(nearestDistances({ samples: Float32Array.of(1), among: one, width: 2 })).rejects.toThrow(
      new TypeError('samples must be rows of 2 numbers, but 1 is no multiple of it'),
    );
    await expect(nearestDistances({ samples: one, among: Float32Array.of(1, Number.NaN), width: 2 })).rejects.toThrow(
      new TypeError('among must be finite, but number 1 of row 0 is NaN'),
    );
    await expect(nearestDistances({ samples: one, among: new Float32Array(), width: 2 })).rejects.toThrow(
      new TypeError('among must have at least one row, but is empty'),
    );
    await expect(nearestDistances({ samples: one, among: one, width: 0 })).rejects.toThrow(
      new TypeError('width must be a whole number of at least 1, but is 0'),
    );
  });
});
