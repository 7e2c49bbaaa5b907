import '@tensorflow/tfjs-backend-cpu';
import {
  bigganDeepDiscriminator,
  bigganDeepGenerator,
  bigganDiscriminator,
  bigganGenerator,
  fastganDecoder,
  fastganDiscriminator,
  fastganGenerator,
  progressiveDiscriminator,
  progressiveGenerator,
  projectedDiscriminator,
  r3ganDiscriminator,
  r3ganGenerator,
  resnetDiscriminator,
  resnetGenerator,
  snDcganDiscriminator,
  snDcganGenerator,
  stylegan2Discriminator,
  stylegan2Mapping,
  stylegan2Synthesis,
  styleganDiscriminator,
  styleganMapping,
  styleganSynthesis,
  unetDiscriminator,
  vitDiscriminator,
  vitGenerator,
} from '@gan/architectures';
import type { Network } from '@gan/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import biggan from './golden/biggan.json' with { type: 'json' };
import fastgan from './golden/fastgan.json' with { type: 'json' };
import progressive from './golden/progressive.json' with { type: 'json' };
import projected from './golden/projected.json' with { type: 'json' };
import r3gan from './golden/r3gan.json' with { type: 'json' };
import resnet from './golden/resnet.json' with { type: 'json' };
import stylegan2 from './golden/stylegan2.json' with { type: 'json' };
import unet from './golden/unet.json' with { type: 'json' };
import vit from './golden/vit.json' with { type: 'json' };
import { parametersOf } from './parameters-of.fixture.js';

// Counts alone matter here, and an orthogonal start of this size takes minutes.
vi.mock('../packages/gan-architectures/src/layers/orthogonal-kernel.js', async () => {
  const { initializers } = await import('@tensorflow/tfjs-layers');
  return { orthogonalKernel: () => initializers.ones() };
});

