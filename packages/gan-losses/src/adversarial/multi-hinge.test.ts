import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ids, roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { multiHinge } from './multi-hinge.js';

describe('multiHinge', () => {
  inScopes();
  const { discriminator, generator } = multiHinge();

  it('is 2 and 1 where all logits are the same', () => {
    const even = { class: tensor2d([[3, 3, 3]]) };
    const round = roundOfHeads({ real: even, fake: even, samples: { classes: ids(1) } });
    expect(number(discriminator!(round))).toBe(2);
    expect(number(generator!(round))).toBe(1);
  });

  it('teaches only where the runner-up is within the margin, and of the two alone', () => {
    const [real, fake] = [tensor2d([[0, 5, 4.5, 1]]), tensor2d([[1, 0, 2, 8]])];
    const round = roundOfHeads({ real: { class: real }, fake: { class: fake }, samples: { classes: ids(1) } });
    // Real: 1 - 5 + 4.5; the fake is 6 above its runner-up.
    expect(number(discriminator!(round))).toBe(0.5);
    const [ofReal, ofFake] = gradientsOf(() => discriminator!(round), [real, fake]).map((slope) =>
      numbers(slope).map((value) => value + 0),
    );
    expect(ofReal).toEqual([0, -1, 1, 0]);
    expect(ofFake).toEqual([0, 0, 0, 0]);
    // The generator: 1 - 0 + 8
    expect(number(generator!(round))).toBe(9);
  });

  it('refuses a head with no logit for fakes', () => {
    const narrow = { class: tensor2d([[1]]) };
    expect(() => discriminator!(roundOfHeads({ real: narrow, fake: narrow, samples: { classes: ids(0) } }))).toThrow(
      new TypeError('a class is one of two at least, but the head has 1 logit'),
    );
  });
});
