import { random, summary, type Tensors } from '@gan/core';
import { neg, scalar, tensor } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { inScopes, withWeights } from '../../network.fixture.js';
import { snDcganDiscriminator } from '../sn-dcgan/sn-dcgan-discriminator.js';
import { snDcganGenerator } from '../sn-dcgan/sn-dcgan-generator.js';
import { resnetDiscriminator } from './resnet-discriminator.js';
import { resnetGenerator } from './resnet-generator.js';

const picture = { sample: [32, 32, 3], filters: 2 } as const;

describe('residual networks', () => {
  inScopes();

  it('take no notice of the class in a generator at the start, nor of what is attended to', () => {
    const network = resnetGenerator({ ...picture, latents: 5, classes: 3, filters: 8, attention: 16, spectral: true });
    withWeights(network, (weights) => {
      const latents = random(3).normal([2, 5]);
      const of = (classes: number[], parameters: Tensors = weights.parameters): number[] => {
        const inputs = { latents, classes: tensor(classes, [2], 'int32') };
        const mode = { training: true, random: random(2) };
        return Array.from(network.apply({ ...weights, parameters }, inputs, mode).outputs.sample.dataSync());
      };
      const usual = of([0, 1]);
      expect(of([2, 2])).toEqual(usual);
      const value = 'attention.values/kernel';
      expect(of([0, 1], { ...weights.parameters, [value]: neg(weights.parameters[value]!) })).toEqual(usual);
      expect(of([0, 1], { ...weights.parameters, 'attention/scale': scalar(1) })).not.toEqual(usual);
    });
  });

  it('are summed up layer by layer, with the vectors of spectral norm as state', async () => {
    const table = (await summary(resnetDiscriminator(picture))).split('\n');
    const cellsOf = (layer: string) => table.find((line) => line.startsWith(`${layer} `))!.split(/ {2,}/);
    // 3 x 3 x 3 x 2 + 2 numbers; vectors of 2 and 27; 54 products for each of 32 x 32 places, and
    // once more for the kernel and u, and 27 for v and what comes of that.
    expect(cellsOf('block1.first')).toEqual(['block1.first', '32x32x2', '56', '29', String(54 * 1024 + 54 + 27)]);
    expect(cellsOf('score')).toEqual(['score', '1', '3', '3', '6']);
  });

  it.each([
    [{ sample: [28, 28, 1] }, 'the side of a picture must be one of 32, 48, 64, 128, but is 28'],
    [{ filters: 0 }, 'filters must be a whole number of at least 1, but is 0'],
    [{ filters: 8, attention: 5 }, /^attention must be the side of a map, one of .*, but is 5$/],
    [{ filters: 4, attention: 16 }, 'attention wants a map whose channels are a multiple of 8, but they are 4'],
    [{ classes: 0 }, 'classes must be a whole number of at least 1, but is 0'],
    [{ width: 2 }, /^resnet(Generator|Discriminator) has no option 'width'; it takes sample, /],
  ] as const)('refuse %j', (wrong, sentence) => {
    const options = { sample: [32, 32, 3], ...wrong } as Parameters<typeof resnetDiscriminator>[0];
    const error = typeof sentence === 'string' ? new TypeError(sentence) : sentence;
    expect(() => resnetGenerator({ ...options, latents: 2 })).toThrow(error);
    expect(() => resnetDiscriminator(options)).toThrow(error);
  });

  it.each([
    [{ sample: [28, 28, 1] }, 'the side of a picture must be a multiple of 8, but is 28'],
    [{ filters: 0 }, 'filters must be a whole number of at least 1, but is 0'],
    [{ attention: 8 }, /^snDcgan(Generator|Discriminator) has no option 'attention'; it takes sample, /],
  ] as const)('refuse an SN-DCGAN of %j', (wrong, sentence) => {
    const options = { sample: [32, 32, 3], ...wrong } as Parameters<typeof snDcganDiscriminator>[0];
    const error = typeof sentence === 'string' ? new TypeError(sentence) : sentence;
    expect(() => snDcganGenerator({ ...options, latents: 2 })).toThrow(error);
    expect(() => snDcganDiscriminator(options)).toThrow(error);
  });

  it.each([
    [{ normalization: 'batch' }, "normalization must be one of 'spectral', 'layer', 'none', but is 'batch'"],
    [{ pooling: 'max' }, "pooling must be one of 'sum', 'mean', but is 'max'"],
  ])('refuse a judge of %j', (wrong, sentence) => {
    const options = { sample: [32, 32, 3], ...wrong } as Parameters<typeof resnetDiscriminator>[0];
    expect(() => resnetDiscriminator(options)).toThrow(new TypeError(sentence));
  });
});
