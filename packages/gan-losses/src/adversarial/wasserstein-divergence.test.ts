import { matMul, type Tensor2D, tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { wassersteinDivergenceError } from '../golden-judged.fixture.js';
import { gradientsOf, inScopes, type Judge, number, numbers, roundOf } from '../round.fixture.js';
import { wassersteinDivergence } from './wasserstein-divergence.js';

const linear: Judge = ({ sample }, { w }) => matMul(sample! as Tensor2D, w! as Tensor2D);

describe('wassersteinDivergence', () => {
  inScopes();

  it('of a linear critic is the difference of the means and weight |w|^power', () => {
    const w = tensor2d([[1], [-2], [2]]);
    const ends = {
      real: { sample: tensor2d([[1, 0, 0]]) },
      fake: { sample: tensor2d([[0, 1, 0]]) },
      share: tensor1d([0.5]),
    };
    const value = (options?: Parameters<typeof wassersteinDivergence>[0]) =>
      wassersteinDivergence(options).discriminator!(roundOf({ judge: linear, parameters: { w }, ...ends }));
    // -2 - 1, and |w| = 3: 2 * 3^6, 0.5 * 3^2
    expect(number(value())).toBe(-3 + 1458);
    expect(number(value({ weight: 0.5, power: 2 }))).toBe(-3 + 4.5);
    // In w: fake - real + weight power |w|^(power - 2) w
    const [slope] = gradientsOf(() => value({ weight: 0.5, power: 4 }), [w]).map(numbers);
    for (const [i, wanted] of [-1 + 2 * 9 * 1, 1 + 2 * 9 * -2, 2 * 9 * 2].entries())
      expect(slope![i]).toBeCloseTo(wanted, 4);
  });

  it('is 0, with the gradient of the means alone, for a critic that is flat', () => {
    const w = tensor2d([[0], [0]]);
    const ends = { real: { sample: tensor2d([[1, 2]]) }, fake: { sample: zeros([1, 2]) }, share: tensor1d([0.5]) };
    const value = () => wassersteinDivergence().discriminator!(roundOf({ judge: linear, parameters: { w }, ...ends }));
    expect(number(value()) + 0).toBe(0);
    expect(gradientsOf(value, [w]).flatMap(numbers)).toEqual([-1, -2]);
  });

  it("has the value and the gradients of PyTorch's autograd in float64", () => {
    expect(wassersteinDivergenceError(numbers)).toBeLessThan(1e-5);
  });

  it('refuses a weight that is not positive, and a power below 2', () => {
    expect(() => wassersteinDivergence({ weight: -2 })).toThrow(
      new TypeError('weight must be a positive finite number, but is -2'),
    );
    expect(() => wassersteinDivergence({ power: 1 })).toThrow(
      new TypeError('power must be a finite number of at least 2, but is 1'),
    );
  });
});
