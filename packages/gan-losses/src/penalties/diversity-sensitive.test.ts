import { add, mul, scalar, tensor, tensor2d, zerosLike } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, makerOf, number, numbers, roundOf } from '../round.fixture.js';
import { diversitySensitive } from './diversity-sensitive.js';

describe('diversitySensitive', () => {
  inScopes();
  const played = (make: Judge, parameters = {}, bound = 100, latents = tensor2d([[1], [2], [6]])) => {
    const inputs = { latents, classes: tensor([10, 20, 30].slice(0, latents.shape[0]), [latents.shape[0]!, 1]) };
    const sample = make(inputs, parameters);
    return diversitySensitive({ weight: 2, bound }).generator!(
      roundOf({ fake: { sample }, maker: makerOf(make, inputs, parameters) }),
    );
  };
  const scaled: Judge = ({ latents, classes }, { k }) => add(mul(latents!, k!), classes!);

  it('of a generator that multiplies latents by k is -weight |k|, up to the bound', () => {
    const k = scalar(-4);
    expect(number(played(scaled, { k }))).toBeCloseTo(-8, 4);
    expect(numbers(gradientsOf(() => played(scaled, { k }), [k])[0]!)[0]).toBeCloseTo(2, 4);
    expect(number(played(scaled, { k }, 3))).toBe(-6);
    expect(numbers(gradientsOf(() => played(scaled, { k }, 3), [k])[0]!)[0]! + 0).toBe(0);
  });

  it('bounds each pair by itself', () => {
    // G = z^2 at 1, 2, 6, beside those of 2, 6, 1: ratios 3 / 1, 32 / 4 and 35 / 5, of which two are cut to 5
    expect(number(played(({ latents }) => mul(latents!, latents!), {}, 5))).toBeCloseTo((-2 * (3 + 5 + 5)) / 3, 4);
  });

  it('is 0 where all fakes are the same', () => {
    expect(number(played(({ latents }) => zerosLike(latents!))) + 0).toBe(0);
  });

  it('refuses a batch of one, and what is not positive', () => {
    expect(() => played(scaled, { k: scalar(1) }, 1, tensor2d([[1]]))).toThrow(
      new TypeError('diversity-sensitive compares samples of a batch: it needs at least 2, but has 1'),
    );
    expect(() => diversitySensitive({ weight: 0, bound: 1 })).toThrow(
      'weight must be a positive finite number, but is 0',
    );
    expect(() => diversitySensitive({ weight: 1, bound: -1 })).toThrow(
      'bound must be a positive finite number, but is -1',
    );
  });
});
