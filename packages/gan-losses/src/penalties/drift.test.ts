import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { drift } from './drift.js';

describe('drift', () => {
  inScopes();

  it('is weight times the mean square of real scores, with the gradient 2 weight s / n', () => {
    const [real, fake] = [tensor2d([[1], [-3]]), tensor2d([[100]])];
    const value = () => drift({ weight: 0.5 }).discriminator!(roundOfScores(real, fake));
    expect(number(value())).toBe(2.5);
    const slopes = gradientsOf(value, [real, fake]).map(numbers);
    expect(slopes).toEqual([[0.5, -1.5], [0]]);
  });

  it('is 0 where scores are', () => {
    expect(number(drift({ weight: 1 }).discriminator!(roundOfScores(tensor2d([[0]]), tensor2d([[1]]))))).toBe(0);
  });

  it.each([0, -1, Number.NaN])('refuses a weight of %s', (weight) => {
    expect(() => drift({ weight })).toThrow(`weight must be a positive finite number, but is ${weight}`);
  });
});
