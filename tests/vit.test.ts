import { attention, vitDiscriminator, vitGenerator } from '@gan/architectures';
import { gradients, random } from '@gan/core';
import { square, sum, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/vit.json' with { type: 'json' };
import { expectStored, made, pictures, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** ViTGAN with the weights of PyTorch's and timm's modules (tools/goldens/vit.py). */

interface Case {
  readonly parameters: Table;
  readonly state: Table;
  readonly [name: string]: unknown;
}
const { judge } = golden;
const generators = golden.generators as unknown as Readonly<Record<'told' | 'timm', Case>>;
const mode = { training: true, random: random(2) };
const small = { sample: [8, 8, 3], width: 6, blocks: 2, heads: 2 } as const;

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`ViTGAN on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(tolerance, title.endsWith('float64') ? 1e-6 : 1e-4);
    const expectClose = (found: Tensor, wanted: unknown) =>
      expectStored(found, wanted as Stored, within, golden.stride);

    it('attends with many heads as nn.MultiheadAttention does', () => {
      const given = golden.attention.given.map(made);
      const apply = () => attention({ heads: 3, scale: Math.SQRT1_2 }).apply(given) as Tensor;
      expectClose(apply(), golden.attention.y);
      const slopes = gradients(() => sum(square(apply())), given).gradients;
      for (const [i, slope] of slopes.entries()) expectClose(slope!, golden.attention.slopes[i]);
    });

    it.each([
      ['told', 2],
      ['timm', 1],
    ] as const)('draws the pictures of blocks %s, with their slopes and those of a penalty', (name, mapping) => {
      const network = vitGenerator({ ...small, latents: 5, mapping });
      const wanted = generators[name];
      const weights = storedWeights(network, wanted);
      const latents = made(wanted['latents'] as Stored);
      const apply = () => network.apply(weights, { latents }, mode).outputs.sample;
      expectClose(apply(), wanted['picture']);
      const slope = () => gradients(() => sum(square(apply())), [latents]).gradients[0]!;
      expectClose(slope(), wanted['slope']);
      const positions = weights.parameters['positions/constant']!;
      expectClose(gradients(() => sum(square(slope())), [positions]).gradients[0]!, wanted['penaltySlope']);
    });

    it('judges by distance and improved spectral norm, with the slopes and those of a penalty', () => {
      const network = vitDiscriminator({ ...small, overlap: 1 });
      const weights = storedWeights(network, judge as unknown as Case);
      const sample = pictures([2, 8, 8, 3]);
      const score = () => network.apply(weights, { sample }, mode).outputs.score;
      expectClose(score(), judge.score);
      const slope = () => gradients(() => sum(score()), [sample]).gradients[0]!;
      expectClose(slope(), judge.slope);
      const at = ['patches/kernel', 'block1.queries/kernel'].map((name) => weights.parameters[name]!);
      const { value, gradients: slopes } = gradients(() => sum(square(slope())), at);
      expect(Math.abs(value.dataSync()[0]! / judge.penalty - 1)).toBeLessThan(within);
      for (const [i, found] of slopes.entries()) expectClose(found!, judge.penaltySlopes[i]);
    });
  });
