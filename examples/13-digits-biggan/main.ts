/** BigGAN on digits to order: latents split over the blocks, a class row that all share, and truncation at the end. */
import { mkdir, writeFile } from 'node:fs/promises';
import { bigganDiscriminator, bigganGenerator } from '@gan/architectures';
import { adam, describe, evaluate, gan, grid, sample, train } from '@gan/core';
import { digits } from '@gan/data';
import { engine } from '@gan/engine';
import { hinge, orthogonal } from '@gan/losses';
import { classAgreement, digitClassifier, frechetDistance, frechetDistanceOfReal } from '@gan/metrics';
import { concat } from '@tensorflow/tfjs-core';

const steps = Number(process.env['STEPS'] ?? 1500);
console.log(`on ${(await engine()).name}`);
const data = await digits();
const size = { filters: 8 };
const model = gan({
  generator: bigganGenerator({ ...data.ports, ...size, latents: 24, embedding: 32 }), // 8 for each of 3 places
  discriminator: bigganDiscriminator({ ...data.ports, ...size }),
  objective: [
    hinge(),
    // What makes room for latents that are cut off: kernels at right angles, but not the rows of the classes.
    orthogonal({ weight: 1e-4, side: 'generator', only: (name) => name !== 'classes/kernel' }),
  ],
  optimizer: adam({ learningRate: 5e-4, beta1: 0, beta2: 0.99 }),
  averaged: 0.99,
});
console.log(await describe(model));

const training = train(model, { data, batchSize: 32, seed: 1 });
const generator = training.network('generator');
const classifier = await digitClassifier();
const measured = { extractor: classifier, samples: 2000 };
const metrics = [
  frechetDistance(measured),
  frechetDistanceOfReal(measured),
  classAgreement({ classifier, samples: 1000 }),
];
console.log('at the start', await evaluate(generator, { data, metrics, seed: 3 }));
for await (const step of training) {
  if (step.index % 100 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}

const classes = Array.from({ length: 30 }, (_, k) => k % 10); // a column for each digit
const rows = { count: 30, classes, seed: 2 };
const cut = [
  await sample(generator, rows), // three rows of latents as in training,
  await sample(generator, { ...rows, truncation: 1 }), // three within a standard deviation,
  await sample(generator, { ...rows, truncation: 0.25 }), // three within a quarter of one
];
const page = concat(cut);
const folder = 'runs/13-digits-biggan';
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/page.png`, await grid(page, { columns: 10 }));
console.log(`after ${training.steps} steps`, await evaluate(generator, { data, metrics, seed: 3 }));
console.log(`${folder}/page.png`);
for (const spent of [page, ...cut, classifier, training]) spent.dispose();
