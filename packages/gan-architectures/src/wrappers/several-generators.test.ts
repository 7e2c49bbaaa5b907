import { type Network, random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { inScopes, withWeights } from '../network.fixture.js';
import { mlpGenerator } from '../networks/mlp/mlp-generator.js';
import { severalGenerators } from './several-generators.js';

const mode = { training: true, random: random(2) };
const pair = () => severalGenerators(mlpGenerator({ sample: [2], latents: 8, units: 4 }), { latents: 3, category: 2 });

/** Gives the latents it takes. */
const echo: Network<{ readonly latents: readonly [6] }, { readonly sample: readonly [6] }> = {
  inputs: { latents: [6] },
  outputs: { sample: [6] },
  init: () => ({ parameters: {}, state: {} }),
  apply: (_, { latents }) => ({ outputs: { sample: latents! }, state: {} }),
};

describe('severalGenerators', () => {
  inScopes();

  it('puts the latents at the place of the generator that plays', () => {
    const generator = severalGenerators(echo, { latents: 1, which: 3 });
    expect(generator.inputs).toEqual({ latents: [1], which: 3 });
    const inputs = { latents: tensor([5, 6], [2, 1]), which: tensor([2, 0], [2], 'int32') };
    expect(generator.apply({ parameters: {}, state: {} }, inputs, mode).outputs.sample.arraySync()).toEqual([
      [0, 0, 0, 0, 5, 1],
      [6, 1, 0, 0, 0, 0],
    ]);
  });

  it('has generators that differ in their first layer alone', () => {
    const generator = pair();
    withWeights(generator, (weights) => {
      const made = (which: number, parameters = weights.parameters) => {
        const inputs = { latents: tensor([1, -2, 0.5], [1, 3]), category: tensor([which], [1], 'int32') };
        return [...generator.apply({ ...weights, parameters }, inputs, mode).outputs.sample.dataSync()];
      };
      expect(made(0)).not.toEqual(made(1));
      const [name = ''] = Object.keys(weights.parameters);
      const rows = weights.parameters[name]!.arraySync() as number[][];
      // The second generator's rows are the first one's: now they are the same.
      const same = tensor([...rows.slice(0, 4), ...rows.slice(0, 4)]);
      expect(made(1, { ...weights.parameters, [name]: same })).toEqual(made(0));
    });
  });

  it('keeps the contract of a network', () => checkNetwork(pair()));

  it('refuses numbers that do not go together', () => {
    const refused = (several: unknown, sentence: string) =>
      expect(() => severalGenerators(echo, several as never)).toThrow(new TypeError(sentence));
    refused({ latents: 3, category: 2 }, '2 generators of 3 latents are one of [8], but this one takes [6]');
    refused({ latents: 6, category: 1 }, 'category must be a whole number of at least 2, but is 1');
    const told = 'several generators are told apart by one number, as in { category: 4 }, but there';
    refused({ latents: 6 }, `${told} is none`);
    refused({ latents: 1, a: 2, b: 3 }, `${told} are a, b`);
    const classes = mlpGenerator({ sample: [2], latents: 6, classes: 2 });
    expect(() => severalGenerators(classes, { latents: 2, classes: 2 })).toThrow(
      new TypeError("the generator takes 'classes' already"),
    );
  });
});
