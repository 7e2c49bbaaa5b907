/** A loss of one's own is a value, written where it is used: hinge, squared. */
import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, defineTerm, evaluate, gan, train } from '@gan/core';
import { ring } from '@gan/data';
import { engine } from '@gan/engine';
import { r1 } from '@gan/losses';
import { modesCovered } from '@gan/metrics';
import { add, mean, neg, relu, square, sub } from '@tensorflow/tfjs-core';

const squareHinge = defineTerm({
  name: 'square-hinge',
  reads: { score: 'linear' },
  discriminator: ({ real, fake }) =>
    add(mean(square(relu(sub(1, real.score)))), mean(square(relu(add(1, fake.score))))),
  generator: ({ fake }) => neg(mean(fake.score)),
});

const steps = Number(process.env['STEPS'] ?? 3000);
console.log(`on ${(await engine()).name}`);

const data = ring();
const { sample } = data.ports;
const model = gan({
  generator: mlpGenerator({ sample, latents: 2 }),
  // With head: 'sigmoid' this line is a compile error: "the term reads 'score' as linear, but 'discriminator' gives sigmoid".
  discriminator: mlpDiscriminator({ sample }),
  objective: [squareHinge, r1({ gamma: 0.02 })],
  optimizer: adam({ learningRate: (update) => 2e-3 * (1 - update / (steps + 1)), beta1: 0.5, beta2: 0.99 }),
});

const training = train(model, { data, batchSize: 256, seed: 1 });
for await (const step of training) {
  if (step.index % 500 === 0) console.log(`step ${step.index}`, await step.losses());
  if (training.steps >= steps) break;
}
const generator = training.network('generator');
console.log(
  `after ${training.steps} steps`,
  await evaluate(generator, { data, metrics: [modesCovered(data)], seed: 2 }),
);
training.dispose();
