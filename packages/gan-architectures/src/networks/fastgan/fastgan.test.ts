import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { gatedConv2d } from '../../layers/gated-conv2d.js';
import { gatedLinearUnit } from '../../layers/gated-linear-unit.js';
import { quartersApart, quartersTogether } from '../../layers/quarters.js';
import { inScopes } from '../../network.fixture.js';
import { fastganDecoder } from './fastgan-decoder.js';
import { fastganDiscriminator } from './fastgan-discriminator.js';
import { fastganGenerator } from './fastgan-generator.js';
import { fastganShape } from './fastgan-shape.js';

describe('FastGAN', () => {
  inScopes();

  it('has as many channels on either side as the code of its authors, for 64 at 128 and at 64', () => {
    const { up, down } = fastganShape([1024, 1024, 3], 64);
    expect([4, 8, 16, 32, 64, 128, 256, 512, 1024].map(up)).toEqual([1024, 512, 256, 128, 128, 64, 32, 16, 8]);
    expect([8, 16, 32, 64, 128, 256, 512].map(down)).toEqual([512, 256, 128, 64, 32, 16, 8]);
  });

  it.each([
    [{ sample: [16, 16, 3] }, 'the side of a picture must be one of 32, 64, 128, 256, 512, 1024, but is 16'],
    [{ sample: [32, 64, 3] }, 'sample must be a square picture, [side, side, channels], but is [32, 64, 3]'],
    [{ filters: 0 }, 'filters must be a whole number of at least 1, but is 0'],
    [{ classes: 2 }, /^fastgan(Generator|Discriminator|Decoder) has no option 'classes'; it takes sample, /],
  ] as const)('refuses %j', (wrong, sentence) => {
    const options = { sample: [32, 32, 3], ...wrong } as Parameters<typeof fastganDiscriminator>[0];
    const error = typeof sentence === 'string' ? new TypeError(sentence) : sentence;
    expect(() => fastganGenerator({ ...options, latents: 2 })).toThrow(error);
    expect(() => fastganDiscriminator(options)).toThrow(error);
    expect(() => fastganDecoder({ ...options, fine: [16, 16, 4], coarse: [8, 8, 8] })).toThrow(error);
  });

  it('refuses to decode maps of other sides than those of the judge', () => {
    expect(() => fastganDecoder({ sample: [32, 32, 3], fine: [8, 8, 4], coarse: [8, 8, 8] })).toThrow(
      new TypeError('fine must be a map [16, 16, channels], but is [8, 8, 4]'),
    );
    expect(() => fastganDecoder({ sample: [32, 32, 3], fine: [16, 16, 4], coarse: [4] })).toThrow(
      new TypeError('coarse must be a map [8, 8, channels], but is [4]'),
    );
  });

  it('cuts maps into quarters, row by row, and puts them together again', () => {
    tidy(() => {
      // 0 1 / 2 3, and 4 5 / 6 7, with two channels: the second is 10 more.
      const maps = tensor(
        Array.from({ length: 16 }, (_, i) => Math.floor(i / 2) + 10 * (i % 2)),
        [2, 2, 2, 2],
      );
      const apart = quartersApart().apply(maps) as Tensor;
      expect(apart.shape).toEqual([8, 1, 1, 2]);
      expect(Array.from(apart.dataSync())).toEqual([0, 10, 1, 11, 2, 12, 3, 13, 4, 14, 5, 15, 6, 16, 7, 17]);
      const large = tensor(
        Array.from({ length: 144 }, (_, i) => i),
        [3, 6, 4, 2],
      );
      const again = quartersTogether().apply(quartersApart().apply(large) as Tensor) as Tensor;
      expect(again.shape).toEqual([3, 6, 4, 2]);
      expect(Array.from(again.dataSync())).toEqual(Array.from({ length: 144 }, (_, i) => i));
      expect(quartersApart().computeOutputShape([null, 6, 4, 2])).toEqual([null, 3, 2, 2]);
      expect(() => quartersApart().computeOutputShape([1, 3, 4, 1])).toThrow(
        new TypeError('a map has quarters if its sides are even, but they are 3 and 4'),
      );
    });
  });

  it('refuses to gate an odd number of channels, and with what it does not know', () => {
    expect(() => gatedLinearUnit().computeOutputShape([1, 3])).toThrow(
      new TypeError('gatedLinearUnit wants an even number of channels, but there are 3'),
    );
    const relu = { filters: 1, kernelSize: 3, activation: 'relu' } as never;
    expect(() => gatedConv2d(relu)).toThrow(
      new TypeError("activation must be one of 'linear', 'elu', 'leakyReLU', but is 'relu'"),
    );
  });
});
