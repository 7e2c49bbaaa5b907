import type { FeatureExtractor, Network } from '@gan/core';
import { mul, sum, tensor, zeros } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { twoLayers } from '../pixels.fixture.js';
import { inScopes, number, roundOf } from '../round.fixture.js';
import { perceptual } from './perceptual.js';

/** The sum of a point's coordinates and thrice that, blind to all else. */
const sums: FeatureExtractor = {
  name: 'sums',
  hash: '',
  shape: [2],
  features: 2,
  extract: (samples) => mul(sum(samples, 1, true), tensor([[1, 3]])),
  dispose: () => {},
};

describe('perceptual', () => {
  inScopes();
  const [left, right] = [() => tensor([[1, 2]]), () => tensor([[2, 3]])];
  const measured = (options: object, pair = { left: left(), right: right() }) =>
    number(perceptual({ features: sums, ...options }).generator!(roundOf(pair)));

  it('compares features in place of pixels', () => {
    // features (3, 9) and (5, 15): (4 + 36) / 2, and (2 + 6) / 2
    expect(measured({})).toBe(20);
    expect(measured({ distance: 'l1' })).toBe(4);
    expect(measured({ layers: { features: 0.5 } })).toBe(10);
  });

  it('is 0 for samples whose features are the same', () => {
    expect(measured({}, { left: tensor([[1, 2]]), right: tensor([[3, 0]]) })).toBe(0);
  });

  it('looks at directions alone, if features are normalised', () => {
    // (3, 9) and (5, 15) point the same way; so do no others of these features, but against them.
    expect(measured({ normalized: true })).toBeCloseTo(0, 10);
    // (1, 3) / sqrt(10) against its negative: (4 / 10 + 36 / 10) / 2
    expect(measured({ normalized: true }, { left: tensor([[1, 0]]), right: tensor([[-1, 0]]) })).toBeCloseTo(2, 5);
  });

  it('stays finite where there are no features, normalised or not', () => {
    expect(measured({ normalized: true }, { left: zeros([1, 2]), right: zeros([1, 2]) })).toBe(0);
  });

  it('refuses what gives no features, layers that there are not, and weights that are none', () => {
    const network = twoLayers as unknown as Network;
    const features = { network, weights: twoLayers.init(undefined as never) };
    // @ts-expect-error a network without weights
    expect(() => perceptual({ features: network })).toThrow(
      new TypeError('features must be a feature extractor, or { network, weights }, but is a Object'),
    );
    expect(() => perceptual({ features, layers: { nearer: 1 } })).toThrow(
      new TypeError("there is no layer 'nearer' to look at; there is near, far"),
    );
    expect(() => perceptual({ features: sums, layers: { near: 1 } })).toThrow(
      new TypeError("there is no layer 'near' to look at; there is features"),
    );
    expect(() => perceptual({ features, layers: { near: -1 } })).toThrow(
      new TypeError('layers.near must be a positive finite number, but is -1'),
    );
    expect(() => perceptual({ features, layers: {} })).toThrow('name its layers, each with a weight');
    const two = { ...network, inputs: { sample: [2], code: [3] } } as Network;
    expect(() => perceptual({ features: { ...features, network: two } })).toThrow(
      new TypeError('a network of features takes a sample alone, but this one takes sample,code'),
    );
  });
});
