import { bigganDeepDiscriminator, bigganDeepGenerator, bigganDiscriminator, bigganGenerator } from '@gan/architectures';
import { gradients, type Network, random } from '@gan/core';
import { square, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/biggan.json' with { type: 'json' };
import { expectStored, made, pictures, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** BigGAN with the weights of its authors' code, and BigGAN-deep with those of pytorch-pretrained-biggan (tools/goldens/biggan.py). */

/** A network's weights; parameters are whole multiples of 1 / `golden.parts`. */
interface Weighted {
  readonly parameters: Table;
  readonly state: Table;
}
interface GoldenGenerator extends Weighted {
  readonly latents: Stored;
  readonly picture: Stored;
  readonly slope: Stored;
}
interface GoldenJudge extends Weighted {
  readonly score: Stored;
  readonly slope: Stored;
  readonly penalty: number;
  readonly penaltySlope: Stored;
}
type Name = keyof typeof golden.cases;
const cases = golden.cases as unknown as Readonly<Record<Name, { generator: GoldenGenerator; judge?: GoldenJudge }>>;

const picture = { sample: [32, 32, 3], classes: 3, filters: 2 } as const;
const generators: Readonly<Record<Name, { readonly network: Network; readonly training: boolean }>> = {
  'BigGAN 32': {
    network: bigganGenerator({ ...picture, latents: 8, embedding: 4, attention: 16 }) as unknown as Network,
    training: true,
  },
  'BigGAN-deep 32': {
    network: bigganDeepGenerator({ ...picture, latents: 3, embedding: 4, attention: 16 }) as unknown as Network,
    training: true,
  },
  'BigGAN-deep 64': {
    network: bigganDeepGenerator({
      sample: [64, 64, 3],
      classes: 3,
      filters: 2,
      latents: 2,
      embedding: 2,
      attention: 32,
    }) as unknown as Network,
    training: false,
  },
};
const judges = {
  'BigGAN 32': bigganDiscriminator({ ...picture, attention: 8 }) as unknown as Network,
  'BigGAN-deep 32': bigganDeepDiscriminator({ ...picture, attention: 8 }) as unknown as Network,
} as const;

const weightsOf = (network: Network, { parameters, state }: Weighted) => {
  const divided = Object.entries(parameters).map(([name, { shape, values }]): [string, Stored] => [
    name,
    { shape, values: values.map((value) => value / golden.parts) },
  ]);
  return storedWeights(network, { parameters: Object.fromEntries(divided), state });
};
const expectClose = (found: Tensor, wanted: Stored, tolerance: number) =>
  expectStored(found, wanted, tolerance, golden.stride);

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`BigGAN of its authors' weights on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(tolerance, title.endsWith('float64') ? 1e-6 : 1e-4);

    it.each(Object.keys(generators) as Name[])('%s: the same pictures and slopes in the latents', (name) => {
      const { network, training } = generators[name];
      const wanted = cases[name].generator;
      const weights = weightsOf(network, wanted);
      const latents = made(wanted.latents);
      const classes = tensor([2, 0].slice(0, latents.shape[0]), [latents.shape[0]!], 'int32');
      const mode = { training, random: random(2) };
      const apply = () => network.apply(weights, { latents, classes }, mode).outputs['sample']!;
      expectClose(apply(), wanted.picture, within);
      expectClose(gradients(() => sum(square(apply())), [latents]).gradients[0]!, wanted.slope, within);
    });

    it.each(Object.keys(judges) as (keyof typeof judges)[])(
      '%s: the same scores, slopes in the pictures, and slopes of a penalty on those',
      (name) => {
        const network = judges[name];
        const wanted = cases[name].judge!;
        const weights = weightsOf(network, wanted);
        const sample = pictures([2, 32, 32, 3]);
        const classes = tensor([2, 0], [2], 'int32');
        const mode = { training: true, random: random(2) };
        const score = () => network.apply(weights, { sample, classes }, mode).outputs['score']!;
        expectClose(score(), wanted.score, within);
        const slope = () => gradients(() => sum(score()), [sample]).gradients[0]!;
        expectClose(slope(), wanted.slope, within);
        const kernel = weights.parameters['start/kernel'] ?? weights.parameters['block1.first/kernel']!;
        const { value, gradients: slopes } = gradients(() => sum(square(slope())), [kernel]);
        expect(Math.abs(value.dataSync()[0]! / wanted.penalty - 1)).toBeLessThan(within);
        expectClose(slopes[0]!, wanted.penaltySlope, within);
      },
    );
  });
