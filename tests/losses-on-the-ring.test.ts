import '@tensorflow/tfjs-backend-cpu';
import { mlpDiscriminator, mlpGenerator } from '@gan/architectures';
import { adam, every, game, gan, on, sample, type Training, train, weighted } from '@gan/core';
import { ring } from '@gan/data';
import { registerGradients } from '@gan/engine';
import {
  gradientPenalty,
  hinge,
  l1,
  leastSquares,
  minimax,
  nonSaturating,
  r1,
  relativistic,
  wasserstein,
  weightClipping,
} from '@gan/losses';
import { memory, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';

const data = ring();
const small = { units: 16 } as const;
const generator = mlpGenerator({ ...data.ports, ...small, latents: 4 });
const optimizer = adam({ learningRate: 5e-3, beta1: 0.5 });

const objectives = {
  nonSaturating: [nonSaturating()],
  hinge: [hinge()],
  'wasserstein, clipped': [wasserstein(), weightClipping({ bound: 0.05 })],
  'wasserstein with a gradient penalty': [wasserstein(), gradientPenalty({ weight: 10 })],
  leastSquares: [leastSquares()],
  'relativistic with r1': [relativistic(), r1({ gamma: 0.1 })],
  'nonSaturating with r1 in every second step': [nonSaturating(), every(2, r1({ gamma: 0.1 }))],
};

/** How far points are from the nearest mode, on average. */
function meanDistance(points: Tensor): number {
  const values = points.dataSync();
  const nearest = Array.from({ length: values.length / 2 }, (_, i) =>
    Math.min(...data.centres.map(([x, y]) => Math.hypot(values[2 * i]! - x, values[2 * i + 1]! - y))),
  );
  return nearest.reduce((sum, distance) => sum + distance, 0) / nearest.length;
}

describe('a conditional perceptron on the ring', () => {
  beforeAll(async () => {
    await setBackend('cpu');
    registerGradients();
  });

  /** A few steps, each of whose losses is finite. */
  async function play(training: Training): Promise<void> {
    for await (const step of training) {
      const losses = Object.values(await step.losses());
      // One for each player at least.
      expect(losses.length).toBeGreaterThanOrEqual(2);
      for (const value of losses) expect(Number.isFinite(value)).toBe(true);
      if (step.index === 4) break;
    }
  }

  for (const condition of ['projection', 'concatenation'] as const)
    it.each(Object.keys(objectives) as (keyof typeof objectives)[])(
      `takes steps by %s, conditioned by ${condition}, and leaves nothing behind`,
      async (name) => {
        const before = memory().numTensors;
        const discriminator = mlpDiscriminator({ ...data.ports, ...small, condition });
        const model = gan({ generator, discriminator, objective: objectives[name], optimizer });
        const training = train(model, { data, batchSize: 16, seed: 1 });
        await play(training);
        if (name === 'wasserstein, clipped') {
          const parameters = Object.values(training.network('discriminator').weights.parameters);
          const largest = Math.max(...parameters.flatMap((value) => Array.from(value.dataSync(), Math.abs)));
          expect(largest).toBeCloseTo(0.05, 6);
        }
        training.dispose();
        expect(memory().numTensors).toBe(before);
      },
    );

  it('takes steps by minimax behind a sigmoid head', async () => {
    const discriminator = mlpDiscriminator({ ...data.ports, ...small, head: 'sigmoid' });
    const model = gan({ generator, discriminator, objective: [minimax()], optimizer });
    const training = train(model, { data, batchSize: 16, seed: 1 });
    await play(training);
    training.dispose();
  });

  it('comes near the modes it is asked for', async () => {
    const model = gan({
      generator,
      discriminator: mlpDiscriminator({ ...data.ports, units: 24 }),
      objective: [nonSaturating(), every(4, r1({ gamma: 0.1 }))],
      optimizer,
    });
    const training = train(model, { data, batchSize: 32, seed: 1 });
    const classes = Array.from({ length: 256 }, (_, i) => i % 8);
    const measured = async () => {
      const points = await sample(training.network('generator'), { count: 256, classes, seed: 3 });
      const distance = meanDistance(points);
      points.dispose();
      return distance;
    };
    for await (const step of training) if (step.index === 0) break;
    const start = await measured();
    for await (const step of training) if (step.index === 200) break;
    const end = await measured();
    // The noise of the modes alone is 0.025 away on average; what it reached when this was written is 0.27 of 1.0.
    expect(end).toBeLessThan(start / 2);
    training.dispose();
  });

  it('maps points onto others by l1 alone', async () => {
    const translator = game({
      networks: { translator: mlpGenerator({ sample: [2], latents: 2, ...small }) },
      samples: { sample: { data: [2] }, copy: { by: 'translator', from: { latents: 'sample' } } },
      objective: [on({ left: 'copy', right: 'sample' }, weighted(2, l1()))],
      players: { translator: { trains: ['translator'], optimizer } },
    });
    const training = train(translator, { data, batchSize: 32, seed: 1 });
    const seen: number[] = [];
    for await (const step of training) {
      seen.push(Object.values(await step.losses())[0]!);
      if (step.index === 100) break;
    }
    training.dispose();
    expect(seen.at(-1)).toBeLessThan(seen[0]! / 4);
  });
});
