import { add, tensor2d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gradientsOf, inScopes, number, numbers, roundOfScores } from '../round.fixture.js';
import { softmaxGan } from './softmax-gan.js';

describe('softmaxGan', () => {
  inScopes();
  const { discriminator, generator } = softmaxGan();

  it('is log 2n for both where all scores are the same, where the generator has nothing to learn', () => {
    const same = tensor2d([[3], [3], [3]]);
    expect(number(discriminator!(roundOfScores(same, same)))).toBeCloseTo(Math.log(6), 6);
    expect(number(generator!(roundOfScores(same, same)))).toBeCloseTo(Math.log(6), 6);
    const fake = tensor2d([[3], [3], [3]]);
    for (const slope of gradientsOf(() => generator!(roundOfScores(same, fake)), [fake]).flatMap(numbers))
      expect(slope).toBeCloseTo(0, 7);
  });

  it('is log n for a judge that gives all to real samples, and has no more to teach it', () => {
    const [real, fake] = [tensor2d([[40], [40]]), tensor2d([[-40], [-40]])];
    const value = () => discriminator!(roundOfScores(real, fake));
    expect(number(value())).toBeCloseTo(Math.LN2, 5);
    for (const slope of gradientsOf(value, [real, fake]).flatMap(numbers)) expect(slope).toBeCloseTo(0, 6);
  });

  it('weighs fakes by their share of the sum: e^s / Z', () => {
    const [real, fake] = [tensor2d([[0]]), tensor2d([[Math.log(3)]])];
    // Z = 1 + 3
    const [ofReal, ofFake] = gradientsOf(() => discriminator!(roundOfScores(real, fake)), [real, fake]).map(numbers);
    expect(ofFake![0]).toBeCloseTo(3 / 4, 6);
    expect(ofReal![0]).toBeCloseTo(1 / 4 - 1, 6);
  });

  it('is blind to what is added to all scores, however large', () => {
    const [real, fake] = [tensor2d([[0.5], [1]]), tensor2d([[-0.5], [0]])];
    const value = number(discriminator!(roundOfScores(real, fake)));
    expect(number(discriminator!(roundOfScores(add(real, 1000), add(fake, 1000))))).toBeCloseTo(value, 3);
  });
});
