import { type Matrix, useEngine } from '@gan/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { frechetDistanceBetween } from './frechet-distance-between.js';
import golden from './golden/frechet-distance.json' with { type: 'json' };
import { type Moments, moments } from './moments.js';

/** The samples of tools/goldens/frechet-distance.py: whole numbers below 2^53, so the same bits. */
const samples = (count: number, features: number, salt: number): number[] =>
  Array.from({ length: count * features }, (_, at) => {
    const i = Math.floor(at / features);
    const j = at % features;
    const mixed = 7919 * i * i + 104729 * j * j + 31 * i * j * j + 1013 * i * j + 271 * i + salt;
    return (mixed % 1009) / 1009;
  });
const momentsOf = ([count, features, salt]: readonly number[]): Moments =>
  moments(samples(count!, features!, salt!), features!);
const gaussian = (mean: number[], variances: number[]): Moments => ({
  count: 100,
  mean: Float64Array.from(mean),
  covariance: Float64Array.from({ length: mean.length ** 2 }, (_, at) =>
    at % (mean.length + 1) === 0 ? variances[at / (mean.length + 1)]! : 0,
  ),
});
const apart = (a: Float64Array, b: number[]) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

afterEach(() => useEngine(undefined));

describe('the Fréchet distance between two Gaussians', () => {
  for (const [name, { a, b, mpmath }] of Object.entries(golden.distances))
    it(`agrees with 60-digit arithmetic on samples of ${name}`, () => {
      // Source: mpmath, tools/goldens/frechet-distance.py.
      const distance = frechetDistanceBetween(momentsOf(a), momentsOf(b));
      expect(Math.abs(distance - mpmath)).toBeLessThan(1e-12);
    });

  it('agrees with the formula of the reference FID', () => {
    // Source: scipy.linalg.sqrtm, tools/goldens/frechet-distance.py.
    const { a, b, scipy } = golden.distances['full-rank'];
    expect(Math.abs(frechetDistanceBetween(momentsOf(a), momentsOf(b)) - scipy)).toBeLessThan(1e-12);
  });

  it('keeps its digits at a condition of 1e13', () => {
    // Source: mpmath, tools/goldens/frechet-distance.py. The tolerance: the smallest eigenvalue, 1e-13, is known to
    // 1e-16, which its root turns into 1e-10 at the least.
    const { size, mpmath } = golden.hilbert;
    const hilbert = Float64Array.from(
      { length: size * size },
      (_, at) => 1 / (Math.floor(at / size) + (at % size) + 1),
    );
    const zero = new Float64Array(size);
    const identity = gaussian(Array(size).fill(0), Array(size).fill(1));
    const distance = frechetDistanceBetween({ count: 9, mean: zero, covariance: hilbert }, identity);
    expect(Math.abs(distance - mpmath)).toBeLessThan(1e-9);
  });

  it('is the closed form for independent features', () => {
    // |(1, 0, -2)|^2 + (2 - 1)^2 + (3 - 3)^2 + (0 - 0.5)^2 = 5 + 1 + 0 + 0.25
    const a = gaussian([1, 0, -2], [4, 9, 0]);
    const b = gaussian([0, 0, 0], [1, 9, 0.25]);
    expect(frechetDistanceBetween(a, b)).toBeCloseTo(6.25, 12);
    expect(frechetDistanceBetween(b, a)).toBeCloseTo(6.25, 12);
  });

  it('of a set with itself is 0, also with fewer samples than features, and however large the features', () => {
    for (const set of [
      [300, 12, 5],
      [5, 12, 7],
      [2, 12, 3],
    ])
      expect(frechetDistanceBetween(momentsOf(set), momentsOf(set))).toBeLessThan(1e-12);
    const large = moments(
      samples(200, 32, 9).map((value) => 30 * value),
      32,
    );
    expect(frechetDistanceBetween(large, large)).toBeLessThan(1e-8);
  });

  it('is symmetric', () => {
    const { a, b } = golden.distances['one-of-few-samples'];
    const there = frechetDistanceBetween(momentsOf(a), momentsOf(b));
    expect(Math.abs(there - frechetDistanceBetween(momentsOf(b), momentsOf(a)))).toBeLessThan(1e-12);
  });

  it('of sets that never vary is the distance of their means', () => {
    expect(frechetDistanceBetween(gaussian([3, 4], [0, 0]), gaussian([0, 0], [0, 0]))).toBe(25);
  });

  it('lets the engine calculate with matrices where it can', () => {
    // L^T M is 2 * 3 for variances 4 and 9: 4 + 9 - 2 * 6 = 1.
    const product = vi.fn(() => ({ rows: 1, columns: 1, values: Float64Array.of(6) }));
    const singularValues = vi.fn(({ values }: Matrix) => values);
    const linearAlgebra = { product, singularValues };
    useEngine({ name: 'cpu', device: 'cpu', version: '0', threads: 1, deterministic: true, linearAlgebra });
    expect(frechetDistanceBetween(gaussian([0], [4]), gaussian([0], [9]))).toBe(1);
    const [left, right] = [2, 3].map((value) => ({ rows: 1, columns: 1, values: Float64Array.of(value) }));
    expect(product).toHaveBeenCalledWith(left, right);
    expect(singularValues).toHaveBeenCalledTimes(1);
  });

  it('refuses moments of different numbers of features', () => {
    expect(() => frechetDistanceBetween(gaussian([0], [1]), gaussian([0, 0], [1, 1]))).toThrow(
      new TypeError('moments of 1 features cannot be compared with moments of 2'),
    );
  });
});

describe('mean and covariance', () => {
  it('are those of numpy, unbiased', () => {
    // Source: numpy.mean and numpy.cov, tools/goldens/frechet-distance.py.
    const { mean, covariance, count } = momentsOf([40, 3, 5]);
    expect(count).toBe(40);
    expect(apart(mean, golden.moments.mean)).toBeLessThan(1e-14);
    expect(apart(covariance, golden.moments.covariance)).toBeLessThan(1e-14);
  });
});
