import { scalar, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOf } from '../round.fixture.js';
import { leCam } from './le-cam.js';

describe('leCam', () => {
  inScopes();
  const roundAt = (real: Tensor, fake: Tensor, anchors: readonly [real: number, fake: number, count: number]) => {
    const [a, b, count] = anchors.map((value) => scalar(value));
    const state = { real: a!, fake: b!, count: count! };
    return roundOf({ judge: ({ sample }) => sample!, real: { sample: real }, fake: { sample: fake }, state });
  };

  it('draws scores towards the other side only from beyond its anchor', () => {
    const [real, fake] = [tensor2d([[3], [-2]]), tensor2d([[-1], [5]])];
    const value = () => leCam({ weight: 0.5 }).discriminator!(roundAt(real, fake, [2, -1, 9]));
    // real beyond -1: 4 and none; fake below 2: 3 and none: (16 / 2 + 9 / 2) / 2
    expect(number(value())).toBe(6.25);
    const slopes = gradientsOf(value, [real, fake]).map((slope) => numbers(slope).map((entry) => entry + 0));
    expect(slopes).toEqual([
      [2, 0],
      [-1.5, 0],
    ]);
  });

  it('is 0 in the first update, and where all scores are at the anchors', () => {
    const [real, fake] = [tensor2d([[3]]), tensor2d([[-3]])];
    expect(number(leCam({ weight: 1 }).discriminator!(roundAt(real, fake, [0, 0, 0])))).toBe(0);
    expect(number(leCam({ weight: 1 }).discriminator!(roundAt(real, real, [3, 3, 4])))).toBe(0);
  });

  it('keeps means of all scores at first, later with the decay', () => {
    const [real, fake] = [tensor2d([[3], [5]]), tensor2d([[-8], [-8]])];
    const after = (anchors: readonly [number, number, number]) => {
      const { real: a, fake: b, count } = leCam({ weight: 1, decay: 0.75 }).after!(roundAt(real, fake, anchors)).state!;
      return [a!, b!, count!].map(number);
    };
    expect(after([0, 0, 0])).toEqual([4, -8, 1]);
    // half of 2 and 4, half of 0 and -8
    expect(after([2, 0, 1])).toEqual([3, -4, 2]);
    // a quarter of the way, though a ninth would do for the plain mean
    expect(after([0, 0, 8])).toEqual([1, -2, 9]);
  });

  it('refuses a negative weight and a decay outside [0, 1)', () => {
    expect(() => leCam({ weight: -0.1 })).toThrow('weight must be a positive finite number, but is -0.1');
    for (const decay of [-0.1, 1, Number.NaN])
      expect(() => leCam({ weight: 1, decay })).toThrow(`decay must be at least 0 and less than 1, but is ${decay}`);
  });
});
