import { assertCount, type Random } from '@gan/core';
import { assertFiniteRows } from './finite-rows.js';
import { frechetDistanceBetween } from './frechet-distance-between.js';
import { moments } from './moments.js';

/** Real samples to be halved, as features. */
export interface Halved {
  /** One row of `width` features per sample. */
  readonly rows: Float32Array;
  readonly width: number;
  /** The class of each sample: both halves get as many of each, or one more. */
  readonly classes: ArrayLike<number>;
  /** Decides who goes where. */
  readonly random: Random;
  /** How many times; 10 unless said. */
  readonly repeats?: number;
}

/** The numbers of the samples, shuffled within each class, class after class: every second one is a half. */
function dealt(classes: ArrayLike<number>, random: Random): number[] {
  const order = [...random.permutation(classes.length)];
  const ids = [...new Set(Array.from(classes))].sort((a, b) => a - b);
  return ids.flatMap((id) => order.filter((i) => classes[i] === id));
}

/**
 * The mean Fréchet distance between two random halves of the same real samples, stratified by class: what a perfect
 * generator would have at that number of samples, and so the unit in which to read `frechetDistance`.
 *
 * @throws TypeError if rows and classes do not fit, there are fewer than 4 samples, or a feature is not finite.
 */
export function frechetDistanceOfHalves(options: Halved): number {
  const { rows, width, classes, random, repeats = 10 } = options;
  assertCount('width', width);
  assertCount('repeats', repeats);
  assertCount('classes.length', classes.length, 4);
  assertFiniteRows('rows', rows, width);
  if (rows.length !== classes.length * width)
    throw new TypeError(`rows must be ${classes.length}, one for each class id, but are ${rows.length / width}`);
  const halfOf = (order: readonly number[], parity: number) => {
    const members = order.filter((_, at) => at % 2 === parity);
    const half = new Float32Array(members.length * width);
    members.forEach((i, at) => {
      half.set(rows.subarray(i * width, (i + 1) * width), at * width);
    });
    return moments(half, width);
  };
  let sum = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const order = dealt(classes, random.stream('halves', repeat));
    sum += frechetDistanceBetween(halfOf(order, 0), halfOf(order, 1));
  }
  return sum / repeats;
}
