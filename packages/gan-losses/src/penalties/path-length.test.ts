import {
  matMul,
  mul,
  ones,
  reshape,
  scalar,
  square,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor2d,
  zeros,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, makerOf, number, numbers, roundOf } from '../round.fixture.js';
import { pathLength } from './path-length.js';

const random = { normal: (shape: readonly number[]) => ones([...shape]) };
const linear: Judge = ({ latents }, { k }) => matMul(latents as Tensor2D, k as Tensor2D);
/** A linear generator of points whose path length is |k y|, with y = (1, 1): |(1 + 2, 4)| = 5. */
const k = () =>
  tensor2d([
    [1, 2],
    [4, 0],
  ]);

describe('pathLength', () => {
  inScopes();
  const played = (make: Judge, inputs: Record<string, Tensor>, parameters = {}, mean = 0, options = {}) => {
    const term = pathLength({ weight: 1, decay: 0.75, share: 1, ...options });
    const round = roundOf({ maker: makerOf(make, inputs, parameters), random, state: { mean: scalar(mean) } });
    return { value: term.generator!(round), after: () => number(term.after!(round).state!['mean']!) };
  };

  it('of a linear generator is the same everywhere: weight (l - a)^2 with l = |k y|', () => {
    for (const latents of [zeros([3, 2]), tensor2d([[1, -7]])]) {
      const { value, after } = played(linear, { latents }, { k: k() }, 1, { weight: 3 });
      // a = 0.75 * 1 + 0.25 * 5 = 2
      expect(number(value)).toBeCloseTo(3 * 9, 4);
      expect(after()).toBeCloseTo(2, 5);
    }
  });

  it('has a gradient in the generator, through the running mean as well', () => {
    const at = k();
    const [slope] = gradientsOf(() => played(linear, { latents: zeros([1, 2]) }, { k: at }).value, [at]).map(numbers);
    // l = 5, a = l / 4: (0.75 l)^2, and 2 * 0.75^2 * l * dl/dk with dl/dk = (k y) y^T / l = (3, 3; 4, 4) / 5
    for (const [i, wanted] of [3, 3, 4, 4].entries()) expect(slope![i]).toBeCloseTo(2 * 0.5625 * wanted, 4);
  });

  it('is 0 where all paths are as long as the mean', () => {
    expect(number(played(linear, { latents: zeros([2, 2]) }, { k: k() }, 5).value)).toBeCloseTo(0, 9);
  });

  it('counts pixels, and averages over layers of styles', () => {
    // 2 x 2 pixels of one channel, all of them s_1 + 3 s_2 of layers 1 and 2, with one number each: slopes 4 / 2 and 12 / 2.
    const make: Judge = ({ styles }, { to }) =>
      reshape(matMul(reshape(styles!, [-1, 2]), to as Tensor2D), [-1, 2, 2, 1]);
    const to = tensor2d([
      [1, 1, 1, 1],
      [3, 3, 3, 3],
    ]);
    const { after } = played(make, { styles: zeros([1, 2, 1]), classes: tensor([0], [1], 'int32') }, { to });
    // sqrt((4 + 36) / 2), a quarter of it
    expect(after()).toBeCloseTo(Math.sqrt(20) / 4, 5);
  });

  it('is measured on a share of the batch, at least on one sample', () => {
    // G = z^2 / 2: the length is |z|
    const make: Judge = ({ latents }) => mul(square(latents!), 0.5);
    const latents = tensor2d([[1], [2], [3], [4], [1000]]);
    expect(played(make, { latents }, {}, 0, { share: 0.5 }).after()).toBeCloseTo(1.5 / 4, 5);
    expect(played(make, { latents }, {}, 0, { share: 0.01 }).after()).toBeCloseTo(1 / 4, 5);
  });

  it('refuses what it cannot measure', () => {
    expect(() => played(linear, { latents: zeros([1, 2]) }, { k: k() }, 0, { input: 'styles' })).toThrow(
      new TypeError("path-length varies the input 'styles', but the generator takes latents"),
    );
    expect(() => played(() => ones([1, 2]), { latents: zeros([1, 2]) })).toThrow('the samples do not depend on');
    expect(() => pathLength({ weight: -2 })).toThrow('weight must be a positive finite number, but is -2');
    expect(() => pathLength({ weight: 2, decay: 1 })).toThrow('decay must be at least 0 and less than 1, but is 1');
    for (const share of [0, 1.5, Number.NaN])
      expect(() => pathLength({ weight: 2, share })).toThrow(
        `share must be more than 0 and at most 1, but is ${share}`,
      );
  });
});
