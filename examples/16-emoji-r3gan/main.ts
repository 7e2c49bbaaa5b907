/** R3GAN on emoji of a group to order: networks without norms, a loss of pairs, and penalties where the judge is steep. */
import { mkdir, writeFile } from 'node:fs/promises';
import { augmented, diffAugment, r3ganDiscriminator, r3ganGenerator } from '@gan/architectures';
import { adam, describe, evaluate, gan, grid, sample, train } from '@gan/core';
import { openMoji } from '@gan/data';
import { engine } from '@gan/engine';
import { r1, r2, relativistic } from '@gan/losses';
import { frechetDistance, frechetDistanceOfReal, pooledPixels } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 4250);
console.log(`on ${(await engine()).name}`);
const data = await openMoji({ size: 32, groups: ['smileys-emotion', 'animals-nature', 'food-drink'], flip: true });
const size = { filters: 16, widest: 128, perGroup: 8, blocks: 1 };
const gamma = 5;
const model = gan({
  generator: r3ganGenerator({ ...data.ports, ...size, latents: 64 }),
  discriminator: augmented(r3ganDiscriminator({ ...data.ports, ...size }), { augment: diffAugment() }),
  objective: [relativistic(), r1({ gamma }), r2({ gamma })],
  optimizer: adam({ learningRate: 5e-4, beta1: 0, beta2: 0.99 }),
  averaged: 0.998,
});
console.log(await describe(model));

const training = train(model, { data, batchSize: 32, seed: 1 });
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
const folder = 'runs/16-emoji-r3gan';
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/page.png`, await grid(page, { columns: 8 }));
console.log(`after ${training.steps} steps`, await evaluate(generator, { data, metrics, seed: 3 }));
console.log(`${folder}/page.png; ${data.attribution}`);
for (const spent of [page, training]) spent.dispose();
