import '@tensorflow/tfjs-backend-cpu';
import { dcganDiscriminator, dcganGenerator } from '@gan/architectures';
import {
  adam,
  adamW,
  type Checkpoint,
  type Dataset,
  defineTerm,
  gan,
  layersNetwork,
  type Optimizer,
  rmsProp,
  sgd,
  type Tensors,
  train,
} from '@gan/core';
import { engine } from '@gan/engine';
import { nonSaturating, r1 } from '@gan/losses';
import { clone, keep, memory, mul, sub, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from './engines.fixture.js';
import golden from './golden/unrolled.json' with { type: 'json' };

/** An unrolled judge, against PyTorch's autograd through its own differentiable optimizers (tools/goldens/unrolled.py). */

type Flat = Readonly<Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>>;

const optimizers = { adam, adamW, rmsProp, sgd } as unknown as Readonly<Record<string, (options: object) => Optimizer>>;

/** One hidden layer, as in the script. */
const perceptron = (wide: number, out: number) => () =>
  sequential({
    layers: [
      layers.dense({ units: 4, inputShape: [wide] }),
      layers.activation({ activation: 'softplus' }),
      layers.dense({ units: out }),
    ],
  });

const data: Dataset<{ readonly sample: readonly [2]; readonly latents: readonly [3] }> = {
  ports: { sample: [2], latents: [3] },
  size: golden.real.shape[0]!,
  batch: async () => ({
    sample: tensor(golden.real.values, golden.real.shape),
    latents: tensor(golden.latents.values, golden.latents.shape),
  }),
};

/** Lets nothing change, and writes down the gradients. */
function catching() {
  const caught: Record<string, number[]> = {};
  const optimizer: Optimizer = {
    name: 'catching',
    init: () => ({}),
    update: ({ parameters, gradients }) => {
      for (const [name, gradient] of Object.entries(gradients))
        caught[name.replace('generator/', '')] = [...gradient.dataSync()];
      return { parameters: clones(parameters), state: {} };
    },
  };
  return { caught, optimizer };
}

const clones = (tensors: Tensors): Tensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, clone(value)]));

/** The one step of a case, from given weights of the generator: its loss, held on the engine, and its gradients. */
async function played(of: (typeof golden.cases)[number], weights: Flat) {
  const { caught, optimizer } = catching();
  const judge = optimizers[of.name]!(of.options);
  let loss: Tensor | undefined;
  const told = defineTerm({
    ...nonSaturating(),
    generator: (round) => {
      const value = nonSaturating().generator!(round);
      loss = keep(clone(value));
      return value;
    },
  });
  const model = gan({
    generator: layersNetwork({ inputs: { latents: [3] }, outputs: { sample: [2] }, model: perceptron(3, 2) }),
    discriminator: layersNetwork({ inputs: { sample: [2] }, outputs: { score: 'linear' }, model: perceptron(2, 1) }),
    objective: [told, ...(of.gamma > 0 ? [r1({ gamma: of.gamma })] : [])],
    samples: { latents: { data: [3] } },
    optimizer: { generator: optimizer, discriminator: judge },
    unrolled: of.updates,
    // The judge stays as it is: only what is foreseen of it moves.
    turns: { discriminator: 1, generator: 1 },
  });
  const start = train(model, { data, batchSize: data.size, seed: 1 });
  const checkpoint = await start.checkpoint();
  start.dispose();
  const training = train(model, { data, resume: inTheMiddle(checkpoint, weights) });
  for await (const _ of training) break;
  training.dispose();
  return { loss: loss!, gradients: caught };
}

