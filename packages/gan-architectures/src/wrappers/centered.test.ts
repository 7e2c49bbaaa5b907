import { type Network, random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { fill, mul, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { inScopes, withWeights } from '../network.fixture.js';
import { beganAutoencoder } from '../networks/began/began-autoencoder.js';
import { beganGenerator } from '../networks/began/began-generator.js';
import { mlpDiscriminator } from '../networks/mlp/mlp-discriminator.js';
import { centered } from './centered.js';
import { reconstructionEnergy } from './reconstruction-energy.js';

type Picture = { readonly sample: readonly [1, 2] };

/** Gives half of what it takes. */
const halving: Network<Picture, Picture> = {
  inputs: { sample: [1, 2] },
  outputs: { sample: [1, 2] },
  init: () => ({ parameters: {}, state: {} }),
  apply: (_, { sample }) => ({ outputs: { sample: mul(sample!, 0.5) }, state: {} }),
};
const nothing = { parameters: {}, state: {} };
const mode = { training: true, random: random(1) };

describe('centered', () => {
  inScopes();

  it('takes samples less the center, and gives them with it', () => {
    const sample = tensor([4, -2], [1, 1, 2]);
    const given = (center: number | number[]) => [
      ...centered(halving, { center }).apply(nothing, { sample }, mode).outputs.sample.dataSync(),
    ];
    // (4 - 1) / 2 + 1, (-2 - 1) / 2 + 1; then (4 - 2) / 2 + 2, (-2 + 4) / 2 - 4
    expect(given(1)).toEqual([2.5, -0.5]);
    expect(given([2, -4])).toEqual([3, -3]);
  });

  it('has a fresh autoencoder without norms give back the center, not grey', () => {
    const autoencoder = beganAutoencoder({ sample: [8, 8, 1], filters: 2, features: 3 });
    const energyOf = (network: typeof autoencoder, grey: number) => {
      const judge = reconstructionEnergy(network, { power: 1 });
      const sample = fill([1, 8, 8, 1], grey);
      return withWeights(judge, (weights) => judge.apply(weights, { sample }, mode).outputs.energy.dataSync()[0]);
    };
    expect(energyOf(autoencoder, 0)).toBe(0);
    expect(energyOf(autoencoder, 0.75)).toBeGreaterThan(0.1);
    expect(energyOf(centered(autoencoder, { center: 0.75 }), 0.75)).toBe(0);
    expect(energyOf(centered(autoencoder, { center: 0.75 }), 0)).toBeGreaterThan(0.1);
  });

  it('keeps the contract of a network: of a generator, of an autoencoder, of a judge', async () => {
    const sample = [8, 8, 2] as const;
    await checkNetwork(centered(beganGenerator({ sample, latents: 3, filters: 2 }), { center: 0.5 }));
    await checkNetwork(centered(beganAutoencoder({ sample, filters: 2 }), { center: [0.5, -1] }));
    await checkNetwork(centered(mlpDiscriminator({ sample: [4] }), { center: 2 }));
  });

  it('refuses a center that is none, and a network without a sample', () => {
    expect(() => centered(halving, { center: Number.NaN })).toThrow(
      new TypeError('center must be a finite number, but is NaN'),
    );
    expect(() => centered(halving, { center: [1, 2, 3] })).toThrow(
      new TypeError('center must be one number, or one for each channel of 1x2, but is [1, 2, 3]'),
    );
    const blind = { ...halving, inputs: { code: [2] }, outputs: { code: [2] } } as never;
    expect(() => centered(blind, { center: 1 })).toThrow(
      new TypeError("a network is centered by its 'sample', but this one has none"),
    );
  });
});
