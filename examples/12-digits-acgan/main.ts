/** ACGAN on digits: the judge is not told the class but says it, by a second head; the generator makes what it reads, in many ways. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dcganDiscriminator, dcganGenerator, withHeads } from '@gan/architectures';
import { adam, describe, evaluate, gan, grid, sample, train } from '@gan/core';
import { digits } from '@gan/data';
import { engine } from '@gan/engine';
import { auxiliaryClassifier, modeSeeking, nonSaturating } from '@gan/losses';
import { classAgreement, digitClassifier, frechetDistance, frechetDistanceOfReal } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 3000);
console.log(`on ${(await engine()).name}`);

const data = await digits();
const { sample: picture, classes } = data.ports;
const model = gan({
  generator: dcganGenerator({ ...data.ports, latents: 100, filters: 32 }),
  discriminator: withHeads(dcganDiscriminator({ sample: picture, filters: 32 }), { heads: { class: classes } }),
  objective: [nonSaturating(), auxiliaryClassifier({ teaches: 'real' }), modeSeeking({ weight: 0.2 })],
  optimizer: {
    generator: adam({ learningRate: 5e-4, beta1: 0.5 }),
    discriminator: adam({ learningRate: 2e-4, beta1: 0.5 }),
  },
  averaged: 0.995,
});
console.log(await describe(model));

const training = train(model, { data, batchSize: 64, seed: 1 });
const generator = training.network('generator');
const classifier = await digitClassifier();
const metrics = [
  classAgreement({ classifier, samples: 1000 }),
  frechetDistance({ extractor: classifier, samples: 2000 }),
  frechetDistanceOfReal({ extractor: classifier, samples: 2000 }),
];
console.log('at the start', await evaluate(generator, { data, metrics, seed: 3 }));
for await (const step of training) {
  if (step.index % 100 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}
console.log(`after ${training.steps} steps`, await evaluate(training.network('generator'), { data, metrics, seed: 3 }));

const rows = Array.from({ length: 100 }, (_, k) => Math.floor(k / 10)); // a row for each digit
const page = await sample(training.network('generator'), { count: 100, classes: rows, seed: 2 });
const folder = 'runs/12-digits-acgan';
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/page.png`, await grid(page));
console.log(`${folder}/page.png`);
for (const spent of [page, classifier, training]) spent.dispose();
