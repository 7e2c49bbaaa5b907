import { styleganDiscriminator, styleganMapping, styleganSynthesis } from '@gan/architectures';
import { gradients, random, type Tensors } from '@gan/core';
import { mean, mul, square, sum } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/stylegan.json' with { type: 'json' };
import { expectStored, made, storedWeights, type Table } from './stored.fixture.js';

/** StyleGAN with the weights of PyTorch's functions, put together as its authors' code has them (tools/goldens/stylegan.py). */

const sample = [16, 16, 3] as const;
/** 2, 4, 6 and 6 channels at 16, 8, 4 and behind. */
const narrow = { filters: 1, growsTo: 32, widest: 6 } as const;
const mapping = styleganMapping({ sample, latents: 5, width: 6, layers: 3, mixing: 0 });
const discriminator = styleganDiscriminator({ sample, ...narrow, fade: 4 });
/** A quarter of the way. */
const mode = { training: true, random: random(2), step: 1 };
const without = (table: Table, layer: string): Table =>
  Object.fromEntries(Object.entries(table).filter(([name]) => !name.startsWith(layer)));

for (const { title, options, there } of engines)
  describe.skipIf(!there)(`StyleGAN of the weights of PyTorch's functions on ${title}`, () => {
    inScopesOn(options);
    const tolerance = title.endsWith('float64') ? 1e-6 : 1e-4;
    const pictures = (fade: number, table: Table) => {
      const synthesis = styleganSynthesis({ sample, width: 6, ...narrow, fade });
      const [one, two] = [
        storedWeights(mapping, { parameters: golden.mapping }),
        storedWeights(synthesis, { parameters: table }),
      ];
      return (latents: Tensors[string]) => {
        const { styles } = mapping.apply(one, { latents }, mode).outputs;
        return synthesis.apply(two, { styles }, mode).outputs.sample;
      };
    };

    it('makes the same pictures in the midst of fading, with the same slope in the latents, and as a whole', () => {
      const latents = made(golden.latents);
      const fading = pictures(4, golden.synthesis);
      expectStored(fading(latents), golden.picture, tolerance);
      const [slope] = gradients(() => sum(mul(fading(latents), made(golden.weigh))), [latents]).gradients;
      expectStored(slope!, golden.slope, tolerance);
      expectStored(pictures(0, without(golden.synthesis, 'map8.picture'))(latents), golden.whole, tolerance);
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
      const names = ['map16.second/kernel', 'map8.first/kernel'] as const;
      const { value, gradients: slopes } = gradients(
        penalty,
        names.map((name) => weights.parameters[name]!),
      );
      expect(Math.abs(value.dataSync()[0]! / golden.penalty - 1)).toBeLessThan(tolerance);
      for (const [i, name] of names.entries()) expectStored(slopes[i]!, golden.penaltySlopes[name], tolerance);
    });
  });
