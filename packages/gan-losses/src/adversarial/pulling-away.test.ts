import { mul, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { pullingAway } from './pulling-away.js';

describe('pullingAway', () => {
  inScopes();
  const { generator } = pullingAway();
  const of = (...features: number[][]) => generator!(roundOfHeads({ fake: { features: tensor2d(features) } }));

  it('is 0 for orthogonal features, and 1 where all point the same way, or the opposite one', () => {
    expect(number(of([2, 0, 0], [0, 3, 0], [0, 0, -1]))).toBe(0);
    expect(number(of([1, 1, 0], [2, 2, 0], [-3, -3, 0]))).toBeCloseTo(1, 6);
  });

  it('is the mean of squared cosines over pairs', () => {
    // The cosines of 3 pairs: 0, 1 / sqrt 2 twice.
    expect(number(of([1, 0], [0, 1], [1, 1]))).toBeCloseTo((0 + 1 / 2 + 1 / 2) / 3, 6);
  });

  it('does not see how long features are', () => {
    const features = tensor2d([
      [1, 2],
      [-3, 1],
      [0.5, 0.5],
    ]);
    const at = (scale: number) => number(generator!(roundOfHeads({ fake: { features: mul(features, scale) } })));
    expect(at(10)).toBeCloseTo(at(1), 6);
  });

  it('has a finite gradient at features that are all zero', () => {
    const features = tensor2d([
      [0, 0],
      [1, 0],
    ]);
    const [slope] = gradientsOf(() => generator!(roundOfHeads({ fake: { features } })), [features]).map(numbers);
    for (const value of slope!) expect(Number.isFinite(value)).toBe(true);
  });

  it('refuses a batch of one', () => {
    expect(() => of([1, 2])).toThrow(
      new TypeError('pulling-away compares samples of a batch with each other, but the batch has 1'),
    );
  });
});
