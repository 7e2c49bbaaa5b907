import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import { adam, type EngineName, gan, train } from '@gan/core';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { pictures } from './pictures.fixture.js';

const STEPS = 10;

/**
 * Float32 rounds to 6e-8 of a number. Adam divides a gradient by its size, so that one that all but cancels, as that of the
 * last bias, shows its rounding.
 */
const [OF_LOSSES, OF_NETWORKS] = [1e-5, 1e-3];

/** Batch norm on both sides, and a penalty through second derivatives. */
const model = gan({
  generator: dcganGenerator({ ...pictures.ports, latents: 8, filters: 4 }),
  discriminator: dcganDiscriminator({ ...pictures.ports, filters: 4 }),
  objective: [nonSaturating(), r1({ gamma: 0.1 })],
  optimizer: adam({ learningRate: 2e-4, beta1: 0.5 }),
});

/** What a training on an engine says and becomes. */
interface Trained {
  readonly losses: readonly (readonly number[])[];
  readonly tensors: Readonly<Record<string, readonly number[]>>;
  /** Tensors before it, after each step, and once all of it is disposed of. */
  readonly held: { readonly before: number; readonly during: readonly number[]; readonly after: number };
}

async function trained(use: EngineName): Promise<Trained> {
  await engine({ use });
  const before = memory().numTensors;
  const training = train(model, { data: pictures, batchSize: 16, seed: 7 });
  const [losses, during]: [number[][], number[]] = [[], []];
  for await (const step of training) {
    losses.push(Object.values(await step.losses()));
    during.push(memory().numTensors);
    if (training.steps === STEPS) break;
  }
  const { tensors } = await training.checkpoint();
  training.dispose();
  return {
    losses,
    tensors: Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, Array.from(values)])),
    held: { before, during, after: memory().numTensors },
  };
}

const length = (values: readonly number[]): number => Math.hypot(...values);
/** How far lists of numbers are from each other, relative to the second. */
const apart = (a: readonly number[], b: readonly number[]): number =>
  length(a.map((value, i) => value - b[i]!)) / Math.max(length(b), 1e-12);

const absent = process.env['GAN_TFJS_NODE'] === undefined;

describe.skipIf(absent)(`a DCGAN on tfjs-node${absent ? ' (skipped: GAN_TFJS_NODE names none)' : ''}`, () => {
  let [own, other]: Trained[] = [];
  beforeAll(async () => {
    other = await trained('cpu');
    own = await trained('tfjs-node');
  }, 300_000);

  it('has the losses of JavaScript for ten steps', () => {
    expect(own!.losses).toHaveLength(STEPS);
    for (const [i, losses] of own!.losses.entries()) expect(apart(losses, other!.losses[i]!)).toBeLessThan(OF_LOSSES);
  });

  it('becomes the same networks', () => {
    expect(Object.keys(own!.tensors)).toEqual(Object.keys(other!.tensors));
    for (const [name, values] of Object.entries(own!.tensors))
      expect(apart(values, other!.tensors[name]!), name).toBeLessThan(OF_NETWORKS);
  });

  it('holds as many tensors after each step, and none in the end', () => {
    expect(new Set(own!.held.during).size).toBe(1);
    expect(own!.held.during[0]).toBeGreaterThan(own!.held.before);
    expect(own!.held.after).toBe(own!.held.before);
  });
});
