/** InfoGAN on digits: nobody says which digit is which, but the judge has to guess the codes, so they come to mean something. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dcganDiscriminator, dcganGenerator, withCodes, withHeads } from '@gan/architectures';
import { adam, describe, evaluate, gan, grid, random, sample, train, weighted } from '@gan/core';
import { digits } from '@gan/data';
import { engine } from '@gan/engine';
import { categoricalInformation, continuousInformation, nonSaturating } from '@gan/losses';
import { digitClassifier, frechetDistance, frechetDistanceOfReal } from '@gan/metrics';
import { concat, slice, tensor } from '@tensorflow/tfjs-core';

const steps = Number(process.env['STEPS'] ?? 2000);
console.log(`on ${(await engine()).name}`);
const data = await digits();
const picture = { sample: data.ports.sample, filters: 32 };
const codes = { category: 10, code: [2] } as const;
const adapted = (learningRate: number) => adam({ learningRate, beta1: 0.5 });
const model = gan({
  generator: withCodes(dcganGenerator({ ...picture, latents: 74 }), { latents: 62, ...codes }),
  discriminator: withHeads(dcganDiscriminator(picture), { heads: codes, hidden: 128 }),
  objective: [nonSaturating(), categoricalInformation(), weighted(0.1, continuousInformation())],
  samples: { category: { categorical: 10 }, code: { uniform: [2] } },
  optimizer: { discriminator: adapted(2e-4), generator: adapted(1e-3) },
  averaged: 0.995,
});
console.log(await describe(model));

const training = train(model, { data, batchSize: 64, seed: 1 });
const generator = training.network('generator');
const classifier = await digitClassifier();
const extractor = classifier;
const metrics = [frechetDistance({ extractor, samples: 2000 }), frechetDistanceOfReal({ extractor, samples: 2000 })];
console.log('at the start', await evaluate(generator, { data, metrics, seed: 3 }));
for await (const step of training) {
  if (step.index % 100 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}
console.log(`after ${training.steps} steps`, await evaluate(generator, { data, metrics, seed: 3 }));

// A row for each category: ten latents, then the first code from -1.5 to 1.5, then the second.
const at = Array.from({ length: 300 }, (_, k) => ({
  row: Math.floor(k / 30),
  part: Math.floor(k / 10) % 3,
  x: k % 10,
}));
const ten = random(2).normal([10, 62]);
const page = await sample(generator, {
  count: at.length,
  latents: concat(at.map(({ part, x }) => slice(ten, part === 0 ? x : 0, 1))),
  category: at.map(({ row }) => row),
  code: tensor(at.map(({ part, x }) => [1, 2].map((which) => (part === which ? x / 3 - 1.5 : 0)))),
  seed: 2,
});
const folder = 'runs/14-digits-infogan';
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/page.png`, await grid(page, { columns: 30 }));
console.log(`${folder}/page.png`);
for (const spent of [page, ten, classifier, training]) spent.dispose();
