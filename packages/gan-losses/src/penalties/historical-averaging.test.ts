import { random } from '@gan/core';
import { scalar, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, makerOf, number, numbers, roundOf } from '../round.fixture.js';
import { historicalAveraging } from './historical-averaging.js';

describe('historicalAveraging', () => {
  inScopes();
  const term = historicalAveraging({ weight: 0.5, side: 'discriminator' });
  const begun = (w: Tensor) => term.init!(random(1), roundOf({ parameters: { w } }));

  it('is 0, without a gradient, at the parameters it begins with', () => {
    const w = tensor1d([1, -2]);
    const value = () => term.discriminator!(roundOf({ parameters: { w }, state: begun(w) }));
    expect(number(value())).toBe(0);
    expect(numbers(gradientsOf(value, [w])[0]!)).toEqual([0, 0]);
  });

  it('draws each parameter to the mean of all it has been, as by a spring', () => {
    const [w, b] = [tensor1d([3, -2]), scalar(5)];
    const state = { count: scalar(7), 'average/w': tensor1d([1, -2]), 'average/b': scalar(1) };
    const value = () => term.discriminator!(roundOf({ parameters: { w, b }, state }));
    // (4 + 0 + 16) / 2; the gradient is the way from the mean
    expect(number(value())).toBe(10);
    expect(gradientsOf(value, [w, b]).map(numbers)).toEqual([[2, 0], [4]]);
  });

  it('keeps the plain mean of the parameters at the start and after each update', () => {
    let state = begun(tensor1d([1, 10]));
    for (const w of [tensor1d([2, 20]), tensor1d([6, 60])])
      state = { ...term.after!(roundOf({ parameters: { w }, state })).state! };
    expect(number(state['count']!)).toBe(3);
    expect(numbers(state['average/w']!)).toEqual([3, 30]);
  });

  it('is about the generator where it says so', () => {
    const { discriminator, generator, init } = historicalAveraging({ weight: 1, side: 'generator' });
    expect(discriminator).toBeUndefined();
    const round = roundOf({ maker: makerOf(({ latents }) => latents!, {}, { k: scalar(3) }) });
    const state = init!(random(1), round);
    expect(number(state['average/k']!)).toBe(3);
    const moved = roundOf({ maker: makerOf(({ latents }) => latents!, {}, { k: scalar(5) }), state });
    expect(number(generator!(moved))).toBe(4);
  });

  it('refuses a negative weight and a side that is nobody', () => {
    expect(() => historicalAveraging({ weight: -1, side: 'generator' })).toThrow(
      'weight must be a positive finite number',
    );
    expect(() => historicalAveraging({ weight: 1, side: 'judge' as never })).toThrow(
      "side must be one of 'discriminator', 'generator', but is 'judge'",
    );
  });
});
