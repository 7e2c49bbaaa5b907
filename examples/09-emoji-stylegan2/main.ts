/** StyleGAN2 on emoji: three networks, a lazy penalty, all that is judged augmented, and styles drawn towards their average. */
import { mkdir, writeFile } from 'node:fs/promises';
import {
  augmented,
  diffAugment,
  stylegan2Discriminator,
  stylegan2Mapping,
  stylegan2Synthesis,
  truncatedStyles,
} from '@gan/architectures';
import { adam, describe, drawing, evaluate, every, game, grid, on, sample, train, trainedInSeries } from '@gan/core';
import { openMoji } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { frechetDistance, frechetDistanceOfReal, pooledPixels } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 5000);
const data = await openMoji({ size: 32, groups: ['smileys-emotion', 'animals-nature', 'food-drink'], flip: true });
const size = { sample: data.ports.sample, filters: 16, widest: 64 };
const optimizer = adam({ learningRate: 2e-3, beta1: 0, beta2: 0.99 });
const model = game({
  networks: {
    mapping: stylegan2Mapping({ sample: size.sample, latents: 64, width: 64, layers: 2, mixing: 0 }),
    synthesis: stylegan2Synthesis({ ...size, width: 64 }),
    discriminator: augmented(stylegan2Discriminator(size), { augment: diffAugment() }),
  },
  samples: {
    sample: { data: size.sample },
    latents: { normal: [64] },
    styles: { by: 'mapping', output: 'styles' },
    fake: { by: 'synthesis' },
  },
  objective: [
    on({ real: 'sample', fake: 'fake', judge: 'discriminator' }, nonSaturating()),
    on({ real: 'sample', judge: 'discriminator' }, every(16, r1({ gamma: 0.1 }))),
  ],
  players: {
    judge: { trains: ['discriminator'], optimizer },
    generator: { trains: ['mapping', 'synthesis'], optimizer, averaged: 0.999 },
  },
});
console.log(`on ${(await engine()).name}:\n${await describe(model)}`);
const training = train(model, { data, batchSize: 32, seed: 1 });
const generator = trainedInSeries(training.network('mapping'), training.network('synthesis'));
const protocol = { extractor: pooledPixels({ sample: size.sample }), samples: data.size };
const measured = { data, metrics: [frechetDistance(protocol), frechetDistanceOfReal(protocol)], seed: 3 };
console.log('at the start', await evaluate(generator, measured));
for await (const step of training) {
  if (step.index % 100 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}
const mapping = truncatedStyles(training.network('mapping'), { psi: 0.7 });
const page = await sample(trainedInSeries(mapping, training.network('synthesis')), { count: 64, seed: 2 });
const folder = 'runs/09-emoji-stylegan2';
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/page.png`, await grid(page));
await writeFile(`${folder}/game.svg`, drawing(model));
console.log(`after ${training.steps} steps`, await evaluate(generator, measured));
console.log(`${folder}/page.png; ${data.attribution}`);
for (const spent of [page, training]) spent.dispose();
