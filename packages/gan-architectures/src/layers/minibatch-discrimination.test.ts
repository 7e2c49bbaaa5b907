import { random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { ones, slice, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { stack } from '../judge-layers.fixture.js';
import { inScopes, withWeights } from '../network.fixture.js';
import { minibatchDiscrimination } from './minibatch-discrimination.js';

/** What is added to each sample, with a kernel of [2, 4] that takes both coordinates into two features of two dimensions. */
function added(sample: Tensor, training = true): number[] {
  const network = stack([2], () => [minibatchDiscrimination({ features: 2, dimensions: 2 })]);
  return withWeights(network, ({ state }) => {
    const parameters = { '0/kernel': tensor([1, 0, 2, 0, 0, 1, 0, 2], [2, 4]) };
    const { outputs } = network.apply({ parameters, state }, { sample }, { training, random: random(1) });
    return Array.from(slice(outputs['features']!, [0, 2]).dataSync());
  });
}

describe('minibatchDiscrimination', () => {
  inScopes();

  it('counts those that are the same, and not oneself', () => {
    for (const value of added(ones([4, 2]))) expect(value).toBeCloseTo(3, 6);
  });

  it('sums exp(-distance), of rows that differ by |dx| + |dy| in the first feature and twice that in the second', () => {
    const wanted = [Math.exp(-3), Math.exp(-6)];
    for (const [i, value] of added(
      tensor([
        [0, 0],
        [1, -2],
      ]),
    ).entries())
      expect(value).toBeCloseTo(wanted[i % 2]!, 6);
  });

  it('treats samples one by one in inference: 0', () => {
    expect(added(ones([4, 2]), false)).toEqual(Array(8).fill(0));
  });

  it('refuses maps and counts that are none', () => {
    expect(() =>
      withWeights(
        stack([2, 2, 1], () => [minibatchDiscrimination({ features: 2 })]),
        () => {},
      ),
    ).toThrow(new TypeError('minibatchDiscrimination takes [batch, features], but is given rank 4: flatten it'));
    expect(() => minibatchDiscrimination({ features: 0 })).toThrow(
      new TypeError('features must be a whole number of at least 1, but is 0'),
    );
  });

  it('keeps the contract of a network', () =>
    checkNetwork(stack([3], () => [minibatchDiscrimination({ features: 2 })])));
});
