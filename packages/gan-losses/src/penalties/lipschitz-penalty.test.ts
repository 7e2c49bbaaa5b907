import { mul, square, sum, tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, number, numbers, roundOf } from '../round.fixture.js';
import { lipschitzPenalty } from './lipschitz-penalty.js';

describe('lipschitzPenalty', () => {
  inScopes();
  const value = (judge: Judge, weight = 1, w = tensor2d([[1, 1]])) =>
    lipschitzPenalty({ weight }).discriminator!(
      roundOf({
        judge,
        parameters: { w },
        real: {
          sample: tensor2d([
            [4, 0],
            [2, 2],
            [0, 0],
          ]),
        },
        fake: { sample: zeros([3, 2]) },
        share: tensor1d([1, 1, 1]),
      }),
    );

  it('is the largest squared slope, of which alone it has a gradient', () => {
    // D = w x^2 / 2 by axis: the gradient is w x, largest at (4, 0): 16 w_1^2
    const judge: Judge = ({ sample }, { w }) => mul(sum(mul(square(sample!), w!), 1, true), 0.5);
    const w = tensor2d([[1, 1]]);
    expect(number(value(judge, 3, w))).toBe(48);
    // 2 * 3 * 16 * w_1, nothing in w_2, though the second sample has a slope along it
    expect(numbers(gradientsOf(() => value(judge, 3, w), [w])[0]!)).toEqual([96, 0]);
  });

  it('of a judge that is constant is 0', () => {
    expect(number(value(({ sample }) => zeros([sample!.shape[0]!, 1])))).toBe(0);
  });

  it.each([0, -1, Number.NaN])('refuses a weight of %s', (weight) => {
    expect(() => lipschitzPenalty({ weight })).toThrow(`weight must be a positive finite number, but is ${weight}`);
  });
});
