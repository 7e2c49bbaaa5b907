import { type Network, random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { mul, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { inScopes, outputShapes, parameters } from '../network.fixture.js';
import { mlpAutoencoder } from '../networks/mlp/mlp-autoencoder.js';
import { reconstructionEnergy } from './reconstruction-energy.js';

/** Gives half of what it takes. */
const halving: Network<{ readonly sample: readonly [2, 1] }, { readonly sample: readonly [2, 1] }> = {
  inputs: { sample: [2, 1] },
  outputs: { sample: [2, 1] },
  init: () => ({ parameters: {}, state: {} }),
  apply: (_, { sample }) => ({ outputs: { sample: mul(sample!, 0.5) }, state: {} }),
};
const mode = { training: true, random: random(1) };

describe('reconstructionEnergy', () => {
  inScopes();

  it('is the mean over a sample of the difference, squared or not', () => {
    const sample = tensor([2, -4, 0, 0], [2, 2, 1]);
    const energies = (power?: 1 | 2) => {
      const judge = reconstructionEnergy(halving, power === undefined ? {} : { power });
      const { energy } = judge.apply({ parameters: {}, state: {} }, { sample }, mode).outputs;
      expect(energy.shape).toEqual([2, 1]);
      return [...energy.dataSync()];
    };
    // Differences 1 and -2, then none.
    expect(energies()).toEqual([2.5, 0]);
    expect(energies(1)).toEqual([1.5, 0]);
  });

  it('gives what else the autoencoder gives, and says so', () => {
    const judge = reconstructionEnergy(mlpAutoencoder({ sample: [3, 2], features: 4, units: 8 }));
    expectTypeOf(judge.outputs.features).toEqualTypeOf<'features'>();
    expectTypeOf(judge.outputs.energy).toEqualTypeOf<'linear'>();
    expect(judge.outputs).toEqual({ features: 'features', energy: 'linear' });
    expect(outputShapes(judge)).toEqual({ features: [2, 4], energy: [2, 1] });
  });

  it('refuses a network that gives samples of another shape, and another power', () => {
    const wide = { ...halving, outputs: { sample: [4] } } as never;
    expect(() => reconstructionEnergy(wide)).toThrow(
      new TypeError('an autoencoder gives samples of the shape it takes, 2x1, but this one gives 4'),
    );
    // @ts-expect-error no such power
    expect(() => reconstructionEnergy(halving, { power: 3 })).toThrow(
      new TypeError('power must be one of 1, 2, but is 3'),
    );
  });
});

describe('mlpAutoencoder', () => {
  inScopes();

  it('keeps the contract of a network, alone and as a judge', async () => {
    const network = mlpAutoencoder({ sample: [2, 3], features: 2, units: 8 });
    await checkNetwork(network);
    await checkNetwork(reconstructionEnergy(network, { power: 1 }));
  });

  it('has as many parameters as its layers', () => {
    // 2 * 8 + 8, 8 * 3 + 3, 3 * 8 + 8, 8 * 2 + 2
    expect(parameters(mlpAutoencoder({ sample: [2], features: 3, units: 8, layers: 1 }))).toBe(24 + 27 + 32 + 18);
  });

  it('refuses a code of no width', () => {
    expect(() => mlpAutoencoder({ sample: [2], features: 0 })).toThrow(
      new TypeError('features must be a whole number of at least 1, but is 0'),
    );
  });
});
