import { resnetDiscriminator, resnetGenerator } from '@gan/architectures';
import { adam, gan } from '@gan/core';
import { hinge } from '@gan/losses';

/** The residual networks of SN-GAN at a quarter and half of their widths, hinge, one update of each network a step. */
export const model = ({ size }: { readonly size: number }) => {
  const sample = [size, size, 3] as const;
  return {
    sample,
    game: gan({
      generator: resnetGenerator({ sample, latents: 128, filters: 64 }),
      discriminator: resnetDiscriminator({ sample, filters: 64 }),
      objective: [hinge()],
      optimizer: adam({ learningRate: 2e-4, beta1: 0, beta2: 0.9 }),
    }),
  };
};
