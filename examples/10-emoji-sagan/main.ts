/** SAGAN on emoji of a group to order: residual networks that attend, spectral norm in both, hinge, and two time scales. */
import { mkdir, writeFile } from 'node:fs/promises';
import { resnetDiscriminator, resnetGenerator } from '@gan/architectures';
import { adam, describe, evaluate, gan, grid, sample, train } from '@gan/core';
import { openMoji } from '@gan/data';
import { engine } from '@gan/engine';
import { hinge } from '@gan/losses';
import { frechetDistance, frechetDistanceOfReal, pooledPixels } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 3000);
console.log(`on ${(await engine()).name}`);
const data = await openMoji({ size: 32, groups: ['smileys-emotion', 'animals-nature', 'food-drink'], flip: true });
const size = { filters: 32, attention: 16 };
const paced = (learningRate: number) => adam({ learningRate, beta1: 0, beta2: 0.9 });
const model = gan({
  generator: resnetGenerator({ ...data.ports, ...size, latents: 64, spectral: true }),
  discriminator: resnetDiscriminator({ ...data.ports, ...size }),
  objective: [hinge()],
  optimizer: { discriminator: paced(6e-4), generator: paced(3e-4) },
  averaged: 0.998,
});
console.log(await describe(model));

const training = train(model, { data, batchSize: 16, seed: 1 });
const generator = training.network('generator');
const measured = { extractor: pooledPixels({ sample: data.ports.sample }), samples: data.size };
const metrics = [frechetDistance(measured), frechetDistanceOfReal(measured)];
console.log('at the start', await evaluate(generator, { data, metrics, seed: 3 }));
for await (const step of training) {
  if (step.index % 100 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}

const classes = Array.from({ length: 48 }, (_, k) => Math.floor(k / 16)); // two rows for each group
const page = await sample(generator, { count: 48, classes, seed: 2 });
const folder = 'runs/10-emoji-sagan';
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/page.png`, await grid(page, { columns: 8 }));
console.log(`after ${training.steps} steps`, await evaluate(generator, { data, metrics, seed: 3 }));
console.log(`${folder}/page.png; ${data.attribution}`);
for (const spent of [page, training]) spent.dispose();
