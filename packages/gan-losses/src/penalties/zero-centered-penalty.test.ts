import { matMul, square, sum, type Tensor2D, tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, number, numbers, roundOf } from '../round.fixture.js';
import { zeroCenteredPenalty } from './zero-centered-penalty.js';

describe('zeroCenteredPenalty', () => {
  inScopes();

  it('of a linear judge is exactly weight |w|^2, with the gradient 2 weight w', () => {
    const w = tensor2d([[1], [-2]]);
    const judge: Judge = ({ sample }, { w }) => matMul(sample as Tensor2D, w as Tensor2D);
    const ends = { real: { sample: zeros([2, 2]) }, fake: { sample: zeros([2, 2]) }, share: tensor1d([0.5, 0.25]) };
    const value = () =>
      zeroCenteredPenalty({ weight: 3 }).discriminator!(roundOf({ judge, parameters: { w }, ...ends }));
    expect(number(value())).toBe(15);
    expect(numbers(gradientsOf(value, [w])[0]!)).toEqual([6, -12]);
  });

  it('asks at a point of its own on the segment of each pair', () => {
    const judge: Judge = ({ sample }) => sum(square(sample!), 1, true);
    const [real, fake] = [{ sample: tensor2d([[4], [4]]) }, { sample: zeros([2, 1]) }];
    const round = roundOf({ judge, real, fake, share: tensor1d([0.25, 0.5]) });
    // slopes 2 * 1 and 2 * 2: (4 + 16) / 2
    expect(number(zeroCenteredPenalty({ weight: 1 }).discriminator!(round))).toBe(10);
  });

  it.each([0, -1, Number.NaN])('refuses a weight of %s', (weight) => {
    expect(() => zeroCenteredPenalty({ weight })).toThrow(`weight must be a positive finite number, but is ${weight}`);
  });
});
