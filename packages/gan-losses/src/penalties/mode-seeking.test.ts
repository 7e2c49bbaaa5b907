import { add, mul, scalar, tensor, tensor2d, zerosLike } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, type Judge, makerOf, number, numbers, roundOf } from '../round.fixture.js';
import { modeSeeking } from './mode-seeking.js';

describe('modeSeeking', () => {
  inScopes();
  const played = (make: Judge, parameters = {}, latents = tensor2d([[1], [2], [6]]), weight = 1) => {
    const inputs = { latents, classes: tensor([10, 20, 30].slice(0, latents.shape[0]), [latents.shape[0]!, 1]) };
    const sample = make(inputs, parameters);
    return modeSeeking({ weight }).generator!(roundOf({ fake: { sample }, maker: makerOf(make, inputs, parameters) }));
  };
  const scaled: Judge = ({ latents, classes }, { k }) => add(mul(latents!, k!), classes!);

  it('of a generator that multiplies latents by k is weight / |k|, whatever they and their conditions are', () => {
    const k = scalar(4);
    expect(number(played(scaled, { k }, undefined, 3))).toBeCloseTo(0.75, 4);
    expect(number(played(scaled, { k }, tensor2d([[0], [9]]), 3))).toBeCloseTo(0.75, 4);
    // d (1 / k) / dk = -1 / k^2
    expect(numbers(gradientsOf(() => played(scaled, { k }), [k])[0]!)[0]).toBeCloseTo(-1 / 16, 4);
  });

  it('is the ratio of means over the batch', () => {
    // G = z^2 at 1, 2, 6, beside those of 2, 6, 1: |4 - 1| + |36 - 4| + |1 - 36| = 70 against 1 + 4 + 5 = 10
    expect(number(played(({ latents }) => mul(latents!, latents!)))).toBeCloseTo(1 / 7, 5);
  });

  it('is largest, and finite, where all fakes are the same', () => {
    // 1 / 1e-5
    expect(number(played(({ latents }) => zerosLike(latents!)))).toBeCloseTo(1e5, -1);
  });

  it('refuses a batch of one and a negative weight', () => {
    expect(() => played(scaled, { k: scalar(1) }, tensor2d([[1]]))).toThrow(
      new TypeError('mode-seeking compares samples of a batch: it needs at least 2, but has 1'),
    );
    expect(() => modeSeeking({ weight: -1 })).toThrow('weight must be a positive finite number, but is -1');
  });
});
