import { add, fill, mul, neg, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { goldenTensor } from '../pixels.fixture.js';
import { gradientsOf, inScopes, number, numbers, roundOf } from '../round.fixture.js';
import { type SsimOptions, ssim } from './ssim.js';

const loss = (left: Tensor, right: Tensor, options: SsimOptions = {}): number =>
  number(ssim(options).generator!(roundOf({ left, right })));

describe('ssim', () => {
  inScopes();

  it('is 0 for a picture and itself, and pulls nowhere', () => {
    const scene = goldenTensor('scene');
    expect(loss(scene, scene)).toBe(0);
    const value = () => ssim().generator!(roundOf({ left: scene, right: goldenTensor('scene') }));
    for (const slope of numbers(gradientsOf(value, [scene])[0]!)) expect(Math.abs(slope)).toBeLessThan(1e-8);
  });

  it('is the same from both sides', () => {
    const [left, right] = [goldenTensor('scene'), goldenTensor('other')];
    expect(loss(left, right)).toBeCloseTo(loss(right, left), 6);
  });

  it('of even pictures compares their brightness alone', () => {
    const even = (value: number) => fill([1, 11, 11, 1], value);
    // 1 - (2 * 0.5 * 0.25 + c1) / (0.25 + 0.0625 + c1), c1 = (0.01 * 2)^2
    expect(loss(even(0.5), even(0.25))).toBeCloseTo(1 - 0.2504 / 0.3129, 6);
  });

  it('of a picture and its negative exceeds 1: what is bright in one is dark in the other', () => {
    const scene = goldenTensor('scene');
    expect(loss(scene, neg(scene), { k1: 1, k2: 0.001 })).toBeGreaterThan(1.5);
  });

  it('does not depend on the unit, if the range is in it', () => {
    const [left, right] = [goldenTensor('scene'), goldenTensor('other')];
    const bytes = (of: Tensor) => mul(add(of, 4), 64);
    expect(loss(bytes(left), bytes(right), { range: 128 })).toBeCloseTo(loss(add(left, 4), add(right, 4)), 4);
  });

  it('refuses pictures that the window does not fit into, and what is no picture', () => {
    const small = zeros([1, 8, 8, 1]);
    expect(() => loss(small, small)).toThrow(
      new TypeError('ssim wants pictures of at least 11x11, [batch, height, width, channels], but a sample is 1x8x8x1'),
    );
    expect(() => loss(zeros([4, 2]), zeros([4, 2]))).toThrow('but a sample is 4x2');
    expect(() => loss(zeros([1, 11, 11, 1]), zeros([1, 11, 11, 3]))).toThrow('ssim compares samples of one shape');
  });

  it('refuses settings that mean nothing', () => {
    expect(() => ssim({ range: 0 })).toThrow(new TypeError('range must be a positive finite number, but is 0'));
    expect(() => ssim({ window: 2.5 })).toThrow(
      new TypeError('window must be a whole number of at least 1, but is 2.5'),
    );
    expect(() => ssim({ k2: -0.03 })).toThrow(new TypeError('k2 must be a positive finite number, but is -0.03'));
  });
});
