import type { Round, Side } from '@gan/core';
import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { boundaryEquilibrium } from './boundary-equilibrium.js';
import { hinge } from './hinge.js';
import { ofJury } from './of-jury.js';
import { wasserstein } from './wasserstein.js';

const judges = ['strict', 'mild'] as const;
const said = (strict: number, mild: number) => ({
  'strict.score': tensor2d([[strict]]),
  'mild.score': tensor2d([[mild]]),
});
const played = (side: unknown, round: Round) => number((side as Side)(round));

describe('ofJury', () => {
  inScopes();

  it('reads each head of each judge', () => {
    const term = ofJury({ judges }, hinge());
    expect(term.name).toBe('hinge-of-jury');
    expect(term.reads).toEqual({ 'strict.score': 'linear', 'mild.score': 'linear' });
  });

  it('has each judge learn for itself', () => {
    const { discriminator } = ofJury({ judges, strictness: 3 }, hinge());
    // max(0, 1 - 0.5) + max(0, 1 - 0.25), and 0 + 3.
    const round = roundOfHeads({ real: said(0.5, 4), fake: said(-0.25, 2) });
    expect(played(discriminator, round)).toBe(0.5 + 0.75 + 3);
  });

  it('has generators minimise the mean of what they lose to the judges, or more of the largest', () => {
    const round = roundOfHeads({ fake: said(-3, -1) });
    const lost = (strictness?: number) =>
      played(ofJury({ judges, ...(strictness !== undefined && { strictness }) }, wasserstein()).generator, round);
    expect(lost()).toBe(2);
    // Weights are in the ratio of exp 2 to 1, for 3 and 1: 1 + 2 sigmoid(2).
    expect(lost(1)).toBeCloseTo(1 + 2 / (1 + Math.exp(-2)), 6);
    expect(lost(100)).toBeCloseTo(3, 6);
  });

  it('differentiates the weights, too', () => {
    const fake = said(-3, -1);
    const { generator } = ofJury({ judges, strictness: 1 }, wasserstein());
    const slopes = gradientsOf(() => (generator as unknown as Side)(roundOfHeads({ fake })), Object.values(fake));
    // w_i (1 + lambda (V_i - F)), with the sign of V = -fake.
    const w = 1 / (1 + Math.exp(-2));
    const total = 3 * w + (1 - w);
    expect(numbers(slopes[0]!)[0]).toBeCloseTo(-w * (1 + 3 - total), 5);
    expect(numbers(slopes[1]!)[0]).toBeCloseTo(-(1 - w) * (1 + 1 - total), 5);
  });

  it('refuses no judges, one twice, a strictness below 0, and terms with a state', () => {
    const refused = (options: unknown, sentence: string) =>
      expect(() => ofJury(options as never, hinge())).toThrow(new TypeError(sentence));
    refused({ judges: [] }, 'judges must be a list of different names, but is []');
    refused({ judges: ['a', 'a'] }, "judges must be a list of different names, but is ['a', 'a']");
    refused({ judges, strictness: -1 }, 'strictness must be a finite number of at least 0, but is -1');
    expect(() => ofJury({ judges }, boundaryEquilibrium())).toThrow(
      new TypeError('boundary-equilibrium keeps a state, which a jury would share: bind it to one judge at a time'),
    );
  });
});
