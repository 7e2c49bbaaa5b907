import { random } from '@gan/core';

/** Two sets of samples, by their places among all. */
export interface Halves {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
}

/**
 * Two random sets of `size` samples each, without a sample in common, in which classes are as frequent as among all:
 * samples in random order are sorted by class, 2 * size of them taken at even distances, and dealt out in turns.
 *
 * With `size` half of the samples these are random class-stratified halves of them.
 *
 * @param classes The class of every sample.
 * @throws TypeError if there are fewer than 2 * size samples.
 */
export function stratifiedHalves(classes: ArrayLike<number>, size: number, seed: number): Halves {
  const count = classes.length;
  if (2 * size > count) throw new TypeError(`two sets of ${size} cannot be drawn from ${count} samples`);
  const sorted = random(seed)
    .stream('halves')
    .permutation(count)
    .sort((a, b) => classes[a]! - classes[b]!);
  const dealt = (turn: 0 | 1) =>
    Uint32Array.from({ length: size }, (_, i) => sorted[Math.floor(((2 * i + turn) * count) / (2 * size))]!);
  return { left: dealt(0), right: dealt(1) };
}
