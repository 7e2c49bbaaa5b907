import {
  matMul,
  mul,
  ones,
  square,
  sum,
  type Tensor2D,
  tensor,
  tensor1d,
  tensor2d,
  zeros,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, number, numbers, roundOf } from '../round.fixture.js';
import { dragan } from './dragan.js';

/** |x|^2 / 2, whose slope at x is |x|. */
const bowl: Judge = ({ sample }) => mul(sum(square(sample!), 1, true), 0.5);

describe('dragan', () => {
  inScopes();

  it('of a linear judge is weight (|w| - 1)^2, with the gradient 2 weight (|w| - 1) w / |w|', () => {
    const judge: Judge = ({ sample }, { w }) => matMul(sample as Tensor2D, w as Tensor2D);
    const w = tensor2d([[3], [-4]]);
    const random = { uniform: (shape: readonly number[]) => ones([...shape]) };
    const value = () =>
      dragan({ weight: 10 }).discriminator!(
        roundOf({ judge, parameters: { w }, real: { sample: tensor2d([[1, 2]]) }, random }),
      );
    // |w| = 5: 10 * 16, and 2 * 10 * 4 * (3, -4) / 5
    expect(number(value())).toBeCloseTo(160, 4);
    const [slope] = gradientsOf(value, [w]).map(numbers);
    expect(slope![0]).toBeCloseTo(48, 4);
    expect(slope![1]).toBeCloseTo(-64, 4);
  });

  it('asks around real samples, in units of the standard deviation of the batch', () => {
    const draws = [tensor1d([1, 0.5]), tensor2d([[1], [0.25]])];
    const random = { uniform: () => draws.shift()! };
    // The standard deviation of 2 and 6 over their count is 2: points 2 + 1.5 * 2 * 1 * 1 = 5 and 6 + 1.5 * 2 * 0.5 * 0.25 = 6.375
    const round = roundOf({ judge: bowl, real: { sample: tensor2d([[2], [6]]) }, random });
    expect(number(dragan({ weight: 1, spread: 1.5 }).discriminator!(round))).toBeCloseTo((16 + 5.375 ** 2) / 2, 4);
  });

  it('holds classes fixed, and takes a batch of one', () => {
    const random = { uniform: (shape: readonly number[]) => zeros([...shape]) };
    const judge: Judge = ({ sample, classes }) => {
      expect(classes!.dtype).toBe('int32');
      return bowl({ sample: sample! }, {});
    };
    const real = { sample: tensor2d([[3, 4]]), classes: tensor([1], [1], 'int32') };
    // |(3, 4)| = 5
    expect(number(dragan({ weight: 1 }).discriminator!(roundOf({ judge, real, random })))).toBeCloseTo(16, 4);
  });

  it('refuses a weight or a spread that is not positive', () => {
    expect(() => dragan({ weight: -1 })).toThrow('weight must be a positive finite number, but is -1');
    expect(() => dragan({ weight: 1, spread: 0 })).toThrow('spread must be a positive finite number, but is 0');
  });
});
