import { assertCount } from '@gan/core';
import { assertFiniteRows } from './finite-rows.js';

/** Mean and covariance of samples in float64. */
export interface Moments {
  /** How many samples. */
  readonly count: number;
  /** `[features]`. */
  readonly mean: Float64Array;
  /** Row-major `[features, features]`, divided by `count - 1` (unbiased, as `numpy.cov` and the reference FID do). */
  readonly covariance: Float64Array;
}

/** Moments of samples that come a few at a time and need not be kept. */
export interface RunningMoments {
  /** How many samples so far. */
  readonly count: () => number;
  /**
   * Takes in further samples, one row of `features` numbers each.
   *
   * @throws TypeError if there is a part of a row, or a number that is not finite.
   */
  readonly add: (rows: ArrayLike<number>) => void;
  /** @throws TypeError if there were fewer than two samples. */
  readonly moments: () => Moments;
}

/** The rows as columns less their means, and those means. */
function centred(rows: ArrayLike<number>, features: number): { means: Float64Array; columns: Float64Array[] } {
  const count = rows.length / features;
  const columns = Array.from({ length: features }, (_, j) =>
    Float64Array.from({ length: count }, (_, i) => rows[i * features + j]!),
  );
  const means = Float64Array.from(columns, (column) => column.reduce((sum, value) => sum + value, 0) / count);
  columns.forEach((column, j) => {
    for (let i = 0; i < count; i++) column[i]! -= means[j]!;
  });
  return { means, columns };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/**
 * Mean and covariance, updated batch by batch: each batch is centred by its own mean and then merged, so that nothing
 * is lost to cancellation and the batch size does not matter.
 *
 * @param features How many numbers a sample has.
 * @throws TypeError if `features` is not a whole number of at least 1.
 * @see Chan, Golub, LeVeque (1983), "Algorithms for computing the sample variance", equation 2.1.
 */
export function runningMoments(features: number): RunningMoments {
  assertCount('features', features);
  let count = 0;
  const mean = new Float64Array(features);
  const scatter = new Float64Array(features * features);

  const add = (rows: ArrayLike<number>): void => {
    assertFiniteRows('features', rows, features, count);
    const more = rows.length / features;
    if (more === 0) return;
    const { means, columns } = centred(rows, features);
    const apart = means.map((value, j) => value - mean[j]!);
    const share = more / (count + more);
    for (let i = 0; i < features; i++)
      for (let j = i; j < features; j++)
        scatter[i * features + j]! += dot(columns[i]!, columns[j]!) + count * share * apart[i]! * apart[j]!;
    for (let j = 0; j < features; j++) mean[j]! += share * apart[j]!;
    count += more;
  };

  const moments = (): Moments => {
    if (count < 2) throw new TypeError(`a covariance needs at least 2 samples, but there are ${count}`);
    const covariance = new Float64Array(features * features);
    for (let i = 0; i < features; i++)
      for (let j = i; j < features; j++)
        covariance[i * features + j] = covariance[j * features + i] = scatter[i * features + j]! / (count - 1);
    return { count, mean: mean.slice(), covariance };
  };

  return { count: () => count, add, moments };
}

/**
 * Mean and covariance of samples that are all there, in float64.
 *
 * @param rows One row of `features` numbers per sample.
 * @throws TypeError if there are fewer than two samples, a part of one, or a number that is not finite.
 */
export function moments(rows: ArrayLike<number>, features: number): Moments {
  const running = runningMoments(features);
  running.add(rows);
  return running.moments();
}
