import { checkTerm } from '@gan/core/testing';
import { sigmoid, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { minimax, nonSaturating } from './index.js';
import { scoreCase, scoreCases, scoreGoldens } from './label-smoothing-and-top-k.fixture.js';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from './round.fixture.js';

describe('label smoothing and top-k', () => {
  inScopes();

  it.each(scoreCases)("%s: value and gradients are those of PyTorch's own losses", (name) => {
    const { of, at } = scoreCase(name);
    const { value, real, fake } = scoreGoldens[name];
    expect(Math.abs(number(of(...at)) / value - 1)).toBeLessThan(1e-5);
    const slopes = gradientsOf(() => of(...at), at).map(numbers);
    for (const [i, wanted] of [real, fake].entries())
      for (const [k, slope] of slopes[i]!.entries()) expect(Math.abs(slope - wanted[k]!)).toBeLessThan(1e-6);
  });

  it('smoothing rests where D = 1 - smoothing, on real samples alone', () => {
    // log(0.9 / 0.1)
    const [real, fake] = [tensor2d([[Math.log(9)]]), tensor2d([[0]])];
    const terms = [
      () => nonSaturating({ smoothing: 0.1 }).discriminator!(roundOfScores(real, fake)),
      () => minimax({ smoothing: 0.1 }).discriminator!(roundOfScores(sigmoid(real), sigmoid(fake)) as never),
    ];
    for (const value of terms) {
      const [ofReal, ofFake] = gradientsOf(value, [real, fake]).map(numbers);
      expect(ofReal![0]).toBeCloseTo(0, 6);
      expect(ofFake![0]).toBeCloseTo(0.5, 6);
    }
  });

  it.each([-0.1, 1, Number.NaN])('refuses a smoothing of %s', (smoothing) => {
    for (const factory of [nonSaturating, minimax])
      expect(() => factory({ smoothing })).toThrow(
        new TypeError(`smoothing must be at least 0 and less than 1, but is ${String(smoothing)}`),
      );
  });
});

it.each([nonSaturating({ smoothing: 0.1 }), minimax({ smoothing: 0.1 })])(
  '$name keeps the contract of a term',
  (term) => checkTerm(term),
);
