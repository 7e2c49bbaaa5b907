import { tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOf } from '../round.fixture.js';
import { l1 } from './l1.js';

describe('l1', () => {
  inScopes();
  const { generator } = l1();

  it('is the mean absolute difference over all of a sample of any shape', () => {
    for (const shape of [[4], [2, 2], [1, 2, 2, 1]]) {
      const round = roundOf({ left: tensor([1, -2, 3, 0], shape), right: tensor([0, 0, 5, 0], shape) });
      // (1 + 2 + 2 + 0) / 4
      expect(number(generator!(round))).toBe(1.25);
    }
  });

  it('pulls by 1/n whatever the distance, and not at all at equality', () => {
    const [left, right] = [tensor([[100], [0.01], [5], [-3]]), tensor([[0], [0], [5], [0]])];
    const slopes = gradientsOf(() => generator!(roundOf({ left, right })), [left, right]).map(numbers);
    expect(slopes[0]!.map((value) => value + 0)).toEqual([0.25, 0.25, 0, -0.25]);
    expect(slopes[1]!.map((value) => value + 0)).toEqual([-0.25, -0.25, 0, 0.25]);
  });

  it('asks no judge', () => {
    const { reads, samples, discriminator } = l1();
    expect({ reads, samples, discriminator }).toEqual({
      reads: {},
      samples: ['left', 'right'],
      discriminator: undefined,
    });
  });

  it('refuses samples that only broadcasting would make alike', () => {
    expect(() => generator!(roundOf({ left: zeros([4, 2]), right: zeros([4, 1]) }))).toThrow(
      new TypeError('l1 compares samples of one shape, but left is 4x2 and right is 4x1'),
    );
  });
});
