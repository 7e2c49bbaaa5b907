import { stylegan2Discriminator, stylegan2Mapping, stylegan2Synthesis } from '@gan/architectures';
import { gradients, inSeries, random, type Tensors } from '@gan/core';
import { mean, mul, square, sum } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/stylegan2.json' with { type: 'json' };
import { expectStored, made, storedWeights } from './stored.fixture.js';

/** StyleGAN2 with the weights of basicsr's (tools/goldens/stylegan2.py). */

const sample = [16, 16, 3] as const;
const narrow = { filters: 4, widest: 4 } as const;
const mapping = stylegan2Mapping({ sample, latents: 6, width: 6, layers: 3, mixing: 0 });
const synthesis = stylegan2Synthesis({ sample, width: 6, ...narrow });
const discriminator = stylegan2Discriminator({ sample, ...narrow, group: 2 });
const mode = { training: true, random: random(2) };

for (const { title, options, there } of engines)
  describe.skipIf(!there)(`StyleGAN2 of basicsr's weights on ${title}`, () => {
    inScopesOn(options);
    const tolerance = title.endsWith('float64') ? 1e-6 : 1e-4;

    it('makes the same pictures, with the same slope in the latents', () => {
      const [one, two] = [
        storedWeights(mapping, { parameters: golden.mapping }),
        storedWeights(synthesis, { parameters: golden.synthesis }),
      ];
      const whole = inSeries(mapping, synthesis);
      const weights = { parameters: joined(one.parameters, two.parameters), state: joined(one.state, two.state) };
      const latents = made(golden.latents);
      const apply = () => whole.apply(weights, { latents }, mode).outputs.sample;
      expectStored(apply(), golden.picture, tolerance);
      const [slope] = gradients(() => sum(mul(apply(), made(golden.weigh))), [latents]).gradients;
      expectStored(slope!, golden.slope, tolerance);
    });

    it('gives the same scores, R1 and slopes of R1', () => {
      const weights = storedWeights(discriminator, { parameters: golden.discriminator });
      const real = made(golden.real);
      const score = () => discriminator.apply(weights, { sample: real }, mode).outputs.score;
      expectStored(score(), golden.score, tolerance);
      const penalty = () => {
        const [slope] = gradients(() => sum(score()), [real]).gradients;
        return mean(sum(square(slope!), [1, 2, 3]));
      };
      const names = ['picture/kernel', 'score/kernel'] as const;
      const { value, gradients: slopes } = gradients(
        penalty,
        names.map((name) => weights.parameters[name]!),
      );
      expect(Math.abs(value.dataSync()[0]! / golden.penalty - 1)).toBeLessThan(tolerance);
      for (const [i, name] of names.entries()) expectStored(slopes[i]!, golden.penaltySlopes[name], tolerance);
    });
  });

const joined = (first: Tensors, second: Tensors): Tensors =>
  Object.fromEntries([
    ...Object.entries(first).map(([name, tensor]) => [`first/${name}`, tensor] as const),
    ...Object.entries(second).map(([name, tensor]) => [`second/${name}`, tensor] as const),
  ]);

describe('StyleGAN2', () => {
  it.each([
    [
      'a side that is no power of two',
      { sample: [24, 24, 3] },
      'the side of a picture must be a power of two from 8 on, but is 24',
    ],
    ['a side of 4', { sample: [4, 4, 3] }, 'the side of a picture must be a power of two from 8 on, but is 4'],
    ['no filters', { sample: [8, 8, 3], filters: 0 }, /^filters must be /],
  ] as const)('refuses %s', (_, options: { readonly sample: readonly number[] }, sentence) => {
    expect(() => stylegan2Synthesis(options)).toThrow(
      typeof sentence === 'string' ? new TypeError(sentence) : sentence,
    );
    expect(() => stylegan2Discriminator(options)).toThrow(TypeError);
  });
});
