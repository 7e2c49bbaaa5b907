import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import {
  adam,
  type Checkpoint,
  type Dataset,
  type EngineName,
  gan,
  random,
  readCheckpoint,
  train,
  writeCheckpoint,
} from '@gan/core';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { liveHandles } from '@gan/tfjs-backend-torch';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

/** Whole trainings on each engine that loads here: the same bits, stopped anywhere or not, and nothing left over. */

const pictures: Dataset<{ readonly sample: readonly [8, 8, 1]; readonly classes: 3 }> = {
  ports: { sample: [8, 8, 1], classes: 3 },
  size: Number.POSITIVE_INFINITY,
  batch: async ({ size, random: source }) => ({
    sample: source.stream('pictures').uniform([size, 8, 8, 1]),
    classes: source.stream('classes').categorical([size], 3),
  }),
};

/** Batch norm on both sides, a penalty through second derivatives, averaged weights. */
const model = gan({
  generator: dcganGenerator({ ...pictures.ports, latents: 5, filters: 4 }),
  discriminator: dcganDiscriminator({ ...pictures.ports, filters: 4 }),
  objective: [nonSaturating(), r1({ gamma: 0.1 })],
  optimizer: adam({ learningRate: 1e-3, beta1: 0.5 }),
  averaged: 0.99,
});

async function played(until: number, resume?: Checkpoint): Promise<Checkpoint> {
  const training = train(model, { data: pictures, ...(resume ? { resume } : { batchSize: 8, seed: 11 }) });
  try {
    for await (const _ of training) if (training.steps === until) break;
    return await training.checkpoint();
  } finally {
    training.dispose();
  }
}

const engines: readonly EngineName[] = ['torch-cpu', 'wasm', 'cpu'];
const trials: Partial<Record<EngineName, number>> = { 'torch-cpu': 20, wasm: 3, cpu: 3 };

for (const use of engines) {
  const reason = await engine({ use }).then(
    () => undefined,
    (error: unknown) => (error as Error).message.split('\n')[0],
  );
  describe.skipIf(reason !== undefined)(
    `on ${use}${reason === undefined ? '' : ` (cannot be used here: ${reason})`}`,
    () => {
      it('the same seed gives the same bits twice', async () => {
        await engine({ use });
        expect(await played(6)).toEqual(await played(6));
      }, 120_000);

      it(`stopped at any of ${trials[use]} random steps and gone on from a folder, training ends with the same bits`, async () => {
        await engine({ use });
        const steps = 16;
        const straight = await played(steps);
        const stops = random(5).stream(use);
        const folder = await mkdtemp(join(tmpdir(), 'gan-same-bits-'));
        try {
          for (let trial = 0; trial < trials[use]!; trial++) {
            await writeCheckpoint(join(folder, 'checkpoint'), await played(1 + stops.integer(steps - 1)));
            const resumed = await played(steps, await readCheckpoint(join(folder, 'checkpoint')));
            expect(resumed.tensors).toEqual(straight.tensors);
          }
        } finally {
          await rm(folder, { recursive: true });
        }
      }, 300_000);

      it('200 steps leave no tensor and no handle', async () => {
        await engine({ use });
        await played(1);
        const before = [memory().numTensors, liveHandles()];
        const counts = new Set<number>();
        const training = train(model, { data: pictures, batchSize: 4, seed: 1 });
        for await (const step of training) {
          counts.add(memory().numTensors);
          if (step.index === (use === 'torch-cpu' ? 199 : 19)) break;
        }
        training.dispose();
        expect(counts.size).toBe(1);
        expect([memory().numTensors, liveHandles()]).toEqual(before);
      }, 300_000);

      it('a loss that throws leaves no tensor and no handle', async () => {
        await engine({ use });
        const before = [memory().numTensors, liveHandles()];
        const broken = gan({
          generator: dcganGenerator({ ...pictures.ports, latents: 5, filters: 4 }),
          discriminator: dcganDiscriminator({ ...pictures.ports, filters: 4 }),
          objective: [
            {
              ...nonSaturating(),
              discriminator: (round) => {
                nonSaturating().discriminator!(round);
                throw new RangeError('broken');
              },
            },
          ],
          optimizer: adam({ learningRate: 1e-3 }),
        });
        const training = train(broken, { data: pictures, batchSize: 4, seed: 1 });
        await expect(training[Symbol.asyncIterator]().next()).rejects.toThrow('broken');
        training.dispose();
        expect([memory().numTensors, liveHandles()]).toEqual(before);
      }, 120_000);
    },
  );
}
