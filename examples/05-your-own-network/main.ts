/** A network of one's own is an ordinary tfjs-layers model, batch norm and dropout included, and resumes bit for bit. */
import { adam, type Checkpoint, gan, layersNetwork, train } from '@gan/core';
import { swissRoll } from '@gan/data';
import { engine } from '@gan/engine';
import { hinge } from '@gan/losses';
import { layers, sequential } from '@tensorflow/tfjs-layers';

const steps = Number(process.env['STEPS'] ?? 500);
console.log(`on ${(await engine()).name}`);

const generator = layersNetwork({
  inputs: { latents: [8] },
  outputs: { sample: [2] },
  model: () =>
    sequential({
      layers: [
        layers.dense({ units: 64, inputShape: [8] }),
        layers.batchNormalization(),
        layers.reLU(),
        layers.dense({ units: 2 }),
      ],
    }),
});
const discriminator = layersNetwork({
  inputs: { sample: [2] },
  outputs: { score: 'linear' },
  model: () =>
    sequential({
      layers: [
        layers.dense({ units: 64, inputShape: [2] }),
        layers.leakyReLU({ alpha: 0.2 }),
        layers.dropout({ rate: 0.3 }),
        layers.dense({ units: 1 }),
      ],
    }),
});

const data = swissRoll();
const optimizer = adam({ learningRate: 1e-3, beta1: 0.5 });
const model = gan({ generator, discriminator, objective: [hinge()], optimizer });

async function trained(training: ReturnType<typeof start>, until: number): Promise<Checkpoint> {
  for await (const _ of training) if (training.steps >= until) break;
  return training.checkpoint();
}
const start = () => train(model, { data, batchSize: 128, seed: 1 });

const straight = start();
const halfway = await trained(straight, steps);
const end = await trained(straight, 2 * steps);
const resumed = await trained(train(model, { data, resume: halfway }), 2 * steps);

const different = Object.keys(end.tensors).filter(
  (name) => String(end.tensors[name]!.values) !== String(resumed.tensors[name]!.values),
);
console.log(`${2 * steps} steps, and again from step ${steps}: ${Object.keys(end.tensors).length} tensors`);
console.log(different.length === 0 ? 'the same bits' : `other bits in ${different.join(', ')}`);
