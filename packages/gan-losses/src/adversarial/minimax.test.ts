import { sigmoid, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { minimax } from './minimax.js';
import { nonSaturating } from './non-saturating.js';

describe('minimax', () => {
  inScopes();
  const { discriminator, generator } = minimax();

  it('is 2 log 2 and -log 2 where the judge cannot tell', () => {
    const round = roundOfScores(tensor2d([[0.5]]), tensor2d([[0.5]]));
    expect(number(discriminator!(round))).toBeCloseTo(2 * Math.LN2, 6);
    expect(number(generator!(round))).toBeCloseTo(-Math.LN2, 6);
  });

  it('is a game of zero sum in the fakes', () => {
    const fake = tensor2d([[0.2], [0.7]]);
    const sides = [discriminator!, generator!].map(
      (side) => gradientsOf(() => side(roundOfScores(tensor2d([[0.5], [0.5]]), fake)), [fake])[0]!,
    );
    const [judge, opponent] = sides.map(numbers);
    expect(opponent!.map((value) => -value)).toEqual(judge);
    // d log(1 - p) / dp = -1 / (1 - p), halved by the mean: -0.5 / 0.8 and -0.5 / 0.3.
    expect(opponent![0]).toBeCloseTo(-0.625, 5);
    expect(opponent![1]).toBeCloseTo(-1.666667, 5);
  });

  it('hardly teaches a generator that the judge sees through', () => {
    const logit = tensor2d([[-10]]);
    const [slope] = gradientsOf(() => generator!(roundOfScores(sigmoid(logit), sigmoid(logit))), [logit]);
    // d log(1 - sigmoid(s)) / ds = -sigmoid(s): sigmoid(-10) = 4.5397869e-5.
    expect(numbers(slope!)[0]! * 1e5).toBeCloseTo(-4.5397869, 3);
  });

  it("is the judge's side of the non-saturating loss, read behind the sigmoid", () => {
    const [real, fake] = [tensor2d([[-3], [0.5]]), tensor2d([[2], [-1]])];
    const behind = number(discriminator!(roundOfScores(sigmoid(real), sigmoid(fake))));
    expect(behind).toBeCloseTo(number(nonSaturating().discriminator!(roundOfScores(real, fake))), 5);
  });

  it('stays finite on a saturated head, in value and gradient', () => {
    const [real, fake] = [tensor2d([[-1e3]]), tensor2d([[1e3]])];
    const value = () => discriminator!(roundOfScores(sigmoid(real), sigmoid(fake)));
    // -2 log(0 + 2^-100) = 200 log 2.
    expect(number(value())).toBeCloseTo(200 * Math.LN2, 3);
    for (const slope of gradientsOf(value, [real, fake]).flatMap(numbers)) expect(Math.abs(slope)).toBe(0);
  });
});
