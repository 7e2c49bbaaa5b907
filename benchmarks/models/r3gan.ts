import { r3ganDiscriminator, r3ganGenerator } from '@gan/architectures';
import { adam, gan } from '@gan/core';
import { r1, r2, relativistic } from '@gan/losses';

/** A small R3GAN with both penalties in every step, one update of each network a step. */
export const model = ({ size }: { readonly size: number }) => {
  const sample = [size, size, 3] as const;
  const widths = { filters: 32, widest: 64 } as const;
  return {
    sample,
    game: gan({
      generator: r3ganGenerator({ sample, latents: 64, ...widths }),
      discriminator: r3ganDiscriminator({ sample, ...widths }),
      objective: [relativistic(), r1({ gamma: 0.5 }), r2({ gamma: 0.5 })],
      optimizer: adam({ learningRate: 2e-4, beta1: 0, beta2: 0.99 }),
    }),
  };
};
