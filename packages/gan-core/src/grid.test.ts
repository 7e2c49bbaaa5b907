import '@tensorflow/tfjs-backend-cpu';
import { dispose, memory, setBackend, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GridOptions, grid } from './grid.js';

/** The picture as rows of pixels, each a number, or a list for several channels. */
async function pixels(samples: Tensor, options?: GridOptions) {
  const { width, height, channels, data, depth } = decode(await grid(samples, options), { checkCrc: true });
  expect(depth).toBe(8);
  dispose(samples);
  const pixel = (at: number) => (channels === 1 ? data[at] : [...data.subarray(at * channels, (at + 1) * channels)]);
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => pixel(y * width + x)));
}

beforeAll(() => setBackend('cpu'));

describe('grid', () => {
  it('fills rows from left to right and leaves the rest white', async () => {
    // Three samples of 1 x 2 pixels, two in a row, a pixel between: (x + 1) / 2 * 255, rounded.
    const samples = tensor([-1, 1, -0.5, 0, 0.5, 0.25], [3, 1, 2, 1]);
    expect(await pixels(samples, { columns: 2, padding: 1 })).toEqual([
      [0, 255, 255, 64, 128],
      [255, 255, 255, 255, 255],
      [191, 159, 255, 255, 255],
    ]);
  });

  it('keeps colours and transparency', async () => {
    const colours = tensor([1, -1, -1, -1, 0.2, 1], [2, 1, 1, 3]);
    expect(await pixels(colours, { padding: 0 })).toEqual([
      [
        [255, 0, 0],
        [0, 153, 255],
      ],
    ]);
    const glass = tensor([1, -1, -1, -1, 0, 0, 0, 1], [2, 1, 1, 4]);
    expect(await pixels(glass, { columns: 1, padding: 0 })).toEqual([[[255, 0, 0, 0]], [[128, 128, 128, 255]]]);
  });

  it('enlarges pixels to squares, but not the space between', async () => {
    const samples = tensor([-1, 1], [2, 1, 1, 1]);
    const row = [0, 0, 0, 255, 255, 255, 255];
    expect(await pixels(samples, { scale: 3, padding: 1 })).toEqual([row, row, row]);
  });

  it('clips what lies beyond the range, and takes another range', async () => {
    const values = [-7, 7, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    expect(await pixels(tensor(values, [1, 1, 5, 1]))).toEqual([[0, 255, 0, 255, 0]]);
    expect(await pixels(tensor([0, 0.2, 1], [1, 1, 3, 1]), { range: [0, 1] })).toEqual([[0, 51, 255]]);
    expect(await pixels(tensor([0, 51, 255], [1, 1, 3, 1], 'int32'), { range: [0, 255] })).toEqual([[0, 51, 255]]);
  });

  it('is about square unless told otherwise, and never wider than it has samples', async () => {
    const size = async (count: number, options: GridOptions = {}) => {
      const rows = await pixels(zeros([count, 3, 3, 1]), { padding: 0, ...options });
      return [rows.length / 3, rows[0]!.length / 3];
    };
    expect(await size(10)).toEqual([3, 4]);
    expect(await size(1)).toEqual([1, 1]);
    expect(await size(3, { columns: 8 })).toEqual([1, 3]);
  });

  it('leaves the samples and nothing else on the engine', async () => {
    const samples = zeros([2, 3, 4, 1]);
    const before = memory().numTensors;
    await grid(samples);
    expect(memory().numTensors).toBe(before);
    expect(samples.isDisposed).toBe(false);
    dispose(samples);
  });

  it('refuses what is no picture, naming the shape, and options that make no sense', async () => {
    const refusal = async (shape: number[], options: GridOptions = {}) => {
      const samples = zeros(shape);
      const error = await grid(samples, options).catch((caught: unknown) => caught);
      dispose(samples);
      expect(error).toBeInstanceOf(TypeError);
      return (error as TypeError).message;
    };
    const expected = "a grid takes pictures [count, height, width, 1, 3 or 4], but the samples' shape is";
    expect(await refusal([4, 2])).toBe(`${expected} [4, 2]`);
    expect(await refusal([4, 8, 8, 2])).toBe(`${expected} [4, 8, 8, 2]`);
    expect(await refusal([0, 8, 8, 1])).toBe(`${expected} [0, 8, 8, 1]`);
    expect(await refusal([1, 1, 1, 1], { columns: 0 })).toBe('columns must be a whole number of at least 1, but is 0');
    expect(await refusal([1, 1, 1, 1], { padding: -1 })).toBe(
      'padding must be a whole number of at least 0, but is -1',
    );
    expect(await refusal([1, 1, 1, 1], { scale: 1.5 })).toBe('scale must be a whole number of at least 1, but is 1.5');
    expect(await refusal([1, 1, 1, 1], { range: [1, 1] })).toContain('the lower one first, but is [1, 1]');
    expect(await refusal([1, 1, 1, 1], { colums: 2 } as GridOptions)).toContain("grid has no option 'colums'");
  });
});
