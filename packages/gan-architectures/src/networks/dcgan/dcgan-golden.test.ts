import { gradients, type Network, random, type Tensors, type Weights } from '@gan/core';
import { mean, square, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { dcganDiscriminator, dcganGenerator } from '../../index.js';
import { inScopes, withWeights } from '../../network.fixture.js';
import golden from './golden/dcgan.json' with { type: 'json' };

/** The sines of tools/goldens/dcgan.py. */
const sines = (k: number, shape: readonly number[]): Float32Array =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1.3 * i + 0.9 * k + 0.5));

/** Scale and offset of each kind of weight. */
const scales: Readonly<Record<string, readonly [scale: number, offset: number]>> = {
  kernel: [0.2, 0],
  bias: [0.1, 0],
  gamma: [0.2, 1],
  beta: [0.1, 0],
  moving_mean: [0.1, 0],
  moving_variance: [0.5, 1],
};

function filled(tensors: Tensors, from: number): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape }], i) => {
      const [scale, offset] = scales[name.split('/').at(-1)!]!;
      return [
        name,
        tensor(
          sines(from + i, shape).map((value) => scale * value + offset),
          shape,
        ),
      ];
    }),
  );
}

const sinesFor = (network: Network): Weights =>
  withWeights(network, ({ parameters, state }) => ({
    parameters: filled(parameters, 0),
    state: filled(state, Object.keys(parameters).length),
  }));

const labelled = { sample: [16, 16, 2], classes: 4, filters: 3 } as const;
const networks: Readonly<Record<keyof typeof golden.cases, Network>> = {
  'generator 28': dcganGenerator({ sample: [28, 28, 1], latents: 3, filters: 2 }),
  'discriminator 28': dcganDiscriminator({ sample: [28, 28, 1], filters: 2 }),
  'generator 32': dcganGenerator({ sample: [32, 32, 3], latents: 3, filters: 2 }),
  'discriminator 32': dcganDiscriminator({ sample: [32, 32, 3], filters: 2 }),
  'generator of 4 classes': dcganGenerator({ ...labelled, latents: 5, embedding: 6 }),
  'discriminator by concatenation': dcganDiscriminator({ ...labelled, condition: 'concatenation' }),
  'discriminator by projection': dcganDiscriminator(labelled),
};

/** Every so many numbers of a tensor, or all if they are few; the same in tools/goldens/dcgan.py. */
function picked(from: Tensor, every: number): number[] {
  const values = Array.from(from.dataSync());
  return values.length > 100 ? values.filter((_, i) => i % every === 0) : values;
}

/** float32 against float64, relative to the largest number. */
function expectClose(actual: readonly number[], wanted: readonly number[]): void {
  expect(actual.length).toBe(wanted.length);
  const scale = Math.max(...wanted.map(Math.abs));
  for (const [i, value] of actual.entries()) expect(Math.abs(value - wanted[i]!) / scale).toBeLessThan(2e-5);
}

describe('DCGAN with the weights of one of PyTorch', () => {
  inScopes();

  it.each(Object.keys(networks) as (keyof typeof networks)[])(
    'has the same outputs, gradient and statistics: %s',
    (name) => {
      const [network, wanted, weights] = [networks[name], golden.cases[name], sinesFor(networks[name])];
      const [main, shape] = Object.entries(network.inputs)[0] as [string, readonly number[]];
      const x = tensor(sines(50, [4, ...shape]), [4, ...shape]);
      // Classes 3 i modulo 4.
      const classes = 'classes' in network.inputs ? { classes: tensor([0, 3, 2, 1], [4], 'int32') } : {};
      const [output] = Object.keys(network.outputs);
      const apply = (training: boolean) =>
        network.apply(weights, { [main]: x, ...classes }, { training, random: random(1) });

      expectClose(picked(apply(false).outputs[output!]!, golden.every), wanted.inference);
      const { outputs, state } = apply(true);
      expectClose(picked(outputs[output!]!, golden.every), wanted.training);
      const slope = gradients(() => mean(square(apply(true).outputs[output!]!)), [x]).gradients[0]!;
      expectClose(picked(slope, golden.every), wanted.gradient);
      const statistics = Object.values(state).flatMap((part) => Array.from(part.dataSync()));
      expectClose(
        statistics.filter((_, i) => i % 11 === 0),
        wanted.state,
      );
    },
  );
});
