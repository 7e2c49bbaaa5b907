import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ids, roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { categoricalInformation } from './categorical-information.js';
import { continuousInformation } from './continuous-information.js';

describe('categoricalInformation', () => {
  inScopes();

  it('is log K, no information, where the judge cannot tell, and 0, all of it, where it surely can', () => {
    const { discriminator, generator } = categoricalInformation();
    const even = roundOfHeads({ fake: { category: tensor2d([[0, 0, 0, 0]]) }, samples: { category: ids(3) } });
    expect(number(discriminator!(even))).toBeCloseTo(Math.log(4), 6);
    expect(number(generator!(even))).toBe(number(discriminator!(even)));
    const sure = roundOfHeads({ fake: { category: tensor2d([[0, 0, 0, 50]]) }, samples: { category: ids(3) } });
    expect(number(discriminator!(sure))).toBeCloseTo(0, 6);
  });
});

describe('continuousInformation', () => {
  inScopes();
  const half = Math.log(2 * Math.PI) / 2;
  const round = (head: number[][], code: number[][]) =>
    roundOfHeads({ fake: { code: tensor2d(head) }, samples: { code: tensor2d(code) } });

  it('of a perfect guess is the surprise that its deviation leaves', () => {
    const perfect = round([[0.5, -1]], [[0.5, -1]]);
    expect(number(continuousInformation().generator!(perfect))).toBeCloseTo(2 * half, 5);
    expect(number(continuousInformation({ deviation: 0.5 }).generator!(perfect))).toBeCloseTo(
      2 * (half + Math.log(0.5)),
      5,
    );
  });

  it('with a deviation of 1 pulls each guess by its distance', () => {
    const head = tensor2d([[1, 3]]);
    const at = roundOfHeads({ fake: { code: head }, samples: { code: tensor2d([[0, 1]]) } });
    expect(gradientsOf(() => continuousInformation().discriminator!(at), [head]).flatMap(numbers)).toEqual([1, 2]);
  });

  it('learns the deviation that the errors have', () => {
    // ((c - m) / s)^2 / 2 + log s has the slope 1 - (c - m)^2 / s^2 in log s: 0 where s is the error.
    const head = tensor2d([[0, Math.log(2)]]);
    const at = roundOfHeads({ fake: { code: head }, samples: { code: tensor2d([[2]]) } });
    const [slope] = gradientsOf(() => continuousInformation({ deviation: 'learned' }).generator!(at), [head]).map(
      numbers,
    );
    expect(slope![0]).toBeCloseTo(-0.5, 6);
    expect(slope![1]).toBeCloseTo(0, 6);
  });

  it('refuses a head of another width than the code, and a deviation that is none', () => {
    expect(() => continuousInformation().generator!(round([[1, 2, 3]], [[1, 2]]))).toThrow(
      new TypeError("continuous-information wants 2 numbers of the head 'code', but it has 3"),
    );
    expect(() => continuousInformation({ deviation: 'learned' }).generator!(round([[1, 2]], [[1, 2]]))).toThrow(
      new TypeError("continuous-information wants 4 numbers of the head 'code', but it has 2"),
    );
    expect(() => continuousInformation({ deviation: 0 })).toThrow(
      new TypeError('deviation must be a positive finite number, but is 0'),
    );
  });
});
