import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, type Checkpoint, type Dataset, gan, train } from '@gan/core';
import { nonSaturating } from '@gan/losses';
import type { Configuration } from './configuration.js';
import type { Digits } from './real-digits.js';

/**
 * A class-conditional DCGAN on digits, from the start or from where a checkpoint left off. At the usual learning rate of
 * 2e-4 two thousand steps are too few: the distance is then 10.9, against 6.2 at 5e-4 and 5.7 at 1e-3 (seed 1).
 */
export function digitTraining(
  { latents, filters, decay, batch, seed }: Configuration,
  data: Dataset<Digits['ports']>,
  resume?: Checkpoint,
) {
  const model = gan({
    generator: dcganGenerator({ ...data.ports, latents, filters }),
    discriminator: dcganDiscriminator({ ...data.ports, filters }),
    objective: [nonSaturating()],
    optimizer: adam({ learningRate: 1e-3, beta1: 0.5 }),
    averaged: decay,
  });
  return train(model, resume ? { data, resume } : { data, batchSize: batch, seed });
}

export type DigitTraining = ReturnType<typeof digitTraining>;
