import { add, neg, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { relativisticAverage } from './relativistic-average.js';

const sides = () => [tensor2d([[1], [-2], [0.5]]), tensor2d([[0.25], [1], [-3]])] as const;
const kinds = [
  ['logistic', 2 * Math.LN2],
  ['hinge', 2],
  ['least-squares', 2],
] as const;

describe.each(kinds)('relativisticAverage of the loss %s', (loss, even) => {
  inScopes();
  const { discriminator, generator } = relativisticAverage({ loss });

  it('is twice what no margin costs, for both, where all scores are the same', () => {
    const same = tensor2d([[-7], [-7]]);
    expect(number(discriminator!(roundOfScores(same, same)))).toBeCloseTo(even, 6);
    expect(number(generator!(roundOfScores(same, same)))).toBeCloseTo(even, 6);
  });

  it('is blind to what is added to all scores', () => {
    const [real, fake] = sides();
    const moved = number(discriminator!(roundOfScores(add(real, 16), add(fake, 16))));
    expect(moved).toBeCloseTo(number(discriminator!(roundOfScores(real, fake))), 5);
  });

  it('gives the generator what the judge would get for the reverse, or for all scores with the other sign', () => {
    const [real, fake] = sides();
    const value = number(generator!(roundOfScores(real, fake)));
    expect(value).toBe(number(discriminator!(roundOfScores(fake, real))));
    expect(value).toBeCloseTo(number(discriminator!(roundOfScores(neg(real), neg(fake)))), 6);
  });

  it('pulls real samples through the mean, too, as hard as fakes', () => {
    const [real, fake] = sides();
    const [one, other] = gradientsOf(() => generator!(roundOfScores(real, fake)), [real, fake]).map(numbers);
    const total = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0);
    // Invariant to what is added to all: the slopes add up to 0.
    expect(total(one!)).toBeGreaterThan(0.1);
    expect(total(one!)).toBeCloseTo(-total(other!), 5);
  });
});

describe('relativisticAverage', () => {
  inScopes();
  it('compares with the mean, not pair by pair', () => {
    const { discriminator } = relativisticAverage({ loss: 'hinge' });
    // Means 5 and 0: real - 0 is 10 and 0, costing 0 and 1; 5 - fake is 5 and 5, costing nothing.
    expect(number(discriminator!(roundOfScores(tensor2d([[10], [0]]), tensor2d([[0], [0]]))))).toBe(0.5);
  });
  it('refuses an option it does not have', () => {
    // @ts-expect-error no such option
    expect(() => relativisticAverage({ margin: 2 })).toThrow(
      new TypeError("relativisticAverage has no option 'margin'; it takes loss"),
    );
  });
});
