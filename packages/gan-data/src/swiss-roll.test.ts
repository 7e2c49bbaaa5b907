import '@tensorflow/tfjs-backend-cpu';
import { random } from '@gan/core';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { swissRoll } from './swiss-roll.js';

const points = async (data: ReturnType<typeof swissRoll>, size: number) => {
  const { sample } = await data.batch({ index: 0, size, random: random(3) });
  expect([sample.shape, sample.dtype]).toEqual([[size, 2], 'float32']);
  const values = (await sample.array()) as [number, number][];
  sample.dispose();
  return values;
};

describe('swissRoll', () => {
  it('lies on the spiral r = angle when there is no noise', async () => {
    for (const [x, y] of await points(swissRoll({ deviation: 0, scale: 1 }), 200)) {
      // (t cos t, t sin t) has the radius t: going back by the angle t leads to (t, 0).
      const t = Math.hypot(x, y);
      expect(t).toBeGreaterThan(1.5 * Math.PI - 1e-4);
      expect(t).toBeLessThan(4.5 * Math.PI + 1e-4);
      expect(Math.cos(t) - x / t).toBeCloseTo(0, 4);
      expect(Math.sin(t) - y / t).toBeCloseTo(0, 4);
    }
  });

  it('adds noise of the stated deviation, and divides all by the scale', async () => {
    const clean = await points(swissRoll({ deviation: 0, scale: 1 }), 2000);
    const noisy = await points(swissRoll({ deviation: 0.25, scale: 7.5 }), 2000);
    const squares = noisy.flatMap((point, k) => point.map((x, axis) => (7.5 * x - clean[k]![axis]!) ** 2));
    const deviation = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
    // 4000 numbers: five standard errors of a deviation are 5 / sqrt(8000) = 5.6%.
    expect(deviation / 0.25).toBeGreaterThan(0.944);
    expect(deviation / 0.25).toBeLessThan(1.056);
  });

  it('leaves no tensor behind', async () => {
    const before = memory().numTensors;
    await points(swissRoll(), 8);
    expect(memory().numTensors).toBe(before);
  });

  it('refuses a negative deviation and a scale of 0', () => {
    expect(() => swissRoll({ deviation: -1 })).toThrow(
      new TypeError('deviation must be a finite number of at least 0, but is -1'),
    );
    expect(() => swissRoll({ scale: 0 })).toThrow(new TypeError('scale must be a positive finite number, but is 0'));
  });
});
