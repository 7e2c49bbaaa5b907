import '@tensorflow/tfjs-backend-cpu';
import { memory, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { pooledPixels } from './pooled-pixels.js';

describe('pooledPixels', () => {
  it('gives the means of equal squares, channel by channel, and leaves nothing behind', () => {
    const before = memory().numTensors;
    const { extract, features, name } = pooledPixels({ sample: [4, 4, 1], side: 2 });
    expect([features, name]).toEqual([4, 'pixels-2x2']);
    const x = tensor(
      Array.from({ length: 16 }, (_, i) => i),
      [1, 4, 4, 1],
    );
    const y = extract(x);
    // 0, 1, 4 and 5 make 2.5; two to the right 2 more; two rows down 8 more.
    expect([y.shape, Array.from(y.dataSync())]).toEqual([
      [1, 4],
      [2.5, 4.5, 10.5, 12.5],
    ]);
    x.dispose();
    y.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it.each([
    [{ sample: [4, 6, 1] }, 'sample must be a square picture, [side, side, channels], but is [4, 6, 1]'],
    [{ sample: [12, 12, 1], side: 8 }, "side must divide the picture's 12, but is 8"],
  ] as const)('refuses %j', (options, sentence) => {
    expect(() => pooledPixels(options)).toThrow(new TypeError(sentence));
  });
});
