import type { Network } from '@gan/core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { inScopes, parameters } from '../../network.fixture.js';
import { featureMaps } from './feature-maps.js';
import { projectedDiscriminator } from './projected-discriminator.js';

/** A network that gives maps of these shapes. */
const giving = (outputs: Network['outputs']) =>
  ({ inputs: { sample: [8, 8, 3] }, outputs, init: () => ({ parameters: {}, state: {} }) }) as never;

describe('projectedDiscriminator', () => {
  inScopes();

  it('has as many parameters as its small judges, whatever it looks through', () => {
    const judge = (features: Network['outputs']) =>
      parameters(projectedDiscriminator({ features: giving(features), channels: 3, filters: 16 }) as Network);
    const halved = (from: number, to: number) => 4 * 4 * from * to + to + 2 * to;
    // 8 x 8, doubled: halved once from 3 channels to 16, and a score of 4 x 4 places.
    expect(judge({ one: [8, 8, 5] })).toBe(halved(3, 16) + 4 * 4 * 16);
    // 16 x 16 is halved twice; beside it, a map of 8 x 8 comes out with as many channels.
    expect(judge({ one: [16, 16, 5], two: [8, 8, 9] })).toBe(halved(3, 8) + halved(8, 16) + halved(3, 16) + 2 * 256);
  });

  it.each([
    [{}, 'features must give a map at least, but give nothing'],
    [{ one: [4, 5, 3] }, "features must be square maps, but 'one' is [4, 5, 3]"],
    [{ one: 'features' }, "features must be square maps, but 'one' is 'features'"],
    [
      { one: [8, 8, 3], two: [3, 3, 4] },
      "each of the features must have half the sides of the one before, 8, but 'two' is [3, 3, 4]",
    ],
  ] as const)('refuses features of %j', (features, sentence) => {
    expect(() => projectedDiscriminator({ features: giving(features) })).toThrow(new TypeError(sentence));
  });

  it('refuses counts that are none', () => {
    const features = giving({ one: [4, 4, 3] });
    expect(() => projectedDiscriminator({ features, channels: 0 })).toThrow('channels must be a whole number');
    expect(() => projectedDiscriminator({ features, filters: 1.5 })).toThrow('filters must be a whole number');
  });
});

describe('featureMaps', () => {
  inScopes();

  const model = (inputShape: (number | null)[]): LayersModel =>
    sequential({ layers: [layers.conv2d({ filters: 2, kernelSize: 2, strides: 2, name: 'halved', inputShape })] });

  it('states the ports of the layers that are named', () => {
    const of = model([8, 8, 3]);
    const { inputs, outputs } = featureMaps(of, ['halved']);
    expect({ inputs, outputs }).toEqual({ inputs: { sample: [8, 8, 3] }, outputs: { halved: [4, 4, 2] } });
    of.dispose();
  });

  it('refuses layers that are not there, and samples of any side', () => {
    const [of, any] = [model([8, 8, 3]), model([null, null, 3])];
    expect(() => featureMaps(of, ['none'])).toThrow(/^the model has no layer 'none'; it has .*halved$/);
    expect(() => featureMaps(any, ['halved'])).toThrow(
      /^a model whose maps are wanted takes one sample of known sides, but this takes /,
    );
    for (const one of [of, any]) one.dispose();
  });
});
