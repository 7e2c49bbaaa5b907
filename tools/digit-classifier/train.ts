// Trains the digit classifier of @gan/metrics anew, with our own core: npx tsx tools/digit-classifier/train.ts [file]
// Writes the weights that ship unless told another file; new ones want new goldens (tools/goldens/digit-classifier.py).
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { adamW, encodeSafetensors, game, on, random, type TrainedNetwork, train } from '@gan/core';
import { digits } from '@gan/data';
import { engine } from '@gan/engine';
import { digitNetwork } from '../../packages/gan-metrics/src/digit-network.js';
import { accuracy } from './accuracy.js';
import { crossEntropy } from './cross-entropy.js';
import { distorted } from './distorted.js';

const shipped = new URL('../../packages/gan-metrics/weights/digit-classifier.safetensors', import.meta.url);
const [file = fileURLToPath(shipped)] = process.argv.slice(2);
const batchSize = 64;
const epochs = 30;

const { name } = await engine();
console.log(`engine ${name}`);
const data = await digits({ split: 'train' });
const heldOut = await digits({ split: 'held-out' });
const perEpoch = Math.floor(data.size / batchSize);
const updates = epochs * perEpoch;

const training = train(
  game({
    networks: { digits: digitNetwork() },
    samples: { sample: { data: [28, 28, 1] }, classes: { data: 10 } },
    objective: [on({ real: 'sample', classes: 'classes', judge: 'digits' }, crossEntropy())],
    players: {
      learner: {
        trains: ['digits'],
        optimizer: adamW({ learningRate: (update) => 1e-3 * (1 + Math.cos((Math.PI * update) / updates)) }),
      },
    },
  }),
  { data: distorted(data), batchSize, seed: 1 },
);

const right = ({ network, weights }: TrainedNetwork) =>
  accuracy(
    (sample) => network.apply(weights, { sample }, { training: false, random: random(0) }).outputs['class']!,
    heldOut.arrays,
  );

for await (const step of training) {
  if (step.index === updates - 1) break;
  if ((step.index + 1) % perEpoch !== 0) continue;
  const { 'learner/cross-entropy': loss } = await step.losses();
  console.log(
    `epoch ${(step.index + 1) / perEpoch}: loss ${loss?.toFixed(3)}, held-out ${await right(training.network('digits'))}`,
  );
}

const { parameters } = training.network('digits').weights;
const tensors = Object.fromEntries(
  await Promise.all(
    Object.entries(parameters).map(async ([name, tensor]) => {
      const values = Float32Array.from(await tensor.data());
      return [name, { dtype: 'float32', shape: tensor.shape, values }] as const;
    }),
  ),
);
await writeFile(file, encodeSafetensors(tensors));
console.log(`held-out ${await right(training.network('digits'))}, written to ${file}`);
training.dispose();
