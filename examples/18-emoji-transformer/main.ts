/** ViTGAN on emoji: pictures of patches without a convolution between them, a judge that attends by distance, R1, and DiffAugment. */
import { mkdir, writeFile } from 'node:fs/promises';
import { augmented, diffAugment, vitDiscriminator, vitGenerator } from '@gan/architectures';
import { adam, describe, evaluate, every, gan, grid, sample, train } from '@gan/core';
import { openMoji } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { frechetDistance, frechetDistanceOfReal, pooledPixels } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 3500);
console.log(`on ${(await engine()).name}`);
const data = await openMoji({ size: 32, groups: ['smileys-emotion', 'animals-nature', 'food-drink'], flip: true });
const { sample: picture } = data.ports;
const size = { sample: picture, width: 64, blocks: 3, heads: 4 };
const model = gan({
  generator: vitGenerator({ ...size, latents: 64, mapping: 4 }),
  discriminator: augmented(vitDiscriminator(size), { augment: diffAugment() }),
  objective: [nonSaturating(), every(16, r1({ gamma: 0.1 }))],
  optimizer: adam({ learningRate: 5e-4, beta1: 0, beta2: 0.99 }),
  averaged: 0.999,
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
const folder = 'runs/18-emoji-transformer';
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/page.png`, await grid(page));
console.log(`after ${training.steps} steps`, await evaluate(training.network('generator'), { data, metrics, seed: 3 }));
console.log(`${folder}/page.png; ${data.attribution}`);
for (const spent of [page, training]) spent.dispose();
