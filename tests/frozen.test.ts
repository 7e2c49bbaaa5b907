import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, frozen, gan, train } from '@gan/core';
import { ring } from '@gan/data';
import { engine } from '@gan/engine';
import { hinge } from '@gan/losses';
import { expect, it } from 'vitest';
import { engines } from './engines.fixture.js';

const [, torch] = engines;

it.skipIf(!torch!.there)('a judge that is frozen whole may play where optimisers are fused', async () => {
  await engine(torch!.options);
  const data = ring();
  const model = gan({
    generator: mlpGenerator({ ...data.ports, latents: 2 }),
    discriminator: frozen(mlpDiscriminator(data.ports)),
    objective: [hinge()],
    optimizer: adam({ learningRate: 1e-3 }),
    averaged: 0.9,
  });
  const training = train(model, { data, batchSize: 4, seed: 1 });
  for await (const step of training) {
    expect(Object.keys(await step.losses())).toEqual(['discriminator/hinge', 'generator/hinge']);
    if (training.steps === 2) break;
  }
  training.dispose();
});
