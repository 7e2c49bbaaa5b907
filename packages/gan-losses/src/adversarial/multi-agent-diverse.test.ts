import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ids, roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { multiAgentDiverse } from './multi-agent-diverse.js';

describe('multiAgentDiverse', () => {
  inScopes();
  const { discriminator, generator } = multiAgentDiverse();

  it('is 2 log (K + 1) and log (K + 1) where all logits are the same', () => {
    const even = { category: tensor2d([[3, 3, 3, 3]]) };
    const round = roundOfHeads({ real: even, fake: even, samples: { category: ids(1) } });
    expect(number(discriminator!(round))).toBeCloseTo(2 * Math.log(4), 6);
    expect(number(generator!(round))).toBeCloseTo(Math.log(4), 6);
  });

  it('teaches the judge which generator it was, and each generator to be taken for real', () => {
    const [real, fake] = [tensor2d([[0, 0, 0]]), tensor2d([[0, 0, 0]])];
    const round = roundOfHeads({ real: { category: real }, fake: { category: fake }, samples: { category: ids(1) } });
    const third = 1 / 3;
    const near = (found: readonly number[], wanted: readonly number[]) =>
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(wanted[i]!, 6);
      });
    const [ofReal, ofFake] = gradientsOf(() => discriminator!(round), [real, fake]).map(numbers);
    near(ofReal!, [third, third, third - 1]);
    near(ofFake!, [third, third - 1, third]);
    near(numbers(gradientsOf(() => generator!(round), [fake])[0]!), [third, third, third - 1]);
  });
});
