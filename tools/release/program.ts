// What a user's first program looks like: consumer.ts has its types checked and runs it as an ES module and as CommonJS.
import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, evaluate, gan, train } from '@gan/core';
import { ring } from '@gan/data';
import { engine } from '@gan/engine';
import { nonSaturating } from '@gan/losses';
import { modesCovered } from '@gan/metrics';

async function main(): Promise<void> {
  const { name, library } = await engine();
  const data = ring();
  const { sample } = data.ports;
  const model = gan({
    generator: mlpGenerator({ sample, latents: 16 }),
    discriminator: mlpDiscriminator({ sample }),
    objective: [nonSaturating()],
    optimizer: adam({ learningRate: 1e-3 }),
  });
  const training = train(model, { data, batchSize: 64, seed: 1 });
  for await (const step of training) {
    const losses = Object.values(await step.losses());
    if (!losses.every(Number.isFinite)) throw new Error(`a loss of step ${step.index} is not finite: ${losses}`);
    if (training.steps === 10) break;
  }
  const metrics = [modesCovered(data)];
  const measured = await evaluate(training.network('generator'), { data, metrics, seed: 2 });
  console.log(`${training.steps} steps on ${name}, ${library?.origin ?? 'no library'}:`, measured);
  training.dispose();
}

void main();
