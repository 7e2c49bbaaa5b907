import { resnetDiscriminator, resnetGenerator, snDcganDiscriminator, snDcganGenerator } from '@gan/architectures';
import { gradients, type Network, random, type Tensors } from '@gan/core';
import { square, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/resnet.json' with { type: 'json' };
import { expectStored, made, pictures, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** Residual networks with the weights of torch-mimicry's, SN-DCGAN with those of PyTorch's modules (tools/goldens/resnet.py). */

interface Case {
  readonly generator?: {
    readonly parameters: Table;
    readonly state: Table;
    readonly latents: Stored;
    readonly picture: Stored;
    readonly slope: Stored;
  };
  readonly judge: {
    readonly parameters: Table;
    readonly state: Table;
    readonly score: Stored;
    readonly slope: Stored;
    readonly penalty: number;
    readonly penaltySlope: Stored;
  };
}
const cases = golden.cases as unknown as Readonly<Record<keyof typeof golden.cases, Case>>;
const expectClose = (found: Tensor, wanted: Stored, tolerance: number) =>
  expectStored(found, wanted, tolerance, golden.stride);

const picture = { sample: [32, 32, 3], filters: 2 } as const;
const networks: Readonly<Record<keyof typeof cases, { readonly generator?: unknown; readonly judge: unknown }>> = {
  'SN-GAN 32': { generator: resnetGenerator({ ...picture, latents: 5 }), judge: resnetDiscriminator(picture) },
  'SN-GAN 48': {
    generator: resnetGenerator({ sample: [48, 48, 3], latents: 5, filters: 1 }),
    judge: resnetDiscriminator({ sample: [48, 48, 3], filters: 1 }),
  },
  'WGAN-GP 32': { judge: resnetDiscriminator({ ...picture, normalization: 'none', pooling: 'mean' }) },
  'WGAN-GP 32, layer norm': { judge: resnetDiscriminator({ ...picture, normalization: 'layer', pooling: 'mean' }) },
  'projection 32': {
    generator: resnetGenerator({ ...picture, latents: 5, classes: 3 }),
    judge: resnetDiscriminator({ ...picture, classes: 3 }),
  },
  'SAGAN 32': {
    generator: resnetGenerator({ ...picture, latents: 5, classes: 3, filters: 8, attention: 16, spectral: true }),
    judge: resnetDiscriminator({ ...picture, classes: 3, filters: 8, attention: 8 }),
  },
  'SN-DCGAN 32': {
    generator: snDcganGenerator({ ...picture, latents: 5, filters: 1 }),
    judge: snDcganDiscriminator({ ...picture, filters: 1 }),
  },
};
const mode = { training: true, random: random(2) };
const withClasses = (network: Network, inputs: Tensors): Tensors =>
  'classes' in network.inputs ? { ...inputs, classes: tensor([2, 0], [2], 'int32') } : inputs;

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`residual networks of torch-mimicry's weights on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(tolerance, title.endsWith('float64') ? 1e-6 : 1e-4);
    const names = Object.keys(networks) as (keyof typeof cases)[];

    it.each(names.filter((name) => cases[name].generator))(
      '%s: the same pictures and slopes in the latents',
      (name) => {
        const network = networks[name].generator as Network;
        const wanted = cases[name].generator!;
        const weights = storedWeights(network, wanted);
        const latents = made(wanted.latents);
        const apply = () => network.apply(weights, withClasses(network, { latents }), mode).outputs['sample']!;
        expectClose(apply(), wanted.picture, within);
        expectClose(gradients(() => sum(square(apply())), [latents]).gradients[0]!, wanted.slope, within);
      },
    );

    it.each(names)('%s: the same scores, slopes in the pictures, and slopes of a penalty on those', (name) => {
      const network = networks[name].judge as Network;
      const wanted = cases[name].judge;
      const weights = storedWeights(network, wanted);
      const sample = pictures([2, ...(network.inputs['sample'] as readonly number[])]);
      const score = () => network.apply(weights, withClasses(network, { sample }), mode).outputs['score']!;
      expectClose(score(), wanted.score, within);
      const slope = () => gradients(() => sum(score()), [sample]).gradients[0]!;
      expectClose(slope(), wanted.slope, within);
      const kernel = weights.parameters['block1.first/kernel'] ?? weights.parameters['map1.kept/kernel']!;
      const { value, gradients: slopes } = gradients(() => sum(square(slope())), [kernel]);
      expect(Math.abs(value.dataSync()[0]! / wanted.penalty - 1)).toBeLessThan(within);
      expectClose(slopes[0]!, wanted.penaltySlope, within);
    });
  });
