/** StyleGAN2 on emoji: three networks, lazy penalties on both sides, and styles drawn towards their average at the end. */
import { mkdir, writeFile } from 'node:fs/promises';
import { stylegan2Discriminator, stylegan2Mapping, stylegan2Synthesis, truncatedStyles } from '@gan/architectures';
import { adam, describe, drawing, evaluate, every, game, grid, on, sample, train, trainedInSeries } from '@gan/core';
import { openMoji } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating, pathLength, r1 } from '@gan/losses';
import { frechetDistance, frechetDistanceOfReal, pooledPixels } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 3000);
console.log(`on ${(await engine()).name}`);
const data = await openMoji({ size: 32, groups: ['smileys-emotion', 'animals-nature', 'food-drink'], flip: true });
const { sample: picture } = data.ports;
const size = { filters: 32, widest: 128 };
const optimizer = adam({ learningRate: 2e-3, beta1: 0, beta2: 0.99 });
const model = game({
  networks: {
    mapping: stylegan2Mapping({ sample: picture, latents: 64, width: 64, layers: 4 }),
    synthesis: stylegan2Synthesis({ sample: picture, width: 64, ...size }),
    discriminator: stylegan2Discriminator({ sample: picture, ...size }),
  },
  samples: {
    sample: { data: picture },
    latents: { normal: [64] },
    styles: { by: 'mapping', output: 'styles' },
    fake: { by: 'synthesis' },
  },
  objective: [
    on({ real: 'sample', fake: 'fake', judge: 'discriminator' }, nonSaturating()),
    on({ real: 'sample', judge: 'discriminator' }, every(16, r1({ gamma: 1 }))),
    on({ fake: 'fake' }, every(8, pathLength({ weight: 2 }))),
  ],
  players: {
    judge: { trains: ['discriminator'], optimizer },
    generator: { trains: ['mapping', 'synthesis'], optimizer, averaged: 0.998 },
  },
});
console.log(await describe(model));

const training = train(model, { data, batchSize: 16, seed: 1 });
const generator = trainedInSeries(training.network('mapping'), training.network('synthesis'));
const measured = { extractor: pooledPixels({ sample: picture }), samples: data.size };
const metrics = [frechetDistance(measured), frechetDistanceOfReal(measured)];
console.log('at the start', await evaluate(generator, { data, metrics, seed: 3 }));
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
console.log(`after ${training.steps} steps`, await evaluate(generator, { data, metrics, seed: 3 }));
console.log(`${folder}/page.png; ${data.attribution}`);
for (const spent of [page, training]) spent.dispose();
