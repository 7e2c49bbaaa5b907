import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { energyBased } from './energy-based.js';

describe('energyBased', () => {
  inScopes();
  const { discriminator, generator } = energyBased({ margin: 2 });

  it('is the margin and 0 where the judge gives no energy to any', () => {
    const round = roundOfHeads({ real: { energy: tensor2d([[0]]) }, fake: { energy: tensor2d([[0]]) } });
    expect(number(discriminator!(round))).toBe(2);
    expect(number(generator!(round))).toBe(0);
  });

  it('teaches the judge by fakes within the margin alone, and by every real sample', () => {
    const [real, fake] = [tensor2d([[9], [0]]), tensor2d([[3], [1]])];
    const value = () => discriminator!(roundOfHeads({ real: { energy: real }, fake: { energy: fake } }));
    const slopes = gradientsOf(value, [real, fake]).map((slope) => numbers(slope).map((one) => one + 0));
    expect(slopes).toEqual([
      [0.5, 0.5],
      [0, -0.5],
    ]);
  });

  it.each([0, -1, Number.NaN])('refuses a margin of %s', (margin) => {
    expect(() => energyBased({ margin })).toThrow(
      new TypeError(`margin must be a positive finite number, but is ${String(margin)}`),
    );
  });
});
