/** The first question to any GAN: of eight modes on a ring, does it find all? */
import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, evaluate, gan, train } from '@gan/core';
import { ring } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { highQualityShare, modesCovered, reverseKL } from '@gan/metrics';

const steps = Number(process.env['STEPS'] ?? 3000);
console.log(`on ${(await engine()).name}`);

const data = ring();
const { sample } = data.ports;
const model = gan({
  generator: mlpGenerator({ sample, latents: 2 }),
  discriminator: mlpDiscriminator({ sample }),
  objective: [nonSaturating(), r1({ gamma: 0.02 })],
  optimizer: adam({ learningRate: (update) => 2e-3 * (1 - update / (steps + 1)), beta1: 0.5, beta2: 0.99 }),
});

const training = train(model, { data, batchSize: 256, seed: 1 });
for await (const step of training) {
  if (step.index % 500 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}

const metrics = [modesCovered(data), highQualityShare(data), reverseKL(data)];
console.log(`after ${training.steps} steps`, await evaluate(training.network('generator'), { data, metrics, seed: 2 }));
training.dispose();
