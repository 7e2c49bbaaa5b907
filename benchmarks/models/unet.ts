import { resnetGenerator, unetDiscriminator } from '@gan/architectures';
import { adam, gan, reading } from '@gan/core';
import { hinge } from '@gan/losses';

/** The judge of U-Net GAN, which scores every pixel too, against SN-GAN's generator, hinge on both heads, one update of each network a step. */
export const model = ({ size }: { readonly size: number }) => {
  const sample = [size, size, 3] as const;
  return {
    sample,
    game: gan({
      generator: resnetGenerator({ sample, latents: 128, filters: size === 32 ? 64 : 16 }),
      discriminator: unetDiscriminator({ sample, filters: 32 }),
      objective: [hinge(), reading({ score: 'pixels' }, hinge())],
      optimizer: adam({ learningRate: 2e-4, beta1: 0, beta2: 0.9 }),
    }),
  };
};
