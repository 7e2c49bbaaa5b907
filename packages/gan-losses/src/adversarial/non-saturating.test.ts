import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { nonSaturating } from './non-saturating.js';

describe('nonSaturating', () => {
  inScopes();
  const { discriminator, generator } = nonSaturating();

  it('is 2 log 2 and log 2 where the judge cannot tell', () => {
    const round = roundOfScores(tensor2d([[0], [0]]), tensor2d([[0], [0]]));
    expect(number(discriminator!(round))).toBeCloseTo(2 * Math.LN2, 6);
    expect(number(generator!(round))).toBeCloseTo(Math.LN2, 6);
  });

  it('still teaches a generator that the judge sees through, with a gradient of -1/n', () => {
    const fake = tensor2d([[-30], [-30]]);
    // d softplus(-s) / ds = -sigmoid(-s) = -1 + e^-30; two samples share the mean.
    const [slope] = gradientsOf(() => generator!(roundOfScores(fake, fake)), [fake]);
    for (const value of numbers(slope!)) expect(value).toBeCloseTo(-0.5, 6);
  });

  it('is exact for scores whose sigmoid is 0 or 1 in float32', () => {
    const [real, fake] = [tensor2d([[-1e4]]), tensor2d([[1e4]])];
    const round = () => discriminator!(roundOfScores(real, fake));
    // softplus(s) = s to within e^-s.
    expect(number(round())).toBe(2e4);
    expect(gradientsOf(round, [real, fake]).flatMap(numbers)).toEqual([-1, 1]);
  });

  it('gives the judge no gradient on samples it is sure of', () => {
    const [real, fake] = [tensor2d([[200]]), tensor2d([[-200]])];
    const slopes = gradientsOf(() => discriminator!(roundOfScores(real, fake)), [real, fake]).flatMap(numbers);
    for (const value of slopes) expect(value).toBeCloseTo(0, 12);
  });
});
