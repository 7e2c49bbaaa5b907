import { describe, expect, it } from 'vitest';
import { moments, runningMoments } from './moments.js';

const apart = (a: Float64Array, b: Float64Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe('moments', () => {
  it('are the mean and the unbiased covariance', () => {
    // Means 3 and 5; deviations (-2, -3), (0, 1), (2, 2): squares 8 and 14, products 6 + 0 + 4; divided by 3 - 1.
    const { count, mean, covariance } = moments([1, 2, 3, 6, 5, 7], 2);
    expect(count).toBe(3);
    expect([...mean]).toEqual([3, 5]);
    expect([...covariance]).toEqual([4, 5, 5, 7]);
  });

  it('do not depend on how the samples come', () => {
    const rows = Array.from({ length: 60 }, (_, i) => ((i * i * 37) % 101) / 101);
    const whole = moments(rows, 3);
    const running = runningMoments(3);
    for (const [from, to] of [
      [0, 3],
      [3, 3],
      [3, 24],
      [24, 60],
    ] as const)
      running.add(rows.slice(from, to));
    const parts = running.moments();
    expect(parts.count).toBe(20);
    expect(apart(whole.mean, parts.mean)).toBeLessThan(1e-15);
    expect(apart(whole.covariance, parts.covariance)).toBeLessThan(1e-15);
  });

  it('keep their digits far from zero', () => {
    // 1e8 + {1, 2, 3, 4}: variance 5 / 3, which the sum of squares less the square of the sum loses (1e16 + ...).
    const running = runningMoments(1);
    running.add([1e8 + 1, 1e8 + 2]);
    running.add([1e8 + 3, 1e8 + 4]);
    expect(Math.abs(running.moments().covariance[0]! - 5 / 3)).toBeLessThan(1e-14);
  });

  it('refuse what has none, with the reason', () => {
    expect(() => moments([1, 2, 3], 2)).toThrow(
      new TypeError('features must be rows of 2 numbers, but 3 is no multiple of it'),
    );
    expect(() => moments([1, 2, 3, Number.NaN], 2)).toThrow(
      new TypeError('features must be finite, but number 1 of row 1 is NaN'),
    );
    expect(() => moments([1, 2], 2)).toThrow(new TypeError('a covariance needs at least 2 samples, but there are 1'));
    expect(() => runningMoments(0)).toThrow(new TypeError('features must be a whole number of at least 1, but is 0'));
  });

  it('are snapshots', () => {
    const running = runningMoments(1);
    running.add([0, 2]);
    const before = running.moments();
    running.add([100]);
    expect([before.count, before.mean[0], before.covariance[0]]).toEqual([2, 1, 2]);
  });
});
