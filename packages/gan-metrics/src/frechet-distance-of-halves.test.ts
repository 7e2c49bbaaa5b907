import { random } from '@gan/core';
import { describe, expect, it } from 'vitest';
import { frechetDistanceOfHalves } from './frechet-distance-of-halves.js';

describe('the Fréchet distance of halves', () => {
  it('is 0 when the samples of a class are all alike', () => {
    // Both halves hold two of each class: the same moments, however they are dealt.
    const classes = [0, 1, 0, 1, 1, 0, 0, 1];
    const rows = Float32Array.from(classes.flatMap((id) => [id, 3 * id]));
    expect(frechetDistanceOfHalves({ rows, width: 2, classes, random: random(1) })).toBeLessThan(1e-12);
  });

  it('is the mean over the ways of dealing', () => {
    // One class, four samples on a line: 0, 0, 2, 4 fall into pairs {0, 0 | 2, 4}, {0, 2 | 0, 4} twice over.
    // Means 0 and 3, deviations 0 and sqrt 2: 9 + 2 = 11. Means 1 and 2, sqrt 2 and sqrt 8: 1 + 2 = 3.
    // The mean over all deals: 11 / 3 + 3 * 2 / 3 = 17 / 3. Over 600 repeats its standard error is 8 sqrt(2/9/600) = 0.154.
    const distance = frechetDistanceOfHalves({
      rows: Float32Array.of(0, 0, 2, 4),
      width: 1,
      classes: [7, 7, 7, 7],
      random: random(2),
      repeats: 600,
    });
    expect(Math.abs(distance - 17 / 3)).toBeLessThan(4 * 0.154);
  });

  it('is the same for the same stream', () => {
    const rows = Float32Array.from({ length: 40 }, (_, i) => (i * i * 7) % 11);
    const once = (seed: number) =>
      frechetDistanceOfHalves({ rows, width: 2, classes: Array(20).fill(0), random: random(seed), repeats: 2 });
    expect(once(3)).toBe(once(3));
    expect(once(3)).not.toBe(once(4));
  });

  it('refuses rows without a class each, and too few', () => {
    const rows = Float32Array.of(1, 2, 3, 4, 5);
    expect(() => frechetDistanceOfHalves({ rows, width: 1, classes: [0, 0, 0, 0], random: random(1) })).toThrow(
      new TypeError('rows must be 4, one for each class id, but are 5'),
    );
    expect(() => frechetDistanceOfHalves({ rows, width: 1, classes: [0, 0, 0], random: random(1) })).toThrow(
      new TypeError('classes.length must be a whole number of at least 4, but is 3'),
    );
  });
});
