import { describe, expect, it } from 'vitest';
import { pyramid } from './pyramid.js';

describe('pyramid', () => {
  it('reaches every side that is 3 to 8 times a power of two', () => {
    for (const times of [3, 4, 5, 6, 7, 8])
      for (const power of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const { start, widths, stride } = pyramid(times * power, 1);
        expect(start).toBeGreaterThanOrEqual(3);
        expect(start).toBeLessThanOrEqual(7);
        expect(stride === 1 ? start : start * 2 ** widths.length).toBe(times * power);
      }
  });

  it.each([
    // side, coarsest side, widths for 64 filters: those of the PyTorch networks that the benchmark compares with
    [28, 7, [64, 128]],
    [32, 4, [64, 128, 256]],
    [64, 4, [64, 128, 256, 512]],
    // capped at 8 times as many
    [256, 4, [64, 128, 256, 512, 512, 512]],
    [48, 6, [64, 128, 256]],
    [8, 4, [64]],
  ])('halves %i to %i', (side, start, widths) => {
    expect(pyramid(side, 64)).toEqual({ start, widths, stride: 2 });
  });

  it('leaves a picture that is as small as the coarsest map as large as it is', () => {
    expect(pyramid(5, 16)).toEqual({ start: 5, widths: [16], stride: 1 });
  });

  it.each([
    [30, 'are 28 and 32'],
    [9, 'are 8 and 10'],
    [100, 'are 96 and 112'],
    [2, 'is 3'],
    [1, 'is 3'],
  ])('refuses a side of %i, and names the nearest it has', (side, near) => {
    expect(() => pyramid(side, 64)).toThrow(
      new TypeError(`a side of ${side} cannot be reached by doubling 3, 4, 5, 6 or 7: the nearest that can ${near}`),
    );
  });

  it('refuses filters that are no count', () => {
    expect(() => pyramid(28, 0)).toThrow(new TypeError('filters must be a whole number of at least 1, but is 0'));
  });
});
