import '@tensorflow/tfjs-backend-cpu';
import { dcganDiscriminator } from '@gan/architectures';
import { gradients, type Network, type Round, random, type Tensors } from '@gan/core';
import { registerGradients } from '@gan/engine';
import { r1 } from '@gan/losses';
import { engine, memory, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import golden from './golden/dcgan-r1.json' with { type: 'json' };

/** The sines of tools/goldens/dcgan.py. */
const sines = (k: number, shape: readonly number[]): Float32Array =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1.3 * i + 0.9 * k + 0.5));

const scales: Readonly<Record<string, readonly [scale: number, offset: number]>> = {
  kernel: [0.2, 0],
  bias: [0.1, 0],
  gamma: [0.2, 1],
  beta: [0.1, 0],
  moving_mean: [0.1, 0],
  moving_variance: [0.5, 1],
};

const filled = (tensors: Tensors, from: number): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, fresh], i) => {
      const [scale, offset] = scales[name.split('/').at(-1)!]!;
      fresh.dispose();
      return [
        name,
        tensor(
          sines(from + i, fresh.shape).map((value) => scale * value + offset),
          fresh.shape,
        ),
      ];
    }),
  );

const labelled = { sample: [16, 16, 2], classes: 4, filters: 3 } as const;
const judges: Readonly<Record<keyof typeof golden.cases, Network>> = {
  unconditional: dcganDiscriminator({ sample: [28, 28, 1], filters: 2 }),
  concatenation: dcganDiscriminator({ ...labelled, condition: 'concatenation' }),
  projection: dcganDiscriminator({ ...labelled, condition: 'projection' }),
};

/** Every seventh number of a tensor, or all if they are few. */
function picked(from: Tensor): number[] {
  const values = Array.from(from.dataSync());
  return values.length > 100 ? values.filter((_, i) => i % 7 === 0) : values;
}

describe('R1 of a DCGAN judge, through batch norm and leaky ReLU', () => {
  let before = 0;
  beforeAll(async () => {
    await setBackend('cpu');
    registerGradients();
  });
  beforeEach(() => {
    before = memory().numTensors;
    engine().startScope();
  });
  afterEach(() => {
    engine().endScope();
    expect(memory().numTensors).toBe(before);
  });

  it.each(Object.keys(judges) as (keyof typeof judges)[])("has PyTorch's value and gradients: %s", (name) => {
    const [network, wanted] = [judges[name], golden.cases[name]];
    const fresh = network.init(random(1));
    const parameters = filled(fresh.parameters, 0);
    const state = filled(fresh.state, Object.keys(parameters).length);
    const shape = [4, ...(network.inputs['sample'] as readonly number[])];
    // Classes 3 i modulo 4.
    const classes = 'classes' in network.inputs ? { classes: tensor([0, 3, 2, 1], [4], 'int32') } : {};
    const judge = (inputs: Tensors) =>
      network.apply({ parameters, state }, { ...inputs, ...classes }, { training: true, random: random(1) }).outputs;
    const real = { sample: tensor(sines(50, shape), shape) };
    const round = { samples: { real }, judge, judged: () => ({ inputs: real, outputs: judge(real) }) };

    const { value, gradients: slopes } = gradients(
      () => r1({ gamma: 1 }).discriminator!(round as unknown as Round<{ readonly score: 'linear' }, 'real'>),
      Object.values(parameters),
    );
    expect(value.dataSync()[0]! / wanted.value).toBeCloseTo(1, 4);
    const scale = Math.max(...wanted.gradients.flat().map(Math.abs));
    for (const [i, list] of wanted.gradients.entries()) {
      const actual = slopes[i] ? picked(slopes[i]) : list.map(() => 0);
      expect(actual.length).toBe(list.length);
      // float32 through two backward passes, relative to the largest of all gradients.
      for (const [k, slope] of actual.entries()) expect(Math.abs(slope - list[k]!) / scale).toBeLessThan(1e-4);
    }
  });
});
