import { matMul, square, sum, type Tensor2D, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, number, numbers, roundOf } from '../round.fixture.js';
import { r2 } from './r2.js';

describe('r2', () => {
  inScopes();

  it('of a linear judge is exactly gamma / 2 |w|^2, with the gradient gamma w', () => {
    const w = tensor2d([[1], [-2]]);
    const judge: Judge = ({ sample }, { w }) => matMul(sample as Tensor2D, w as Tensor2D);
    const value = () =>
      r2({ gamma: 3 }).discriminator!(roundOf({ judge, parameters: { w }, fake: { sample: zeros([5, 2]) } }));
    // 3 / 2 * (1 + 4)
    expect(number(value())).toBe(7.5);
    expect(numbers(gradientsOf(value, [w])[0]!)).toEqual([3, -6]);
  });

  it('looks at fakes alone', () => {
    const judge: Judge = ({ sample }) => sum(square(sample!), 1, true);
    // || 2 x ||^2 = 4 (9 + 16), at the fake; 1 / 2 * 100
    expect(number(r2({ gamma: 1 }).discriminator!(roundOf({ judge, fake: { sample: tensor2d([[3, 4]]) } })))).toBe(50);
  });

  it.each([0, -1, Number.NaN])('refuses a gamma of %s', (gamma) => {
    expect(() => r2({ gamma })).toThrow(`gamma must be a positive finite number, but is ${gamma}`);
  });
});
