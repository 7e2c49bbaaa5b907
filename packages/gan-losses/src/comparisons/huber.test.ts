import { tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOf } from '../round.fixture.js';
import { huber } from './huber.js';

describe('huber', () => {
  inScopes();

  it('is half a square within delta and a line beyond', () => {
    const at = (difference: number, delta?: number) =>
      number(
        huber(delta === undefined ? {} : { delta }).generator!(
          roundOf({ left: tensor([difference]), right: zeros([1]) }),
        ),
      );
    expect(at(0.5)).toBe(0.125);
    expect(at(-0.5)).toBe(0.125);
    // 1 (3 - 1/2)
    expect(at(3)).toBe(2.5);
    expect(at(-3)).toBe(2.5);
    // 2 (3 - 1)
    expect(at(3, 2)).toBe(4);
    expect(at(0)).toBe(0);
  });

  it('pulls with the difference, and never with more than delta', () => {
    const [left, right] = [tensor([[10], [1], [0.5], [0], [-10]]), zeros([5, 1])];
    const [slope] = gradientsOf(() => huber({ delta: 2 }).generator!(roundOf({ left, right })), [left]).map(numbers);
    // min(max(d, -2), 2) / 5
    for (const [i, wanted] of [0.4, 0.2, 0.1, 0, -0.4].entries()) expect(slope![i]).toBeCloseTo(wanted, 6);
  });

  it.each([0, -1, Number.NaN])('refuses a delta of %s', (delta) => {
    expect(() => huber({ delta })).toThrow(
      new TypeError(`delta must be a positive finite number, but is ${String(delta)}`),
    );
  });

  it('refuses samples that differ in shape', () => {
    expect(() => huber().generator!(roundOf({ left: zeros([4, 2]), right: zeros([2, 2]) }))).toThrow(
      new TypeError('huber compares samples of one shape, but left is 4x2 and right is 2x2'),
    );
  });
});
