/** Stop, write a checkpoint, go on another day: the same bits as if nothing had happened. */
import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, gan, readCheckpoint, train, writeCheckpoint } from '@gan/core';
import { ring } from '@gan/data';
import { engine } from '@gan/engine';
import { gradientPenalty, wasserstein } from '@gan/losses';

const steps = Number(process.env['STEPS'] ?? 200);
const { name, threads } = await engine();
console.log(`on ${name} with ${threads} threads: the same bits can be expected of the same engine and threads`);

const data = ring();
const { sample } = data.ports;
const model = gan({
  generator: mlpGenerator({ sample, latents: 16 }),
  discriminator: mlpDiscriminator({ sample }),
  objective: [wasserstein(), gradientPenalty({ weight: 10 })],
  optimizer: adam({ learningRate: 1e-3, beta1: 0 }),
  averaged: 0.99,
});

/** The same game up to a step, from the start or from a folder; every value of it at the end. */
async function played(until: number, folder?: string) {
  const training = folder
    ? train(model, { data, resume: await readCheckpoint(folder) })
    : train(model, { data, batchSize: 64, seed: 1 });
  const from = training.steps;
  for await (const _ of training) if (training.steps >= until) break;
  const checkpoint = await training.checkpoint();
  training.dispose();
  console.log(`played from step ${from} to ${until}`);
  return checkpoint;
}

const folder = 'runs/08-resume/checkpoint';
await writeCheckpoint(folder, await played(steps));
const resumed = await played(2 * steps, folder);
const straight = await played(2 * steps);

const bytes = ({ tensors }: typeof straight) => Object.values(tensors).map(({ values }) => Buffer.from(values.buffer));
const same = Buffer.concat(bytes(resumed)).equals(Buffer.concat(bytes(straight)));
console.log(same ? 'the same bits' : 'other bits');
