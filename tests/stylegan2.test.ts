import '@tensorflow/tfjs-backend-cpu';
import { stylegan2Discriminator, stylegan2Generator, stylegan2Mapping, stylegan2Synthesis } from '@gan/architectures';
import { gradients, inSeries, type Network, random, type Tensors, type Weights } from '@gan/core';
import { checkNetwork } from '@gan/core/testing';
import { type EngineOptions, engine } from '@gan/engine';
import { mean, memory, mul, square, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import golden from './golden/stylegan2.json' with { type: 'json' };

/** StyleGAN2 with the weights of basicsr's (tools/goldens/stylegan2.py). */

interface Stored {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
const made = ({ shape, values }: Stored): Tensor => tensor([...values], [...shape]);

/** The network's weights: each parameter must be in the table, and the table's all be parameters. */
function weightsOf(network: Network, table: Readonly<Record<string, Stored>>): Weights {
  const { parameters, state } = network.init(random(1));
  expect(Object.keys(parameters).sort()).toEqual(Object.keys(table).sort());
  for (const [name, { shape }] of Object.entries(parameters)) expect([name, shape]).toEqual([name, table[name]!.shape]);
  for (const fresh of Object.values(parameters)) fresh.dispose();
  return { parameters: Object.fromEntries(Object.entries(table).map(([name, one]) => [name, made(one)])), state };
}

function expectClose(found: Tensor, wanted: Stored, tolerance: number): void {
  expect(found.shape).toEqual(wanted.shape);
  const scale = Math.max(...wanted.values.map(Math.abs));
  const errors = Array.from(found.dataSync(), (value, i) => Math.abs(value - wanted.values[i]!) / scale);
  expect(Math.max(...errors)).toBeLessThan(tolerance);
}

const sample = [16, 16, 3] as const;
const narrow = { filters: 4, widest: 4 } as const;
const mapping = stylegan2Mapping({ sample, latents: 6, width: 6, layers: 3, mixing: 0 });
const synthesis = stylegan2Synthesis({ sample, width: 6, ...narrow });
const discriminator = stylegan2Discriminator({ sample, ...narrow, group: 2 });
const mode = { training: true, random: random(2) };

const there = process.env['GAN_LIBTORCH'] !== undefined;
const engines: readonly {
  readonly title: string;
  readonly options: EngineOptions;
  readonly tolerance: number;
  readonly there: boolean;
}[] = [
  { title: 'cpu', options: { use: 'cpu' }, tolerance: 1e-4, there: true },
  { title: 'torch-cpu', options: { use: 'torch-cpu' }, tolerance: 1e-4, there },
  { title: 'torch-cpu in float64', options: { use: 'torch-cpu', precision: 'float64' }, tolerance: 1e-6, there },
];

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`StyleGAN2 of basicsr's weights on ${title}`, () => {
    beforeAll(() => engine(options));

    it('makes the same pictures, with the same slope in the latents', () => {
      const before = memory().numTensors;
      tidy(() => {
        const [one, two] = [weightsOf(mapping, golden.mapping), weightsOf(synthesis, golden.synthesis)];
        const whole = inSeries(mapping, synthesis);
        const weights: Weights = {
          parameters: joined(one.parameters, two.parameters),
          state: joined(one.state, two.state),
        };
        const latents = made(golden.latents);
        const apply = () => whole.apply(weights, { latents }, mode).outputs.sample;
        expectClose(apply(), golden.picture, tolerance);
        const [slope] = gradients(() => sum(mul(apply(), made(golden.weigh))), [latents]).gradients;
        expectClose(slope!, golden.slope, tolerance);
        for (const kept of Object.values(weights.state)) kept.dispose();
      });
      expect(memory().numTensors).toBe(before);
    });

    it('gives the same scores, R1 and slopes of R1', () => {
      const before = memory().numTensors;
      tidy(() => {
        const weights = weightsOf(discriminator, golden.discriminator);
        const real = made(golden.real);
        const score = () => discriminator.apply(weights, { sample: real }, mode).outputs.score;
        expectClose(score(), golden.score, tolerance);
        const penalty = () => {
          const [slope] = gradients(() => sum(score()), [real]).gradients;
          return mean(sum(square(slope!), [1, 2, 3]));
        };
        const names = ['picture/kernel', 'score/kernel'] as const;
        const { value, gradients: slopes } = gradients(
          penalty,
          names.map((name) => weights.parameters[name]!),
        );
        expect(Math.abs(value.dataSync()[0]! / golden.penalty - 1)).toBeLessThan(tolerance);
        for (const [i, name] of names.entries()) expectClose(slopes[i]!, golden.penaltySlopes[name], tolerance);
      });
      expect(memory().numTensors).toBe(before);
    });
  });

const joined = (first: Tensors, second: Tensors): Tensors =>
  Object.fromEntries([
    ...Object.entries(first).map(([name, tensor]) => [`first/${name}`, tensor] as const),
    ...Object.entries(second).map(([name, tensor]) => [`second/${name}`, tensor] as const),
  ]);

describe('StyleGAN2', () => {
  const small = { sample: [8, 8, 3], filters: 4, widest: 8 } as const;

  it.each([
    ['the mapping', stylegan2Mapping({ sample: small.sample, latents: 5, width: 6, classes: 3 })],
    ['the synthesis', stylegan2Synthesis({ ...small, width: 6 })],
    ['the generator', stylegan2Generator({ ...small, latents: 5, width: 6 })],
    ['the discriminator', stylegan2Discriminator({ ...small, group: 1 })],
    ['a conditional discriminator', stylegan2Discriminator({ ...small, classes: 3, group: 1 })],
  ] as const)('keeps the contract of a network: %s', async (_, network) => {
    await engine({ use: 'cpu' });
    await checkNetwork(network as unknown as Network);
  });

  it.each([
    [
      'a side that is no power of two',
      { sample: [24, 24, 3] },
      'the side of a picture must be a power of two from 8 on, but is 24',
    ],
    ['a side of 4', { sample: [4, 4, 3] }, 'the side of a picture must be a power of two from 8 on, but is 4'],
    ['no filters', { sample: [8, 8, 3], filters: 0 }, /^filters must be /],
  ] as const)('refuses %s', (_, options: { readonly sample: readonly number[] }, sentence) => {
    expect(() => stylegan2Synthesis(options)).toThrow(
      typeof sentence === 'string' ? new TypeError(sentence) : sentence,
    );
    expect(() => stylegan2Discriminator(options)).toThrow(TypeError);
  });
});
