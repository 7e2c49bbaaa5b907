import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, type Checkpoint, type Dataset, gan, train } from '@gan/core';
import { nonSaturating } from '@gan/losses';
import type { Configuration } from './configuration.js';
import type { Digits } from './real-digits.js';

/** A class-conditional DCGAN on digits, from the start or from where a checkpoint left off. */
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
