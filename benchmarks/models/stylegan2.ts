import { stylegan2Discriminator, stylegan2Generator } from '@gan/architectures';
import { adam, gan } from '@gan/core';
import { nonSaturating, r1 } from '@gan/losses';

/** A small StyleGAN2 with R1 in every step, styles not mixed, one update of each network a step. */
export const model = ({ size }: { readonly size: number }) => {
  const sample = [size, size, 3] as const;
  const widths = { filters: 32, widest: 128 } as const;
  return {
    sample,
    game: gan({
      generator: stylegan2Generator({ sample, latents: 128, width: 128, layers: 4, mixing: 0, ...widths }),
      discriminator: stylegan2Discriminator({ sample, ...widths }),
      objective: [nonSaturating(), r1({ gamma: 1 })],
      optimizer: adam({ learningRate: 2e-3, beta1: 0, beta2: 0.99 }),
    }),
  };
};
