import { bigganDiscriminator, bigganGenerator } from '@gan/architectures';
import { adam, gan } from '@gan/core';
import { hinge } from '@gan/losses';

/** A small BigGAN of ten classes, attending at half the side, hinge, one update of each network a step. */
export const model = ({ size }: { readonly size: number }) => {
  const sample = [size, size, 3] as const;
  const how = { sample, classes: 10, filters: 16, attention: size / 2 } as const;
  return {
    sample,
    game: gan({
      generator: bigganGenerator({ ...how, latents: 128 }),
      discriminator: bigganDiscriminator(how),
      objective: [hinge()],
      optimizer: adam({ learningRate: 2e-4, beta1: 0, beta2: 0.9 }),
    }),
  };
};
