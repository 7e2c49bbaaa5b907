import { resnetGenerator, unetDiscriminator } from '@gan/architectures';
import { adam, type Dataset, gan, gradients, type Network, random, reading, type Tensors, train } from '@gan/core';
import { cutMix, hinge } from '@gan/losses';
import { add, div, square, sum, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/unet.json' with { type: 'json' };
import { expectStored, pictures, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** The judge of U-Net GAN with the weights of PyTorch's modules and torch-mimicry's attention (tools/goldens/unet.py). */

interface Case {
  readonly parameters: Table;
  readonly state: Table;
  readonly score: Stored;
  readonly pixels: Stored;
  readonly slope: Stored;
  readonly penalty: number;
  readonly penaltySlopes: readonly [down: Stored, up: Stored];
}
const cases = golden.cases as unknown as Readonly<Record<keyof typeof golden.cases, Case>>;
const judges: Readonly<Record<keyof typeof cases, Network>> = {
  '32': unetDiscriminator({ sample: [32, 32, 3], filters: 1 }),
  '16, 3 classes, attention': unetDiscriminator({ sample: [16, 16, 3], filters: 4, classes: 3, attention: 4 }),
};
const mode = { training: true, random: random(2) };

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`the judge of U-Net GAN on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(tolerance, title.endsWith('float64') ? 1e-6 : 1e-4);
    const expectClose = (found: Tensor, wanted: Stored) => expectStored(found, wanted, within, golden.stride);

    it.each(Object.keys(judges) as (keyof typeof judges)[])(
      'gives the scores, slopes in the pictures and slopes of a penalty on those of PyTorch: %s',
      (name) => {
        const network = judges[name];
        const wanted = cases[name];
        const weights = storedWeights(network, wanted);
        const shape = network.inputs['sample'] as readonly number[];
        const sample = pictures([2, ...shape]);
        const classes = 'classes' in network.inputs ? { classes: tensor([2, 0], [2], 'int32') } : {};
        const judged = (): Tensors => network.apply(weights, { sample, ...classes }, mode).outputs;
        const { score, pixels } = judged();
        expectClose(score!, wanted.score);
        expectClose(pixels!, wanted.pixels);
        const both = () => {
          const { score, pixels } = judged();
          return add(sum(score!), div(sum(pixels!), shape[0]!));
        };
        const slope = () => gradients(both, [sample]).gradients[0]!;
        expectClose(slope(), wanted.slope);
        const up = Object.keys(weights.parameters).filter((key) => /^up\d+\.first\/kernel$/.test(key));
        const at = ['down1.first/kernel', up.at(-1)!].map((key) => weights.parameters[key]!);
        const { value, gradients: slopes } = gradients(() => sum(square(slope())), at);
        expect(Math.abs(value.dataSync()[0]! / wanted.penalty - 1)).toBeLessThan(within);
        for (const [i, found] of slopes.entries()) expectClose(found!, wanted.penaltySlopes[i]!);
      },
    );
  });

describe('the judge of U-Net GAN in play', () => {
  inScopesOn({ use: 'cpu' });

  it('is read by a term for each head, and by CutMix', async () => {
    const data: Dataset<{ readonly sample: readonly [32, 32, 3] }> = {
      ports: { sample: [32, 32, 3] },
      size: 8,
      batch: async ({ size, random }) => ({ sample: random.uniform([size, 32, 32, 3]) }),
    };
    const model = gan({
      generator: resnetGenerator({ ...data.ports, latents: 3, filters: 1 }),
      discriminator: unetDiscriminator({ ...data.ports, filters: 1 }),
      objective: [hinge(), reading({ score: 'pixels' }, hinge()), cutMix()],
      optimizer: adam({ learningRate: 1e-3 }),
    });
    const training = train(model, { data, batchSize: 2, seed: 1 });
    try {
      for await (const step of training) {
        expect(Object.keys(await step.losses())).toEqual([
          'discriminator/hinge',
          'discriminator/hinge-of-pixels',
          'discriminator/cut-mix',
          'generator/hinge',
          'generator/hinge-of-pixels',
        ]);
        break;
      }
    } finally {
      training.dispose();
    }
  });
});
