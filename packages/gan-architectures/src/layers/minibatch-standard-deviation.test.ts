import { random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { ones, slice, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { stack } from '../judge-layers.fixture.js';
import { inScopes, withWeights } from '../network.fixture.js';
import { type MinibatchStandardDeviationOptions, minibatchStandardDeviation } from './minibatch-standard-deviation.js';

/** What is added to each sample. */
function added(sample: Tensor, options: MinibatchStandardDeviationOptions = {}, training = true): number[] {
  const network = stack(sample.shape.slice(1), () => [minibatchStandardDeviation(options)]);
  return withWeights(network, (weights) => {
    const { outputs } = network.apply(weights, { sample }, { training, random: random(1) });
    const out = outputs['features']!;
    const begin = out.shape.map((_, axis) => (axis === out.rank - 1 ? sample.shape.at(-1)! : 0));
    return Array.from(slice(out, begin).dataSync());
  });
}

describe('minibatchStandardDeviation', () => {
  inScopes();

  it('of identical samples is 0, but for what keeps its derivative finite', () => {
    // sqrt(1e-8)
    for (const value of added(ones([4, 2, 2, 3]))) expect(value).toBeCloseTo(1e-4, 8);
  });

  it('is the mean standard deviation of all numbers over the batch, for each sample the same', () => {
    // deviations of (0, 2) and (5, 1): 1 and 2
    for (const value of added(
      tensor([
        [0, 5],
        [2, 1],
      ]),
    ))
      expect(value).toBeCloseTo(1.5, 5);
  });

  it('compares samples whose numbers leave the same remainder, if there are groups', () => {
    // 0 and 2, and 1 and 3 of four: (0, 4) and (7, 7)
    const [first, second, third, fourth] = added(tensor([[0], [7], [4], [7]]), { group: 2 });
    for (const value of [first, third]) expect(value).toBeCloseTo(2, 5);
    for (const value of [second, fourth]) expect(value).toBeCloseTo(1e-4, 8);
  });

  it('treats samples one by one in inference', () => {
    for (const value of added(
      tensor([
        [0, 5],
        [2, 1],
      ]),
      {},
      false,
    ))
      expect(value).toBeCloseTo(1e-4, 8);
  });

  it('refuses a batch that does not divide into groups, and channels that do not into features', () => {
    expect(() => added(zeros([6, 2]), { group: 4 })).toThrow(
      new TypeError('a batch of 6 does not divide into groups of 4 samples to compare'),
    );
    expect(() => added(zeros([6, 4]), { features: 3 })).toThrow(
      new TypeError('features must divide the channels, but 3 does not divide 4'),
    );
    expect(() => minibatchStandardDeviation({ group: 0 })).toThrow(
      new TypeError('group must be a whole number of at least 1, but is 0'),
    );
  });

  it.each([[[4]], [[2, 3, 4]]])('keeps the contract of a network, on %s', (shape) =>
    checkNetwork(stack(shape, () => [minibatchStandardDeviation({ features: 2 })])),
  );
});
