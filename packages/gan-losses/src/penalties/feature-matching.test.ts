import { reverse, tensor2d, tensor4d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { featureMatching } from './feature-matching.js';

describe('featureMatching', () => {
  inScopes();
  const { generator, discriminator } = featureMatching();
  const real = () =>
    tensor2d([
      [1, 5],
      [3, 1],
    ]);

  it('is the squared distance of the means, with the same gradient for each fake', () => {
    const fake = tensor2d([
      [0, 4],
      [0, 0],
      [3, 2],
    ]);
    const value = () => generator!(roundOfScores(real(), fake));
    // means (2, 3) and (1, 2): 1 + 1
    expect(number(value())).toBeCloseTo(2, 6);
    // 2 (1 - 2) / 3 and 2 (2 - 3) / 3
    for (const slope of numbers(gradientsOf(value, [fake])[0]!)) expect(slope).toBeCloseTo(-2 / 3, 6);
  });

  it('does not mind which sample has which features, nor their shape', () => {
    expect(number(generator!(roundOfScores(real(), reverse(real(), 0))))).toBe(0);
    const [one, other] = [tensor4d([1, 2, 3, 4], [1, 2, 2, 1]), tensor4d([1, 2, 3, 8], [1, 2, 2, 1])];
    expect(number(generator!(roundOfScores(one, other)))).toBe(16);
  });

  it('gives the judge nothing to play', () => expect(discriminator).toBeUndefined());
});