describe('networks at the size of their papers have as many parameters as the references', () => {
  beforeAll(() => setBackend('cpu'));

  it.each([
    [1024, 32],
    [256, 128],
  ] as const)(
    'StyleGAN2 at %i x %i',
    (side, filters) => {
      const sample = [side, side, 3];
      const wanted = stylegan2.parameters[side];
      const mapping = parametersOf(stylegan2Mapping({ sample, latents: 512 }));
      expect(mapping).toBe(wanted.mapping);
      expect(mapping + parametersOf(stylegan2Synthesis({ sample, filters }))).toBe(wanted.generator);
      expect(parametersOf(stylegan2Discriminator({ sample, filters }))).toBe(wanted.discriminator);
    },
    300_000,
  );

  it.each([
    ['SN-GAN 32', 32, undefined, undefined],
    ['SN-GAN 48', 48, undefined, undefined],
    ['SN-GAN 64', 64, undefined, undefined],
    ['SN-GAN 128', 128, undefined, undefined],
    ['projection 32', 32, 10, undefined],
    ['projection 128', 128, 1000, undefined],
    ['SAGAN 128', 128, 1000, 32],
  ] as const)(
    '%s',
    (name, side, classes, attention) => {
      const options = { sample: [side, side, 3], ...(classes && { classes }), ...(attention && { attention }) };
      const generator = resnetGenerator({ ...options, latents: 128, spectral: attention !== undefined });
      expect([parametersOf(generator), parametersOf(resnetDiscriminator(options))]).toEqual(resnet.parameters[name]);
    },
    300_000,
  );

  it('WGAN-GP 32', () => {
    const options = { sample: [32, 32, 3] } as const;
    const judge = resnetDiscriminator({ ...options, normalization: 'none', pooling: 'mean' });
    const found = [parametersOf(resnetGenerator({ ...options, latents: 128 })), parametersOf(judge)];
    expect(found).toEqual(resnet.parameters['WGAN-GP 32']);
  }, 300_000);

  /** The pictures of all sides before 1024, 3 kernels and a bias for each channel, the other way round in the judge. */
  const earlier = [4, 8, 16, 32, 64, 128, 256, 512]
    .map((side) => Math.min(512, (16 * 1024) / side))
    .reduce(({ made, seen }, width) => ({ made: made + 3 * width + 3, seen: seen + 4 * width }), { made: 0, seen: 0 });

  it('progressive growing at 1024 x 1024: the last stage, and with the pictures of those before as published', () => {
    const sample = [1024, 1024, 3] as const;
    const found = [
      parametersOf(progressiveGenerator({ sample, latents: 512 })),
      parametersOf(progressiveDiscriminator({ sample })),
    ] as const;
    const wanted = progressive.parameters;
    expect(found).toEqual([wanted.generator[0], wanted.discriminator[0]]);
    const all = [found[0] + earlier.made, found[1] + earlier.seen];
    expect(all).toEqual([wanted.generator[1], wanted.discriminator[1]]);
    expect(all).toEqual([23_079_115, 23_087_249]);
  }, 300_000);

  it('StyleGAN at 1024 x 1024, with the pictures of all stages as published', () => {
    const sample = [1024, 1024, 3] as const;
    const mapping = parametersOf(styleganMapping({ sample, latents: 512 }));
    // 8 layers of 512 x 512 and 512.
    expect(mapping).toBe(2_101_248);
    expect(mapping + parametersOf(styleganSynthesis({ sample })) + earlier.made).toBe(26_219_627);
    expect(parametersOf(styleganDiscriminator({ sample })) + earlier.seen).toBe(23_087_249);
  }, 300_000);

  it('SN-DCGAN 32', () => {
    const sample = [32, 32, 3] as const;
    const found = [
      parametersOf(snDcganGenerator({ sample, latents: 128 })),
      parametersOf(snDcganDiscriminator({ sample })),
    ];
    expect(found).toEqual(resnet.parameters['SN-DCGAN 32']);
  });

  it.each([
    ['128', 128, {}],
    ['128, 10 classes, attention', 128, { classes: 10, attention: 64 }],
    ['256', 256, {}],
  ] as const)(
    'the judge of U-Net GAN, %s',
    (name, side, more) => {
      expect(parametersOf(unetDiscriminator({ sample: [side, side, 3], ...more }))).toBe(unet.parameters[name]);
    },
    300_000,
  );

  it.each([256, 1024] as const)(
    'FastGAN at %i',
    (side) => {
      const sample = [side, side, 3] as const;
      const discriminator = fastganDiscriminator({ sample });
      const { fine, coarse } = discriminator.outputs;
      const found = {
        generator: parametersOf(fastganGenerator({ sample, latents: 256 })),
        judge: parametersOf(discriminator),
        decoder: parametersOf(fastganDecoder({ sample, fine, coarse })),
      };
      expect(found).toEqual(fastgan.parameters[side]);
    },
    300_000,
  );

  it.each([
    ['CIFAR-10', 32, { classes: 10 }],
    ['FFHQ-64', 64, {}],
    ['FFHQ-256', 256, {}],
    ['ImageNet-32', 32, { classes: 1000, filters: 1536, widest: 1536, perGroup: 32 }],
  ] as const)(
    'R3GAN for %s',
    (name, side, how) => {
      const options = { sample: [side, side, 3], ...how };
      const generator = r3ganGenerator({ ...options, latents: 64 });
      expect([parametersOf(generator), parametersOf(r3ganDiscriminator(options))]).toEqual(r3gan.parameters[name]);
    },
    300_000,
  );

  it.each([
    ['BigGAN 128', 128, 120],
    ['BigGAN 256', 256, 140],
  ] as const)(
    '%s',
    (name, side, latents) => {
      const options = { sample: [side, side, 3], classes: 1000 } as const;
      const found = [
        parametersOf(bigganGenerator({ ...options, latents })),
        parametersOf(bigganDiscriminator(options)),
      ];
      expect(found).toEqual(biggan.parameters[name]);
    },
    300_000,
  );

  it('BigGAN-deep 128', () => {
    const options = { sample: [128, 128, 3], classes: 1000 } as const;
    const generator = parametersOf(bigganDeepGenerator({ ...options, latents: 128 }));
    expect([generator, parametersOf(bigganDeepDiscriminator(options))]).toEqual(biggan.parameters['BigGAN-deep 128']);
    expect(generator).toBe(biggan.parameters['BigGAN-deep 128 pretrained']);
  }, 300_000);

  it('ViTGAN 32', () => {
    const sample = [32, 32, 3] as const;
    const found = [parametersOf(vitGenerator({ sample, latents: 384 })), parametersOf(vitDiscriminator({ sample }))];
    expect(found).toEqual(vit.parameters);
  }, 300_000);

  it('Projected GAN over four maps', () => {
    const maps = { first: [56, 56, 24], second: [28, 28, 40], third: [14, 14, 112], fourth: [7, 7, 320] } as const;
    const features: Network<{ readonly sample: readonly [224, 224, 3] }, typeof maps> = {
      inputs: { sample: [224, 224, 3] },
      outputs: maps,
      init: () => ({ parameters: {}, state: {} }),
      apply: () => {
        throw new Error('only counted');
      },
    };
    expect(parametersOf(projectedDiscriminator({ features }))).toBe(projected.paperParameters);
  }, 300_000);
});
