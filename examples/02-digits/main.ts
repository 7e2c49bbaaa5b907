/** A page of digits that nobody wrote: DCGAN on 10,000 real ones. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, gan, grid, sample, train } from '@gan/core';
import { digits } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating } from '@gan/losses';

const steps = Number(process.env['STEPS'] ?? 1000);
console.log(`on ${(await engine()).name}`);

const data = await digits();
const picture = data.ports.sample;
const model = gan({
  generator: dcganGenerator({ sample: picture, latents: 100 }),
  discriminator: dcganDiscriminator({ sample: picture }),
  objective: [nonSaturating()],
  optimizer: adam({ learningRate: 1e-3, beta1: 0.5 }),
});

const training = train(model, { data, batchSize: 64, seed: 1 });
for await (const step of training) {
  if (step.index % 100 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}

const page = await sample(training.network('generator'), { count: 64, seed: 2 });
await mkdir('runs/02-digits', { recursive: true });
await writeFile('runs/02-digits/page.png', await grid(page));
console.log(`after ${training.steps} steps: runs/02-digits/page.png`);
page.dispose();
training.dispose();
