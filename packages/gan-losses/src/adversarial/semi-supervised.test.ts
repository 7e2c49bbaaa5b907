import { add, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ids, roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { nonSaturating } from './non-saturating.js';
import { semiSupervised } from './semi-supervised.js';

const sample = () => tensor2d([[0]]);

describe('semiSupervised', () => {
  inScopes();
  const { discriminator, generator } = semiSupervised();

  it('is log K + 2 log 2 and log 2 where it can tell neither class nor fake', () => {
    const even = { class: tensor2d([[-Math.log(3), -Math.log(3), -Math.log(3)]]) };
    const labelled = sample();
    const samples = { real: { sample: labelled }, labelled, classes: ids(1) };
    const round = roundOfHeads({ real: even, fake: even, samples });
    expect(number(discriminator!(round))).toBeCloseTo(Math.log(3) + 2 * Math.LN2, 5);
    expect(number(generator!(round))).toBeCloseTo(Math.LN2, 6);
  });

  it('judges labelled samples of their own, and no others twice', () => {
    let asked = 0;
    const labelled = sample();
    const judge = ({ sample: one }: object & { sample?: unknown }) => {
      asked++;
      expect(one).toBe(labelled);
      return { class: tensor2d([[0, 0]]) };
    };
    const [real, fake] = [tensor2d([[3, 1]]), tensor2d([[-2, 0]])];
    const heads = { real: { class: real }, fake: { class: fake }, judge };
    const apart = roundOfHeads({ ...heads, samples: { real: { sample: sample() }, labelled, classes: ids(0) } });
    const same = roundOfHeads({ ...heads, samples: { real: { sample: labelled }, labelled, classes: ids(0) } });
    // log 2 against log(e^3 + e^1) - 3
    const difference = number(discriminator!(apart)) - number(discriminator!(same));
    expect(difference).toBeCloseTo(Math.LN2 - (Math.log(Math.exp(3) + Math.exp(1)) - 3), 5);
    expect(asked).toBe(1);
  });

  it('tells real from fake as the non-saturating loss does, by the log of the sum of exponents', () => {
    const [real, fake] = [tensor2d([[3, 1]]), tensor2d([[-2, 0]])];
    const labelled = sample();
    const samples = { real: { sample: labelled }, labelled, classes: ids(0) };
    const round = roundOfHeads({ real: { class: real }, fake: { class: fake }, samples });
    const total = (a: number, b: number) => ({ score: tensor2d([[Math.log(Math.exp(a) + Math.exp(b))]]) });
    const plain = roundOfHeads({ real: total(3, 1), fake: total(-2, 0) });
    const supervised = Math.log(Math.exp(3) + Math.exp(1)) - 3;
    expect(number(discriminator!(round))).toBeCloseTo(number(nonSaturating().discriminator!(plain)) + supervised, 5);
    expect(number(generator!(round))).toBeCloseTo(number(nonSaturating().generator!(plain)), 6);
  });

  it('classifies blind to what is added to all logits, by which it tells fakes', () => {
    const fake = tensor2d([[-1, 2]]);
    const at = (shift: number) => number(generator!(roundOfHeads({ fake: { class: add(fake, shift) } })));
    expect(at(5)).toBeLessThan(at(0));
    // Still taught where it is seen through: the slopes add up to -1.
    const low = tensor2d([[-60, -60]]);
    const [slope] = gradientsOf(() => generator!(roundOfHeads({ fake: { class: low } })), [low]).map(numbers);
    expect(slope![0]! + slope![1]!).toBeCloseTo(-1, 6);
  });
});
