import { eye, matMul, reshape, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { inScopes, withWeights } from '../../network.fixture.js';
import { bigganDeepDiscriminator } from './biggan-deep-discriminator.js';
import { bigganDeepGenerator } from './biggan-deep-generator.js';
import { bigganDiscriminator } from './biggan-discriminator.js';
import { bigganGenerator } from './biggan-generator.js';
import { biggan, bigganDeep, bigganDeepDown, bigganDown, bigganUp } from './biggan-table.js';

const picture = { sample: [28, 28, 1], filters: 1 } as const;

describe('BigGAN', () => {
  inScopes();

  it.each([
    [128, [64, 192], [64, 96], [64, 256], [64, 256]],
    [256, [128, 192], [64, 192], [64, 512], [64, 512]],
    [512, [64, 384], [64, 192], [64, 512], [64, 512]],
  ] as const)('attends at %i where the tables of the paper have it, with their channels', (side, ...wanted) => {
    const sample = [side, side, 3];
    const found = [
      bigganUp(sample, {}, biggan),
      bigganDown(sample, {}, biggan),
      bigganUp(sample, {}, bigganDeep),
      bigganDeepDown(sample, {}, bigganDeep),
    ];
    expect(found.map(({ attending }) => [attending?.side, attending?.filters])).toEqual(wanted);
    expect(bigganUp(sample, { attention: 'none' }, biggan).attending).toBeUndefined();
  });

  it('starts with kernels at right angles, and divides all but the rows of a generator by their largest singular value', () => {
    withWeights(bigganGenerator({ ...picture, latents: 6, classes: 3, embedding: 4 }), ({ parameters, state }) => {
      const kernel = reshape(parameters['block1.first/kernel']!, [-1, 4]) as Tensor2D;
      const wanted = eye(4).dataSync();
      for (const [i, value] of matMul(kernel, kernel, true).dataSync().entries())
        expect(value).toBeCloseTo(wanted[i]!, 5);
      const kernels = Object.keys(parameters).filter((name) => name.endsWith('/kernel'));
      const bare = kernels.filter((name) => !(name.replace('/kernel', '/u') in state));
      expect(bare).toEqual(['classes/kernel']);
    });
    withWeights(bigganDiscriminator({ ...picture, classes: 3 }), ({ parameters, state }) => {
      const kernels = Object.keys(parameters).filter((name) => name.endsWith('/kernel'));
      expect(kernels.filter((name) => !(name.replace('/kernel', '/u') in state))).toEqual([]);
    });
  });

  it.each([
    [{ sample: [48, 48, 3] }, 'the side of a picture must be one of 28, 32, 64, 128, 256, 512, but is 48'],
    [{ filters: 0 }, 'filters must be a whole number of at least 1, but is 0'],
    [{ filters: 2, attention: 5 }, /^attention must be the side of a map, one of .*, but is 5$/],
    [{ attention: 14 }, 'attention wants a map whose channels are a multiple of 8, but they are 4'],
    [{ spectral: false }, /^bigganDeep(Generator|Discriminator) has no option 'spectral'; it takes sample, /],
  ] as const)('refuses networks of %j', (wrong, sentence) => {
    const options = { ...picture, ...wrong } as Parameters<typeof bigganDiscriminator>[0];
    const error = (name: string) =>
      typeof sentence === 'string' ? new TypeError(sentence) : new RegExp(sentence.source.replace(/bigganDeep/, name));
    expect(() => bigganGenerator({ ...options, latents: 6 })).toThrow(error('biggan'));
    expect(() => bigganDiscriminator(options)).toThrow(error('biggan'));
    expect(() => bigganDeepGenerator({ ...options, latents: 6 })).toThrow(error('bigganDeep'));
    expect(() => bigganDeepDiscriminator(options)).toThrow(error('bigganDeep'));
  });

  it('refuses latents that do not split, rows of no width, and maps without quarters', () => {
    expect(() => bigganGenerator({ ...picture, latents: [8] })).toThrow(
      new TypeError('latents must be a multiple of 3, a chunk for the start and one for each block, but are 8'),
    );
    for (const factory of [bigganGenerator, bigganDeepGenerator])
      expect(() => factory({ ...picture, latents: 6, classes: 3, embedding: 0 })).toThrow(
        new TypeError('embedding must be a whole number of at least 1, but is 0'),
      );
    const odd = { sample: [128, 128, 3], filters: 1, attention: 'none' } as const;
    expect(() => bigganDeepGenerator({ ...odd, latents: 2 })).toThrow(
      new TypeError('filters must give maps whose channels are multiples of 4, but one of side 64 has 2'),
    );
    expect(() => bigganDeepDiscriminator({ sample: [64, 64, 3], filters: 1 })).toThrow(
      new TypeError('filters must give maps whose channels are multiples of 4, but one of side 32 has 2'),
    );
  });
});
