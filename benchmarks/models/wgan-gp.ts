import { resnetDiscriminator, resnetGenerator } from '@gan/architectures';
import { adam, gan } from '@gan/core';
import { gradientPenalty, wasserstein } from '@gan/losses';

/** The residual networks of WGAN-GP at half of their widths, the gradient penalty in every step, one update of each network a step. */
export const model = ({ size }: { readonly size: number }) => {
  const sample = [size, size, 3] as const;
  return {
    sample,
    game: gan({
      generator: resnetGenerator({ sample, latents: 128, filters: 64 }),
      discriminator: resnetDiscriminator({ sample, filters: 64, normalization: 'none', pooling: 'mean' }),
      objective: [wasserstein(), gradientPenalty({ weight: 10 })],
      optimizer: adam({ learningRate: 2e-4, beta1: 0, beta2: 0.9 }),
    }),
  };
};
