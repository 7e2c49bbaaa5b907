import '@tensorflow/tfjs-backend-cpu';
import { dispose, memory, setBackend, type Tensor, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { lerp, slerp } from './interpolation.js';
import { random } from './streams.js';

async function rows(way: typeof lerp, from: number[][], to: number[][], steps: number): Promise<number[][]> {
  const ends = { from: tensor2d(from), to: tensor2d(to) };
  const points = (await way({ ...ends, steps })) as Tensor;
  expect(points.shape).toEqual([from.length * steps, from[0]!.length]);
  expect(points.dtype).toBe('float32');
  const values = (await points.array()) as number[][];
  dispose([ends, points]);
  return values;
}

const close = (actual: readonly number[][], expected: readonly number[][]) => {
  expect(actual.length).toBe(expected.length);
  actual.forEach((row, i) => {
    row.forEach((value, k) => {
      expect(Math.abs(value - expected[i]![k]!)).toBeLessThan(1e-6);
    });
  });
};

const [cos15, sin15, root3] = [Math.cos(Math.PI / 12), Math.sin(Math.PI / 12), Math.sqrt(3)];

beforeAll(() => setBackend('cpu'));

describe('lerp', () => {
  it('divides each pair evenly, one pair after the other', async () => {
    const from = [
      [0, 0],
      [1, 1],
    ];
    const to = [
      [4, 8],
      [1, -1],
    ];
    expect(await rows(lerp, from, to, 3)).toEqual([
      [0, 0],
      [2, 4],
      [4, 8],
      [1, 1],
      [1, 0],
      [1, -1],
    ]);
  });
});

describe('slerp', () => {
  it('goes along the arc at a steady angle', async () => {
    // 60 degrees apart: a quarter of the way is at 15 degrees, half of it at 30.
    const points = await rows(slerp, [[1, 0, 0]], [[0.5, root3 / 2, 0]], 5);
    close(points, [
      [1, 0, 0],
      [cos15, sin15, 0],
      [root3 / 2, 0.5, 0],
      [Math.SQRT1_2, Math.SQRT1_2, 0],
      [0.5, root3 / 2, 0],
    ]);
  });

  it('takes the angle of unit vectors, but keeps the lengths', async () => {
    // A right angle, a third of the way: sin(60 degrees) * 2 and sin(30 degrees) * 4.
    close(await rows(slerp, [[2, 0]], [[0, 4]], 4), [
      [2, 0],
      [root3, 2],
      [1, 2 * root3],
      [0, 4],
    ]);
  });

  it('keeps the length of latents, which the straight line does not', async () => {
    const [from, to] = [random(1).normal([8, 256]), random(2).normal([8, 256])];
    const lengths = async (way: typeof lerp) => {
      const points = await way({ from, to, steps: 9 });
      const values = (await points.array()) as number[][];
      dispose(points);
      return values.map((row) => Math.hypot(...row));
    };
    // sqrt(256) = 16 with a standard deviation of 0.7; the middle of a straight line is shorter by sqrt(2): 11.3.
    const [arc, line] = [await lengths(slerp), await lengths(lerp)];
    expect(Math.min(...arc)).toBeGreaterThan(13);
    expect(Math.max(...arc)).toBeLessThan(19);
    expect(Math.max(...line.filter((_, i) => i % 9 === 4))).toBeLessThan(13);
    dispose([from, to]);
  });

  it('begins and ends at exactly the given latents', async () => {
    const [from, to] = [random(3).normal([4, 33]), random(4).normal([4, 33])];
    const points = await slerp({ from, to, steps: 3 });
    const [values, begins, ends] = (await Promise.all([points, from, to].map((t) => t.array()))) as number[][][];
    expect(values!.filter((_, i) => i % 3 === 0)).toEqual(begins);
    expect(values!.filter((_, i) => i % 3 === 2)).toEqual(ends);
    dispose([from, to, points]);
  });

  it('is a straight line where there is no arc: parallel, opposite or zero rows', async () => {
    const from = [
      [1, 2],
      [3, 4],
      [1, 1],
      [0, 0],
    ];
    const to = [
      [1, 2],
      [6, 8],
      [-1, -1],
      [4, 4],
    ];
    expect(await rows(slerp, from, to, 3)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [3, 4],
      [4.5, 6],
      [6, 8],
      [1, 1],
      [0, 0],
      [-1, -1],
      [0, 0],
      [2, 2],
      [4, 4],
    ]);
  });

  it('meets the straight line where the arc gets short', async () => {
    const to = [[1, 3e-6]];
    close(await rows(slerp, [[1, 0]], to, 3), await rows(lerp, [[1, 0]], to, 3));
  });

  it('refuses shapes that do not fit and too few steps, and leaves nothing on the engine', async () => {
    const before = memory().numTensors;
    const [a, b] = [tensor2d([[1, 2]]), tensor2d([[1], [2]])];
    const row = tensor1d([1, 2]);
    await expect(slerp({ from: a, to: b, steps: 2 })).rejects.toThrow(
      'from and to must both be [pairs, size], but their shapes are [1, 2] and [2, 1]',
    );
    await expect(lerp({ from: row, to: row, steps: 2 })).rejects.toThrow(TypeError);
    await expect(lerp({ from: a, to: a, steps: 1 })).rejects.toThrow(
      'steps must be a whole number of at least 2, but is 1',
    );
    dispose([a, b, row]);
    expect(memory().numTensors).toBe(before);
  });
});
