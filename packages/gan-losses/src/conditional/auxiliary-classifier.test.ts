import { add, cast, fill, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ids, roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { auxiliaryClassifier } from './auxiliary-classifier.js';

describe('auxiliaryClassifier', () => {
  inScopes();
  const even = () => ({ class: fill([2, 5], 1.5) });
  const evenRound = () => roundOfHeads({ real: even(), fake: even(), samples: { classes: ids(0, 4) } });

  it('is 2 log K and log K where the judge cannot tell', () => {
    const { discriminator, generator } = auxiliaryClassifier();
    expect(number(discriminator!(evenRound()))).toBeCloseTo(2 * Math.log(5), 5);
    expect(number(generator!(evenRound()))).toBeCloseTo(Math.log(5), 6);
  });

  it('teaches the judge by real samples alone, if asked', () => {
    const { discriminator } = auxiliaryClassifier({ teaches: 'real' });
    const fake = tensor2d([[9, -9]]);
    const round = roundOfHeads({
      real: { class: tensor2d([[0, 0]]) },
      fake: { class: fake },
      samples: { classes: ids(1) },
    });
    expect(number(discriminator!(round))).toBeCloseTo(Math.LN2, 6);
    expect(gradientsOf(() => discriminator!(round), [fake]).flatMap(numbers)).toEqual([0, 0]);
  });

  it('pulls logits by their probabilities, less 1 for the right class', () => {
    const fake = tensor2d([[0, Math.log(3)]]);
    const round = roundOfHeads({ fake: { class: fake }, samples: { classes: ids(0) } });
    const [slope] = gradientsOf(() => auxiliaryClassifier().generator!(round), [fake]).map(numbers);
    expect(slope![0]).toBeCloseTo(-0.75, 6);
    expect(slope![1]).toBeCloseTo(0.75, 6);
  });

  it('takes ids in float32, and is blind to what is added to all logits of a sample', () => {
    const fake = tensor2d([[1, 2, 3]]);
    const at = (shift: number, classes = ids(2)) =>
      number(
        auxiliaryClassifier().generator!(roundOfHeads({ fake: { class: add(fake, shift) }, samples: { classes } })),
      );
    expect(at(0, cast(ids(2), 'float32'))).toBe(at(0));
    expect(at(100)).toBeCloseTo(at(0), 4);
  });

  it('refuses other lessons, and a head of one logit', () => {
    // @ts-expect-error no such choice
    expect(() => auxiliaryClassifier({ teaches: 'fake' })).toThrow(
      new TypeError("teaches must be one of 'both', 'real', but is 'fake'"),
    );
    const round = roundOfHeads({ fake: { class: tensor2d([[1]]) }, samples: { classes: ids(0) } });
    expect(() => auxiliaryClassifier().generator!(round)).toThrow(
      new TypeError('a class is one of two at least, but the head has 1 logit'),
    );
  });
});
