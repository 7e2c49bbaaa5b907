import { type Network, random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { tensor } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { inScopes } from '../network.fixture.js';
import { mlpGenerator } from '../networks/mlp/mlp-generator.js';
import { withCodes } from './with-codes.js';

/** Gives the latents it takes. */
const echo: Network<{ readonly latents: readonly [6] }, { readonly sample: readonly [6] }> = {
  inputs: { latents: [6] },
  outputs: { sample: [6] },
  init: () => ({ parameters: {}, state: {} }),
  apply: (_, { latents }) => ({ outputs: { sample: latents! }, state: {} }),
};

describe('withCodes', () => {
  inScopes();

  it('puts latents and codes side by side, classes as rows of zeros and a one', () => {
    const generator = withCodes(echo, { latents: 1, category: 3, code: [1, 2] });
    expectTypeOf(generator.inputs.latents).toEqualTypeOf<readonly [1]>();
    expectTypeOf(generator.inputs.category).toEqualTypeOf<3>();
    expectTypeOf(generator.inputs.code).toEqualTypeOf<readonly [1, 2]>();
    expect(generator.inputs).toEqual({ latents: [1], category: 3, code: [1, 2] });
    const inputs = {
      latents: tensor([0.5, -0.5], [2, 1]),
      category: tensor([2, 0], [2], 'int32'),
      code: tensor([1, 2, 3, 4], [2, 1, 2]),
    };
    const { sample } = generator.apply({ parameters: {}, state: {} }, inputs, {
      training: true,
      random: random(1),
    }).outputs;
    expect(sample.arraySync()).toEqual([
      [0.5, 0, 0, 1, 1, 2],
      [-0.5, 1, 0, 0, 3, 4],
    ]);
  });

  it('keeps the contract of a network, and the conditions of the generator', async () => {
    const generator = withCodes(mlpGenerator({ sample: [2], latents: 6, classes: 3, units: 4 }), {
      latents: 2,
      category: 2,
      code: [2],
    });
    expect(generator.inputs).toEqual({ latents: [2], category: 2, code: [2], classes: 3 });
    await checkNetwork(generator);
  });

  it('refuses codes that are not what the generator takes', () => {
    const refused = (codes: unknown, sentence: string) =>
      expect(() => withCodes(echo, codes as never)).toThrow(new TypeError(sentence));
    refused(
      { latents: 2, category: 3 },
      'the generator takes [6] as its latents, but latents, category are 2 + 3 = 5 numbers',
    );
    refused({ latents: 5, category: 1 }, 'category must be a whole number of at least 2, but is 1');
    refused({ latents: 5, code: [0] }, 'code must be a shape of positive whole numbers, as in [28, 28, 1], but is [0]');
    const classes = mlpGenerator({ sample: [2], latents: 6, classes: 3 });
    expect(() => withCodes(classes, { latents: 3, classes: 3 })).toThrow(
      new TypeError("the generator takes 'classes' already"),
    );
  });
});