/** A checkpoint at the golden weights, in step 1, where it is the generator's turn. */
function inTheMiddle({ manifest, tensors }: Checkpoint, generator: Flat): Checkpoint {
  const slots: Readonly<Record<string, Flat>> = golden.slots;
  const values = (place: string): readonly number[] => {
    const [part, who, ...rest] = place.split('/');
    const name = rest.slice(1, part === 'optimizers' ? -1 : undefined).join('/');
    if (part === 'optimizers') return slots[name]![rest.at(-1)!]!.values;
    return (who === 'generator' ? generator : (golden.judge as Flat))[name]!.values;
  };
  return {
    manifest: { ...manifest, step: 1, updates: { discriminator: golden.updates, generator: 0 } },
    tensors: Object.fromEntries(
      Object.entries(tensors).map(([place, stored]) => [
        place,
        { ...stored, values: Float32Array.from(values(place)) } as typeof stored,
      ]),
    ),
  };
}

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`an unrolled judge on ${title}${there ? '' : ' (needs libtorch)'}`, () => {
    let before = 0;
    beforeAll(async () => {
      await engine(options);
      before = memory().numTensors;
    });
    afterAll(() => expect(memory().numTensors).toBe(before));

    it.each(golden.cases)("has PyTorch's loss and gradients: $name, $updates ahead, gamma $gamma", async (of) => {
      const { loss, gradients } = await played(of, golden.generator);
      const [seen] = loss.dataSync();
      loss.dispose();
      expect(Math.abs(seen! - of.loss) / of.loss).toBeLessThan(1e-6);
      const wanted: Flat = of.gradients;
      const scale = largest(wanted);
      expect(Object.keys(gradients)).toEqual(Object.keys(wanted));
      for (const [name, { values }] of Object.entries(wanted))
        for (const [i, slope] of values.entries())
          expect(Math.abs(gradients[name]![i]! - slope) / scale).toBeLessThan(tolerance);
    });

    it.each(title.endsWith('float64') ? golden.cases : [])(
      'has the slope of its loss by differences: $name, $updates ahead, gamma $gamma',
      async (of) => {
        const start = await played(of, golden.generator);
        start.loss.dispose();
        for (const [name, i] of [
          ['0/kernel', 5],
          ['3/bias', 1],
        ] as const) {
          // To the fourth order in h = 1/128, of losses that are held in doubles: the points are exact in float32.
          const at = async (steps: number) => (await played(of, bumped(name, i, steps / 128))).loss;
          const [a, b, c, d] = [await at(-2), await at(-1), await at(1), await at(2)];
          const slope = tidy(() => mul(sub(mul(sub(c, b), 8), sub(d, a)), 128 / 12).dataSync()[0]!);
          for (const loss of [a, b, c, d]) loss.dispose();
          expect(Math.abs(slope - start.gradients[name]![i]!) / largest(of.gradients)).toBeLessThan(1e-6);
        }
      },
    );
  });

const largest = (tensors: Flat): number =>
  Math.max(...Object.values(tensors).flatMap(({ values }) => values.map(Math.abs)));

const bumped = (name: keyof typeof golden.generator, i: number, by: number): Flat => {
  const { shape, values } = golden.generator[name];
  return { ...golden.generator, [name]: { shape, values: values.map((value, k) => (k === i ? value + by : value)) } };
};

describe('an unrolled judge with batch norm, leaky units and R1', () => {
  it('trains pictures, repeats itself, and leaves nothing behind', async () => {
    await engine({ use: 'cpu' });
    const before = memory().numTensors;
    const sample = [8, 8, 1] as const;
    const pictures: Dataset<{ readonly sample: typeof sample }> = {
      ports: { sample },
      size: Number.POSITIVE_INFINITY,
      batch: async ({ size, random }) => ({ sample: random.uniform([size, ...sample]) }),
    };
    const bits = async () => {
      const training = train(
        gan({
          generator: dcganGenerator({ sample, latents: 4, filters: 4 }),
          discriminator: dcganDiscriminator({ sample, filters: 4 }),
          objective: [nonSaturating(), r1({ gamma: 1 })],
          optimizer: adam({ learningRate: 1e-3, beta1: 0.5 }),
          averaged: 0.9,
          unrolled: 2,
        }),
        { data: pictures, batchSize: 4, seed: 1 },
      );
      const tensors = new Set<number>();
      for await (const step of training) {
        tensors.add(memory().numTensors);
        for (const loss of Object.values(await step.losses())) expect(loss).toSatisfy(Number.isFinite);
        if (training.steps === 3) break;
      }
      expect(tensors.size).toBe(1);
      const { tensors: all } = await training.checkpoint();
      training.dispose();
      return all;
    };
    expect(await bits()).toEqual(await bits());
    expect(memory().numTensors).toBe(before);
  });
});
