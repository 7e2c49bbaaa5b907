import { ones, tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { goldenTensor, looking } from '../pixels.fixture.js';
import { inScopes, number, roundOf } from '../round.fixture.js';
import { l1 } from './l1.js';
import { mapWeighted } from './map-weighted.js';

describe('mapWeighted', () => {
  inScopes();
  const [left, right] = [() => goldenTensor('left'), () => goldenTensor('right')];

  it('is l1 where the map is empty, and twice that where it is full', () => {
    const [plain, empty, full] = [
      number(l1().generator!(roundOf({ left: left(), right: right() }))),
      ...[zeros, ones].map((map) =>
        number(mapWeighted().generator!(looking({ left: left(), right: right(), weights: map([2, 4, 3, 1]) }))),
      ),
    ];
    expect(empty).toBe(plain);
    expect(full).toBeCloseTo(2 * plain, 5);
  });

  it('sees nothing but what the map shows, if the floor is 0', () => {
    const weights = tensor([0, 1, 0, 0], [1, 2, 2, 1]);
    const round = looking({ left: tensor([9, 3, 9, 9], [1, 2, 2, 1]), right: zeros([1, 2, 2, 1]), weights });
    // 3 / 4, and 9 / 4 of squares
    expect(number(mapWeighted({ floor: 0 }).generator!(round))).toBe(0.75);
    expect(number(mapWeighted({ floor: 0, distance: 'l2' }).generator!(round))).toBe(2.25);
  });

  it('refuses a map of another size, and a negative floor', () => {
    const round = looking({ left: left(), right: right(), weights: zeros([2, 3, 3, 1]) });
    expect(() => mapWeighted().generator!(round)).toThrow(
      new TypeError(
        "map-weighted wants weights of the samples' shape, or of 1 along an axis, but weights are 2x3x3x1 and samples 2x4x3x2",
      ),
    );
    expect(() => mapWeighted({ floor: -1 })).toThrow(
      new TypeError('floor must be a finite number of at least 0, but is -1'),
    );
  });
});
