/** A folder of one's own pictures: `npx tsx examples/06-your-own-pictures/main.ts <folder>`; without one, it paints some. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, gan, grid, sample, train } from '@gan/core';
import { imageFolder } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { painted } from './painted.js';

const steps = Number(process.env['STEPS'] ?? 600);
console.log(`on ${(await engine()).name}`);

// Any sizes and formats: each picture is cut to a square and scaled. Sub-folders would be classes; here they are not used.
const folder = process.argv[2] ?? (await painted('runs/06-your-own-pictures/discs', 256));
const data = await imageFolder(folder, { size: 32, classes: false, flip: true });
console.log(`${data.size} pictures in ${folder}`);

const picture = data.ports.sample;
const model = gan({
  generator: dcganGenerator({ sample: picture, latents: 64, filters: 32 }),
  discriminator: dcganDiscriminator({ sample: picture, filters: 32 }),
  objective: [nonSaturating(), r1({ gamma: 1 })],
  optimizer: adam({ learningRate: 2e-4, beta1: 0.5 }),
});

const training = train(model, { data, batchSize: 32, seed: 1 });
for await (const step of training) {
  if (step.index % 50 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}

const page = await sample(training.network('generator'), { count: 64, seed: 2 });
await mkdir('runs/06-your-own-pictures', { recursive: true });
await writeFile('runs/06-your-own-pictures/page.png', await grid(page));
console.log(`after ${training.steps} steps: runs/06-your-own-pictures/page.png`);
page.dispose();
training.dispose();
