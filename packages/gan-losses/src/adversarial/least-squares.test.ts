import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { leastSquares } from './least-squares.js';

describe('leastSquares', () => {
  inScopes();

  it('is 0 without a gradient where every score is on its target', () => {
    const { discriminator, generator } = leastSquares();
    const [real, fake] = [tensor2d([[1], [1]]), tensor2d([[0], [0]])];
    const value = () => discriminator!(roundOfScores(real, fake));
    expect(number(value())).toBe(0);
    for (const slope of gradientsOf(value, [real, fake]).flatMap(numbers)) expect(Math.abs(slope)).toBe(0);
    expect(number(generator!(roundOfScores(real, real)))).toBe(0);
  });

  it('is at least 1/4 where real and fake score the same', () => {
    const { discriminator } = leastSquares();
    const at = (score: number) => number(discriminator!(roundOfScores(tensor2d([[score]]), tensor2d([[score]]))));
    // ((s - 1)^2 + s^2) / 2 has its minimum 1/4 at 1/2.
    expect([0, 0.5, 1].map(at)).toEqual([0.5, 0.25, 0.5]);
  });

  it('pulls back samples on the right side of the boundary, too', () => {
    const { generator } = leastSquares();
    const fake = tensor2d([[3], [-1]]);
    // (s - 1) / n
    expect(numbers(gradientsOf(() => generator!(roundOfScores(fake, fake)), [fake])[0]!)).toEqual([1, -1]);
  });

  it('takes the targets of the Pearson coding', () => {
    const { discriminator, generator } = leastSquares({ real: 1, fake: -1, generator: 0 });
    const round = roundOfScores(tensor2d([[0]]), tensor2d([[3]]));
    // (0 - 1)^2 / 2 + (3 + 1)^2 / 2 and (3 - 0)^2 / 2
    expect(number(discriminator!(round))).toBe(8.5);
    expect(number(generator!(round))).toBe(4.5);
  });

  it("takes the real target as the generator's unless told", () => {
    expect(number(leastSquares({ real: 0.75 }).generator!(roundOfScores(tensor2d([[0]]), tensor2d([[0.75]]))))).toBe(0);
  });

  it('refuses targets that are the same, no numbers, or unknown', () => {
    expect(() => leastSquares({ real: 0 })).toThrow(
      new TypeError('real and fake must be different targets, but both are 0'),
    );
    expect(() => leastSquares({ generator: Number.NaN })).toThrow(
      new TypeError('generator must be a finite number, but is NaN'),
    );
    // @ts-expect-error no such option
    expect(() => leastSquares({ smooth: 0.9 })).toThrow(TypeError);
  });
});
