/** Digits to order: both networks are told the class, and a classifier that saw only real digits checks the result. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, evaluate, gan, grid, sample, train } from '@gan/core';
import { digits } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating } from '@gan/losses';
import { classAgreement, digitClassifier } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 1000);
console.log(`on ${(await engine()).name}`);

const data = await digits();
const model = gan({
  generator: dcganGenerator({ ...data.ports, latents: 100 }),
  discriminator: dcganDiscriminator(data.ports),
  objective: [nonSaturating()],
  optimizer: adam({ learningRate: 1e-3, beta1: 0.5 }),
});

const training = train(model, { data, batchSize: 64, seed: 1 });
for await (const step of training) {
  if (step.index % 100 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}

const generator = training.network('generator');
const classes = Array.from({ length: 100 }, (_, k) => Math.floor(k / 10)); // a row for each digit
const page = await sample(generator, { count: 100, classes, seed: 2 });
await mkdir('runs/03-conditional-digits', { recursive: true });
await writeFile('runs/03-conditional-digits/page.png', await grid(page));

const classifier = await digitClassifier();
const metrics = [classAgreement({ classifier, samples: 500 })];
console.log(`after ${training.steps} steps`, await evaluate(generator, { data, metrics, seed: 3 }));
console.log('runs/03-conditional-digits/page.png');
for (const spent of [page, classifier, training]) spent.dispose();
