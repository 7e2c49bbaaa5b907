import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, type Checkpoint, currentEngine, gan, type Precision, sgd, train } from '@gan/core';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { liveHandles } from '@gan/tfjs-backend-torch';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { pictures } from './pictures.fixture.js';

/** Whole trainings in doubles, beside the same ones in float32. */

/** Batch norm, a penalty through second derivatives, averaged weights. */
const model = (optimizer = sgd({ learningRate: 0.05 })) =>
  gan({
    generator: dcganGenerator({ ...pictures.ports, latents: 5, filters: 4 }),
    discriminator: dcganDiscriminator({ ...pictures.ports, filters: 4 }),
    objective: [nonSaturating(), r1({ gamma: 0.1 })],
    optimizer,
    averaged: 0.9,
  });

async function played(precision: Precision, game: ReturnType<typeof model>, until: number, resume?: Checkpoint) {
  await engine({ use: 'torch-cpu', precision });
  const training = train(game, { data: pictures, ...(resume ? { resume } : { batchSize: 8, seed: 3 }) });
  try {
    for await (const _ of training) if (training.steps === until) break;
    return await training.checkpoint();
  } finally {
    training.dispose();
  }
}

/** The largest difference over all tensors, each relative to its own largest number. */
const distance = (a: Checkpoint, b: Checkpoint): number => {
  expect(Object.keys(a.tensors)).toEqual(Object.keys(b.tensors));
  const each = Object.entries(a.tensors).map(([place, { values }]) => {
    const [own, others] = [Array.from(values), b.tensors[place]!.values];
    const largest = Math.max(1e-3, ...own.map(Math.abs));
    return Math.max(...own.map((value, i) => Math.abs(value - others[i]!))) / largest;
  });
  return Math.max(...each);
};

describe.skipIf(!process.env['GAN_LIBTORCH'])('a training in float64 (needs libtorch: set GAN_LIBTORCH)', () => {
  afterAll(() => engine({ use: 'torch-cpu' }));

  it('goes the way of the one in float32, which rounds, and says what it was computed in', async () => {
    const [single, double] = [await played('float32', model(), 5), await played('float64', model(), 5)];
    expect(double.manifest.engine).toMatchObject({ name: 'torch-cpu', precision: 'float64' });
    expect(single.manifest.engine).not.toHaveProperty('precision');
    expect(distance(single, double)).toBeLessThan(1e-5);
    expect(distance(single, double)).toBeGreaterThan(0);
  });

  it('goes on from a checkpoint, which has rounded, to the same within rounding', async () => {
    const straight = await played('float64', model(), 6);
    const resumed = await played('float64', model(), 6, await played('float64', model(), 3));
    expect(distance(straight, resumed)).toBeLessThan(1e-6);
  });

  it('repeats itself with the fused Adam, and leaves nothing behind', async () => {
    const game = model(adam({ learningRate: 1e-3, beta1: 0.5 }));
    const first = await played('float64', game, 4);
    expect(currentEngine()).toMatchObject({ precision: 'float64', adam: expect.any(Function) });
    const before = [memory().numTensors, liveHandles()];
    expect(await played('float64', game, 4)).toEqual(first);
    expect([memory().numTensors, liveHandles()]).toEqual(before);
  });
});
