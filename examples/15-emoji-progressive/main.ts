/** Progressive growing on emoji: a game for each side, which starts from that of the side before and fades its own in. */
import { mkdir, writeFile } from 'node:fs/promises';
import { augmented, diffAugment, progressiveDiscriminator, progressiveGenerator } from '@gan/architectures';
import { adam, type Checkpoint, evaluate, every, gan, grid, sample, train } from '@gan/core';
import { openMoji } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { frechetDistance, frechetDistanceOfReal, pooledPixels } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 2000);
const sides = [8, 16, 32];
const size = { filters: 16, widest: 64, growsTo: sides.at(-1)! };
const folder = 'runs/15-emoji-progressive';
await mkdir(folder, { recursive: true });
console.log(`on ${(await engine()).name}`);

let from: Checkpoint | undefined;
for (const side of sides) {
  const data = await openMoji({ size: side, groups: ['smileys-emotion', 'animals-nature', 'food-drink'], flip: true });
  const { sample: picture } = data.ports;
  const stage = { sample: picture, ...size, fade: from ? Math.ceil(steps / 3) : 0 };
  const model = gan({
    generator: progressiveGenerator({ ...stage, latents: 64 }),
    discriminator: augmented(progressiveDiscriminator(stage), { augment: diffAugment() }),
    objective: [nonSaturating(), every(16, r1({ gamma: 0.1 }))],
    optimizer: adam({ learningRate: 2e-3, beta1: 0, beta2: 0.99 }),
    averaged: 0.998,
  });
  const training = train(model, { data, batchSize: 32, seed: side, ...(from && { from }) });
  const { taken, missing } = training.origin;
  console.log(`${side} x ${side}: ${taken.length} tensors of the stage before, ${missing.length} new`);

  const protocol = { extractor: pooledPixels({ sample: picture }), samples: data.size };
  const metrics = [frechetDistance(protocol), frechetDistanceOfReal(protocol)];
  const measured = () => evaluate(training.network('generator'), { data, metrics, seed: 3 });
  if (!from) console.log('at the start', await measured());
  for await (const step of training) {
    if (step.index % 100 === 0) console.log(`step ${step.index}`, await step.losses());
    if (training.steps >= steps) break;
  }
  console.log(`after ${training.steps} steps`, await measured());
  const page = await sample(training.network('generator'), { count: 64, seed: 2 });
  await writeFile(`${folder}/page-${side}.png`, await grid(page));
  console.log(`${folder}/page-${side}.png; ${data.attribution}`);
  from = await training.checkpoint();
  for (const spent of [page, training]) spent.dispose();
}
