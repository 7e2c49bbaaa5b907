import { add, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { relativistic } from './relativistic.js';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from './round.fixture.js';

describe('relativistic', () => {
  inScopes();
  const { discriminator, generator } = relativistic();
  const pair = () => [tensor2d([[1], [-2], [0.5]]), tensor2d([[0.25], [1], [-3]])] as const;

  it('is log 2 for both where real and fake score the same, whatever they score', () => {
    const [real] = pair();
    expect(number(discriminator!(roundOfScores(real, real)))).toBeCloseTo(Math.LN2, 6);
    expect(number(generator!(roundOfScores(real, real)))).toBeCloseTo(Math.LN2, 6);
  });

  it('is blind to what is added to all scores', () => {
    const [real, fake] = pair();
    const moved = number(discriminator!(roundOfScores(add(real, 16), add(fake, 16))));
    expect(moved).toBeCloseTo(number(discriminator!(roundOfScores(real, fake))), 6);
  });

  it('gives the generator what the judge would get for the reverse', () => {
    const [real, fake] = pair();
    expect(number(generator!(roundOfScores(real, fake)))).toBe(number(discriminator!(roundOfScores(fake, real))));
  });

  it('pairs the i-th real sample with the i-th fake', () => {
    // softplus(-(10 - 0)) and softplus(-(0 - 10)): e^-10 and 10 + e^-10, not softplus of the difference of means.
    const value = number(discriminator!(roundOfScores(tensor2d([[10], [0]]), tensor2d([[0], [10]]))));
    expect(value).toBeCloseTo(5 + Math.exp(-10), 5);
  });

  it('pulls both ends of a pair, equally and oppositely', () => {
    const [real, fake] = pair();
    const [one, other] = gradientsOf(() => generator!(roundOfScores(real, fake)), [real, fake]).map(numbers);
    for (const [i, slope] of one!.entries()) expect(slope).toBeCloseTo(-other![i]!, 7);
    for (const slope of one!) expect(slope).toBeGreaterThan(0.01);
  });
});
