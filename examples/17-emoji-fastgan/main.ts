/** FastGAN on 100 emoji: a judge that must know what is in a picture; from weights trained on other emoji, and from none. */
import { mkdir, writeFile } from 'node:fs/promises';
import { augmented, diffAugment, fastganDecoder, fastganDiscriminator, fastganGenerator } from '@gan/architectures';
import { adam, type Dataset, evaluate, type GivenWeights, game, grid, on, sample, train } from '@gan/core';
import { inMemory, openMoji } from '@gan/data';
import { engine } from '@gan/engine';
import { hinge, l1 } from '@gan/losses';
import { frechetDistance, frechetDistanceOfReal, pooledPixels } from '@gan/metrics';

const { STEPS: steps = 300, BEFORE: before = steps, SEEDS: seeds = 1 } = process.env;
console.log(`on ${(await engine()).name}`);
const picture = [32, 32, 3] as const;
const faces = await openMoji({ size: 32, groups: ['smileys-emotion'] });
const hundred = faces.pixels.subarray(0, 100 * 32 * 32 * 3);
const data = inMemory({ ports: { sample: picture }, arrays: { sample: hundred }, flip: true });
const others = await openMoji({ size: 32, groups: ['animals-nature', 'food-drink', 'objects'], flip: true });
const judge = fastganDiscriminator({ sample: picture, filters: 16 });
const optimizer = adam({ learningRate: 5e-4, beta1: 0.5 });
const model = game({
  networks: {
    generator: fastganGenerator({ sample: picture, latents: 64, filters: 16 }),
    judge: augmented(judge, { augment: diffAugment({ cutout: 0 }) }),
    decoder: fastganDecoder({ sample: picture, fine: judge.outputs.fine, coarse: judge.outputs.coarse, filters: 8 }),
  },
  samples: {
    ...{ sample: { data: picture }, latents: { normal: [64] }, seen: { by: 'judge', output: 'seen' } },
    ...{ fake: { by: 'generator' }, fine: { by: 'judge', output: 'fine' }, coarse: { by: 'judge', output: 'coarse' } },
    ...{ whole: { by: 'decoder', output: 'whole' }, quarters: { by: 'decoder', output: 'quarters' } },
  },
  objective: [
    on({ real: 'sample', fake: 'fake', judge: 'judge' }, hinge()),
    on({ left: 'seen', right: 'whole' }, l1()),
    on({ left: 'seen', right: 'quarters' }, l1()),
  ],
  players: {
    judge: { trains: ['judge', 'decoder'], optimizer },
    generator: { trains: ['generator'], optimizer, averaged: 0.995 },
  },
});
const measured = { extractor: pooledPixels({ sample: picture }), samples: 100 };
const metrics = [frechetDistance(measured), frechetDistanceOfReal(measured)];
await mkdir('runs/17-emoji-fastgan', { recursive: true });
async function played(name: string, of: Dataset<typeof data.ports>, until: number, seed: number, from?: GivenWeights) {
  const training = train(model, { data: of, batchSize: 8, seed, ...(from && { from }) });
  const measure = () => evaluate(training.network('generator'), { data: of, metrics, seed: 3 });
  console.log(`${name}: at the start`, await measure());
  for await (const _ of training) if (training.steps >= until) break;
  console.log(`${name}: after ${training.steps} steps`, await measure());
  const page = await sample(training.network('generator'), { count: 64, seed: 2 });
  await writeFile(`runs/17-emoji-fastgan/${name}.png`, await grid(page));
  const checkpoint = await training.checkpoint();
  for (const spent of [page, training]) spent.dispose();
  return checkpoint;
}
const from = await played('others', others, Number(before), 1);
for (let seed = 1; seed <= Number(seeds); seed++) {
  await played(`transferred-${seed}`, data, Number(steps), seed, from);
  await played(`none-${seed}`, data, Number(steps), seed);
}
console.log(`runs/17-emoji-fastgan; ${faces.attribution}`);
