/** DCGAN on emoji, of which there are few: one line around the judge augments all that it sees, and the generator learns through it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { augmented, dcganDiscriminator, dcganGenerator, diffAugment } from '@gan/architectures';
import { adam, describe, evaluate, gan, grid, sample, train } from '@gan/core';
import { openMoji } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating } from '@gan/losses';
import { frechetDistance, frechetDistanceOfReal, pooledPixels } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 4000);
console.log(`on ${(await engine()).name}`);
const data = await openMoji({ size: 32, groups: ['smileys-emotion', 'animals-nature', 'food-drink'], flip: true });
const { sample: picture } = data.ports;
const model = gan({
  generator: dcganGenerator({ sample: picture, latents: 64, filters: 32 }),
  discriminator: augmented(dcganDiscriminator({ sample: picture, filters: 32 }), { augment: diffAugment() }),
  objective: [nonSaturating()],
  optimizer: adam({ learningRate: 2e-4, beta1: 0.5 }),
  averaged: 0.998,
});
console.log(await describe(model));

const training = train(model, { data, batchSize: 32, seed: 1 });
const measured = { extractor: pooledPixels({ sample: picture }), samples: data.size };
const metrics = [frechetDistance(measured), frechetDistanceOfReal(measured)];
console.log('at the start', await evaluate(training.network('generator'), { data, metrics, seed: 3 }));
for await (const step of training) {
  if (step.index % 100 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}

const page = await sample(training.network('generator'), { count: 64, seed: 2 });
const folder = 'runs/11-emoji-dcgan';
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/page.png`, await grid(page));
console.log(`after ${training.steps} steps`, await evaluate(training.network('generator'), { data, metrics, seed: 3 }));
console.log(`${folder}/page.png; ${data.attribution}`);
for (const spent of [page, training]) spent.dispose();
