import { tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOf } from '../round.fixture.js';
import { l2 } from './l2.js';

describe('l2', () => {
  inScopes();
  const { generator } = l2();

  it('is the mean squared difference over all of a sample of any shape', () => {
    for (const shape of [[4], [2, 2], [1, 2, 2, 1]]) {
      const round = roundOf({ left: tensor([1, -2, 3, 0], shape), right: tensor([0, 0, 5, 0], shape) });
      // (1 + 4 + 4 + 0) / 4
      expect(number(generator!(round))).toBe(2.25);
    }
  });

  it('pulls in proportion to the distance', () => {
    const [left, right] = [tensor([[3], [0.5], [5], [-1]]), tensor([[0], [0], [5], [0]])];
    const slopes = gradientsOf(() => generator!(roundOf({ left, right })), [left, right]).map(numbers);
    // 2 (left - right) / 4
    expect(slopes[0]!.map((value) => value + 0)).toEqual([1.5, 0.25, 0, -0.5]);
    expect(slopes[1]!.map((value) => value + 0)).toEqual([-1.5, -0.25, 0, 0.5]);
  });

  it('refuses samples that only broadcasting would make alike', () => {
    expect(() => generator!(roundOf({ left: zeros([4, 2]), right: zeros([4, 1]) }))).toThrow(
      new TypeError('l2 compares samples of one shape, but left is 4x2 and right is 4x1'),
    );
  });
});
