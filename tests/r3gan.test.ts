import { r3ganDiscriminator, r3ganGenerator } from '@gan/architectures';
import { gradients, type Network, random, type Tensors } from '@gan/core';
import { square, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/r3gan.json' with { type: 'json' };
import { expectStored, made, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** R3GAN with the weights of PyTorch's modules, put together as the authors' code does (tools/goldens/r3gan.py). */

interface Case {
  readonly generator: { readonly latents: Stored; readonly picture: Stored; readonly slope: Stored };
  readonly judge: {
    readonly sample: Stored;
    readonly score: Stored;
    readonly slope: Stored;
    readonly penalty: number;
    readonly penaltySlope: Stored;
  };
}
const cases = golden.cases as unknown as Readonly<Record<keyof typeof golden.cases, Case>>;

const sixteen = { sample: [16, 16, 3], filters: 6, widest: 12, perGroup: 4, blocks: 1 } as const;
const eight = { sample: [8, 8, 3], filters: 4, perGroup: 4, classes: 3 } as const;
const networks = {
  '16': [r3ganGenerator({ ...sixteen, latents: 5 }), r3ganDiscriminator(sixteen)],
  '8, 3 classes': [r3ganGenerator({ ...eight, latents: 5 }), r3ganDiscriminator(eight)],
} as unknown as Readonly<Record<keyof typeof cases, readonly [Network, Network]>>;
const names = Object.keys(networks) as (keyof typeof cases)[];

/** The weights that the script makes, in the order of their names: number i of weight k is ((i + 1000 k) 7919 mod 1021 - 510) / 512, smaller by sqrt(inputs). */
function weightsOf(network: Network) {
  const { parameters, state } = network.init(random(1));
  const table = Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { shape, size }], k): [string, Stored] => {
      const inputs = name.endsWith('kernel') ? shape.slice(0, -1).reduce((all, extent) => all * extent, 1) : 4;
      const scale = 2 ** -Math.round(Math.log2(Math.sqrt(inputs)));
      return [
        name,
        {
          shape,
          values: Array.from({ length: size }, (_, i) => ((((i + 1000 * k) * 7919) % 1021) - 510) * (scale / 512)),
        },
      ];
    });
  for (const one of [...Object.values(parameters), ...Object.values(state)]) one.dispose();
  return storedWeights(network, { parameters: Object.fromEntries(table) as Table });
}

const mode = { training: true, random: random(2) };
const withClasses = (network: Network, inputs: Tensors): Tensors =>
  'classes' in network.inputs ? { ...inputs, classes: tensor([2, 0], [2], 'int32') } : inputs;

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`R3GAN of PyTorch's weights on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(tolerance, title.endsWith('float64') ? 1e-6 : 1e-4);
    const expectClose = (found: Tensor, wanted: Stored) => expectStored(found, wanted, within, golden.stride);

    it.each(names)('%s: the same pictures and slopes in the latents', (name) => {
      const [network] = networks[name];
      const wanted = cases[name].generator;
      const weights = weightsOf(network);
      const latents = made(wanted.latents);
      const apply = () => network.apply(weights, withClasses(network, { latents }), mode).outputs['sample']!;
      expectClose(apply(), wanted.picture);
      expectClose(gradients(() => sum(square(apply())), [latents]).gradients[0]!, wanted.slope);
    });

    it.each(names)('%s: the same scores, slopes in the pictures, and slopes of a penalty on those', (name) => {
      const [, network] = networks[name];
      const wanted = cases[name].judge;
      const weights = weightsOf(network);
      const sample = made(wanted.sample);
      const score = () => network.apply(weights, withClasses(network, { sample }), mode).outputs['score']!;
      expectClose(score(), wanted.score);
      const slope = () => gradients(() => sum(score()), [sample]).gradients[0]!;
      expectClose(slope(), wanted.slope);
      const [side] = network.inputs['sample'] as readonly number[];
      const kernel = weights.parameters[`map${side}.block1.second/kernel`]!;
      const { value, gradients: slopes } = gradients(() => sum(square(slope())), [kernel]);
      expect(Math.abs(value.dataSync()[0]! / wanted.penalty - 1)).toBeLessThan(within);
      expectClose(slopes[0]!, wanted.penaltySlope);
    });
  });
