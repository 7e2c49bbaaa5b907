import { add, fill, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { looking } from '../pixels.fixture.js';
import { inScopes, number } from '../round.fixture.js';
import { type TotalVariationOptions, totalVariation } from './total-variation.js';

const variation = (pictures: Tensor, options: TotalVariationOptions = {}): number =>
  number(totalVariation(options).generator!(looking({ left: pictures })));

describe('totalVariation', () => {
  inScopes();
  // 1 2 4
  // 1 0 4
  const picture = () => tensor([1, 2, 4, 1, 0, 4], [1, 2, 3, 1]);

  it('is the mean difference of neighbours, down and across', () => {
    // down: (0 + 2 + 0) / 3; across: (1 + 2 + 1 + 4) / 4
    expect(variation(picture())).toBeCloseTo(2 / 3 + 2, 6);
    // (0 + 4 + 0) / 3 and (1 + 4 + 1 + 16) / 4
    expect(variation(picture(), { distance: 'l2' })).toBeCloseTo(4 / 3 + 5.5, 5);
  });

  it('of an even picture is 0, and what is added to all pixels does not matter', () => {
    expect(variation(fill([2, 3, 3, 2], 7))).toBe(0);
    expect(variation(add(picture(), 8))).toBe(variation(picture()));
  });

  it('refuses what has no neighbours', () => {
    expect(() => variation(zeros([4, 2]))).toThrow(
      new TypeError(
        'total-variation wants pictures of at least 2x2, [batch, height, width, channels], but a sample is 4x2',
      ),
    );
    expect(() => variation(zeros([4, 1, 5, 1]))).toThrow('but a sample is 4x1x5x1');
  });

  it('refuses a distance that there is not', () => {
    // @ts-expect-error no such distance
    expect(() => totalVariation({ distance: 'l3' })).toThrow(
      new TypeError("distance must be one of 'l1', 'l2', but is 'l3'"),
    );
  });
});
