import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, type Dataset, every, gan, train } from '@gan/core';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { liveHandles } from '@gan/tfjs-backend-torch';
import { memory } from '@tensorflow/tfjs-core';
import { median } from '../step/quiet.js';

/** What is measured. */
export interface MemoryOptions {
  readonly steps: number;
}

/** What is held at a moment, garbage collected. */
export interface Reading {
  readonly step: number;
  /** Resident memory of the whole process. */
  readonly residentMiB: number;
  /** Tensors that TensorFlow.js counts. */
  readonly tensors: number;
  /** Tensors that libtorch holds for us, on the other side of its C ABI. */
  readonly handles: number;
}

/** What was measured. */
export interface MemoryResult {
  readonly engine: string;
  readonly version: string;
  readonly threads: number;
  readonly readings: readonly Reading[];
  /** How much resident memory a step adds, fitted over the second half. */
  readonly growthKiBPerStep: number;
  /** What is left after training was disposed of. */
  readonly left: { readonly tensors: number; readonly handles: number };
}

/** A small game with something of everything: convolutions, batch norm, second derivatives, averaged weights. */
const small = () => {
  const sample = [16, 16, 1] as const;
  return gan({
    generator: dcganGenerator({ sample, latents: 16, filters: 8 }),
    discriminator: dcganDiscriminator({ sample, filters: 8 }),
    objective: [nonSaturating(), every(4, r1({ gamma: 1 }))],
    optimizer: adam({ learningRate: 2e-4, beta1: 0.5 }),
    averaged: 0.99,
  });
};

/** Reads what a training holds, twenty times on its way. */
export async function measuredMemory({ steps }: MemoryOptions): Promise<MemoryResult> {
  const { name, version, threads } = await engine({ use: 'torch-cpu' });
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = () => ({ tensors: memory().numTensors, handles: liveHandles() });
  const before = held();
  const data: Dataset<{ readonly sample: readonly [16, 16, 1] }> = {
    ports: { sample: [16, 16, 1] },
    size: Number.POSITIVE_INFINITY,
    batch: async ({ size, random }) => ({ sample: random.uniform([size, 16, 16, 1]) }),
  };
  const training = train(small(), { data, batchSize: 16, seed: 1 });
  const readings: Reading[] = [];
  const stride = Math.max(1, Math.floor(steps / 20));
  for await (const { index } of training) {
    const step = index + 1;
    if (step % stride === 0) {
      collect();
      readings.push({ step, residentMiB: process.memoryUsage.rss() / 2 ** 20, ...held() });
    }
    if (step === steps) break;
  }
  training.dispose();
  const after = held();
  return {
    engine: name,
    version,
    threads,
    readings,
    growthKiBPerStep: 1024 * slope(readings.slice(readings.length >> 1)),
    left: { tensors: after.tensors - before.tensors, handles: after.handles - before.handles },
  };
}

/** MiB a step: the median slope over all pairs of readings (Theil and Sen), which a heap that breathes does not bend. */
const slope = (readings: readonly Reading[]): number =>
  median(
    readings.flatMap((a, i) =>
      readings.slice(i + 1).map((b) => (b.residentMiB - a.residentMiB) / Math.max(1, b.step - a.step)),
    ),
  );
