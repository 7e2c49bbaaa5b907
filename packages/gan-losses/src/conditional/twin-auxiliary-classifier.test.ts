import { tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { ids, roundOfHeads } from '../heads.fixture.js';
import { gradientsOf, inScopes, number, numbers } from '../round.fixture.js';
import { twinAuxiliaryClassifier } from './twin-auxiliary-classifier.js';

describe('twinAuxiliaryClassifier', () => {
  inScopes();
  const { discriminator, generator, samples } = twinAuxiliaryClassifier();

  it('is log K and -log K where the twin cannot tell', () => {
    const round = roundOfHeads({ fake: { twin: tensor2d([[1, 1, 1]]) }, samples: { classes: ids(1) } });
    expect(number(discriminator!(round))).toBeCloseTo(Math.log(3), 6);
    expect(number(generator!(round))).toBeCloseTo(-Math.log(3), 6);
  });

  it('is a game of zero sum about fakes alone', () => {
    expect(samples).not.toContain('real');
    const twin = tensor2d([[0.5, -1, 2]]);
    const round = roundOfHeads({ fake: { twin }, samples: { classes: ids(0) } });
    const [one, other] = [discriminator!, generator!].map(
      (side) => numbers(gradientsOf(() => side(round), [twin])[0]!) as readonly number[],
    );
    expect(other!.map((value) => -value)).toEqual(one);
    // softmax of the logits, less 1 for the class
    const whole = Math.exp(0.5) + Math.exp(-1) + Math.exp(2);
    expect(one![0]).toBeCloseTo(Math.exp(0.5) / whole - 1, 6);
  });
});
