import { type Network, type Ports, random } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { mean, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { JudgeOutputs } from '../blocks/judge-score.js';
import { blank, inScopes, outputShapes, parameters, withWeights } from '../network.fixture.js';
import { dcganDiscriminator } from '../networks/dcgan/dcgan-discriminator.js';
import { mlpDiscriminator } from '../networks/mlp/mlp-discriminator.js';
import { resnetDiscriminator } from '../networks/resnet/resnet-discriminator.js';
import { snDcganDiscriminator } from '../networks/sn-dcgan/sn-dcgan-discriminator.js';
import { stylegan2Discriminator } from '../networks/stylegan2/stylegan2-discriminator.js';
import { withHeads } from './with-heads.js';

const mode = { training: true, random: random(2) };
const small = { sample: [12, 12, 1], filters: 2 } as const;

describe('withHeads', () => {
  inScopes();

  it('gives a head for each thing that is guessed, beside what the judge gives', () => {
    const judge = withHeads(dcganDiscriminator(small), { heads: { category: 5, code: [2], map: [2, 3] }, hidden: 7 });
    expectTypeOf(judge.outputs.score).toEqualTypeOf<'linear'>();
    expectTypeOf(judge.outputs.category).toEqualTypeOf<'logits'>();
    expectTypeOf(judge.outputs.code).toEqualTypeOf<'features'>();
    expect(judge.outputs).toEqual({
      score: 'linear',
      features: 'features',
      category: 'logits',
      code: 'features',
      map: 'features',
    });
    // 12 -> 6 x 6 x 2
    const shapes = { score: [2, 1], features: [2, 72], category: [2, 5], code: [2, 2], map: [2, 2, 3] };
    expect(outputShapes(judge)).toEqual(shapes);
  });

  it('has the parameters of its judge, of a hidden layer and of the heads', () => {
    const judge = mlpDiscriminator({ sample: [3], units: 8 });
    expect(parameters(withHeads(judge, { heads: { class: 4 } })) - parameters(judge)).toBe(8 * 4 + 4);
    // 8 * 6, a scale and an offset for each of 6, and heads on 6.
    const two = withHeads(judge, { heads: { class: 4, code: [2] }, hidden: 6 });
    expect(parameters(two) - parameters(judge)).toBe(8 * 6 + 2 * 6 + 6 * 4 + 4 + 6 * 2 + 2);
  });

  it('has the heads alone, if asked to', () => {
    const judge = withHeads(mlpDiscriminator({ sample: [3], units: 8 }), { heads: { class: 4 }, alone: true });
    expectTypeOf(judge.outputs).toEqualTypeOf<{ readonly features: 'features' } & { readonly class: 'logits' }>();
    expect(outputShapes(judge)).toEqual({ features: [2, 8], class: [2, 4] });
  });

  it('leaves the judge what it was, weights and score', () => {
    const judge = mlpDiscriminator({ sample: [3], units: 8, classes: 3 });
    const more = withHeads(judge, { heads: { class: 4 } });
    withWeights(judge, (own) =>
      withWeights(more, (weights) => {
        const inputs = { sample: tensor([1, -2, 3, 0, 1, 2], [2, 3]), classes: tensor([0, 2], [2], 'int32') };
        const score = (network: Network, of: typeof own) =>
          network.apply(of, inputs, mode).outputs['score']!.dataSync();
        expect(score(more, weights)).toEqual(score(judge, own));
        expect(Object.keys(weights.parameters).filter((name) => !(name in own.parameters))).toEqual([
          'heads.class/class/kernel',
          'heads.class/class/bias',
        ]);
      }),
    );
  });

  it('divides the kernels of its heads by their largest singular value, if asked to', () => {
    const judge = withHeads(mlpDiscriminator({ sample: [3], units: 8 }), { heads: { class: 4 }, spectral: true });
    withWeights(judge, ({ state }) =>
      expect(Object.keys(state).sort()).toEqual(['heads.class/class/u', 'heads.class/class/v']),
    );
  });

  const trunks: Readonly<Record<string, Network<Ports, JudgeOutputs>>> = {
    DCGAN: dcganDiscriminator({ ...small, classes: 3 }),
    'SN-DCGAN': snDcganDiscriminator({ sample: [16, 16, 1], filters: 1 }),
    residual: resnetDiscriminator({ sample: [32, 32, 1], filters: 2 }),
    StyleGAN2: stylegan2Discriminator({ sample: [8, 8, 1], filters: 2, widest: 4 }),
    dense: mlpDiscriminator({ sample: [3], units: 4 }),
    'lone-headed': withHeads(mlpDiscriminator({ sample: [3], units: 4 }), {
      heads: { other: 2 },
      alone: true,
    }) as never,
    headed: withHeads(mlpDiscriminator({ sample: [3], units: 4 }), { heads: { other: [1] } }),
  };
  it.each(Object.entries(trunks))('keeps the contract of a network on the features of a %s judge', (_, judge) =>
    checkNetwork(withHeads(judge, { heads: { class: 3 }, hidden: 4 })),
  );

  it('learns what the heads share: their loss reaches the trunk', () => {
    const judge = withHeads(mlpDiscriminator({ sample: [3], units: 8 }), { heads: { class: 4 } });
    withWeights(judge, (weights) => {
      const other = tensor(new Float32Array(3 * 8), [3, 8]);
      const [kernel] = Object.keys(weights.parameters);
      const said = (parameters: typeof weights.parameters) =>
        mean(
          judge.apply({ ...weights, parameters }, { ...blank(judge), sample: tensor([1, 2, 3], [1, 3]) }, mode).outputs
            .class,
        ).dataSync()[0];
      expect(said({ ...weights.parameters, [kernel!]: other })).not.toBe(said(weights.parameters));
    });
  });

  it('refuses a judge without features, a head that is there, and what cannot be guessed', () => {
    const judge = mlpDiscriminator({ sample: [3] });
    const bare = { ...judge, outputs: { score: 'linear' } } as never;
    const refused = (of: typeof judge, options: unknown, sentence: string) =>
      expect(() => withHeads(of, options as never)).toThrow(new TypeError(sentence));
    refused(bare, { heads: { class: 3 } }, "heads stand on the 'features' of a judge, but this one gives score");
    refused(judge, { heads: { score: 3 } }, "the judge has a head 'score' already");
    refused(judge, { heads: {} }, 'heads must say what is guessed, as in { class: 10 }');
    refused(judge, { heads: { class: 1 } }, 'class must be a whole number of at least 2, but is 1');
    refused(
      judge,
      { heads: { code: [] } },
      'code must be a shape of positive whole numbers, as in [28, 28, 1], but is []',
    );
    refused(judge, { heads: { class: 3 }, hidden: 0 }, 'hidden must be a whole number of at least 1, but is 0');
    refused(judge, { heads: { class: 3 }, spectral: 1 }, 'spectral must be true or false, but is 1');
  });
});
