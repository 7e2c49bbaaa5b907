import { progressiveDiscriminator, progressiveGenerator } from '@gan/architectures';
import { gradients, random } from '@gan/core';
import { mean, mul, square, sum } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/progressive.json' with { type: 'json' };
import { expectStored, made, storedWeights, type Table } from './stored.fixture.js';

/** Progressive growing with the weights of pro-gan-pth's (tools/goldens/progressive.py), a stage in full and one that fades. */

const sample = [16, 16, 3] as const;
/** 2, 4, 6 and 6 channels at 16, 8, 4 and behind. */
const narrow = { filters: 1, growsTo: 32, widest: 6 } as const;
/** A network that has faded for a quarter of its time, or does not fade and has no picture of half the side. */
const stages = {
  whole: { fade: 0, step: 7, of: (table: Table) => without(table, 'map8.picture') },
  fading: { fade: 4, step: 1, of: (table: Table) => table },
} as const;
const without = (table: Table, layer: string): Table =>
  Object.fromEntries(Object.entries(table).filter(([name]) => !name.startsWith(layer)));

for (const { title, options, there } of engines)
  describe.skipIf(!there)(`progressive growing of pro-gan-pth's weights on ${title}`, () => {
    inScopesOn(options);
    const tolerance = title.endsWith('float64') ? 1e-6 : 1e-4;

    it.each(['whole', 'fading'] as const)('makes the same pictures, with the same slope in the latents: %s', (name) => {
      const { fade, step, of } = stages[name];
      const network = progressiveGenerator({ sample, latents: 5, ...narrow, fade });
      const weights = storedWeights(network, { parameters: of(golden.generator) });
      const latents = made(golden.latents);
      const apply = () =>
        network.apply(weights, { latents }, { training: true, random: random(2), step }).outputs.sample;
      const wanted = golden.stages[name];
      expectStored(apply(), wanted.picture, tolerance);
      const [slope] = gradients(() => sum(mul(apply(), made(golden.weigh))), [latents]).gradients;
      expectStored(slope!, wanted.slope, tolerance);
    });

    it.each(['whole', 'fading'] as const)('gives the same scores, R1 and slopes of R1: %s', (name) => {
      const { fade, step, of } = stages[name];
      const network = progressiveDiscriminator({ sample, ...narrow, fade });
      const weights = storedWeights(network, { parameters: of(golden.discriminator) });
      const real = made(golden.real);
      const score = () =>
        network.apply(weights, { sample: real }, { training: true, random: random(2), step }).outputs.score;
      const wanted = golden.stages[name];
      expectStored(score(), wanted.score, tolerance);
      const penalty = () => {
        const [slope] = gradients(() => sum(score()), [real]).gradients;
        return mean(sum(square(slope!), [1, 2, 3]));
      };
      const names = ['map16.picture/kernel', 'map8.first/kernel'] as const;
      const { value, gradients: slopes } = gradients(
        penalty,
        names.map((kernel) => weights.parameters[kernel]!),
      );
      expect(Math.abs(value.dataSync()[0]! / wanted.penalty - 1)).toBeLessThan(tolerance);
      for (const [i, kernel] of names.entries()) expectStored(slopes[i]!, wanted.penaltySlopes[kernel], tolerance);
    });
  });
