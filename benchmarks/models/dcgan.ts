import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, gan } from '@gan/core';
import { nonSaturating } from '@gan/losses';

/** The DCGAN of `@gan/architectures` under the non-saturating loss, one update of each network a step. */
export const model = ({ size }: { readonly size: number }) => {
  const sample = [size, size, size === 28 ? 1 : 3] as const;
  return {
    sample,
    game: gan({
      generator: dcganGenerator({ sample, latents: 100 }),
      discriminator: dcganDiscriminator({ sample }),
      objective: [nonSaturating()],
      optimizer: adam({ learningRate: 2e-4, beta1: 0.5 }),
    }),
  };
};
