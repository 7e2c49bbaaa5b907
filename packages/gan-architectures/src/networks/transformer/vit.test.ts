import { describe, expect, it } from 'vitest';
import { inScopes, outputShapes, parameters, stateSize } from '../../network.fixture.js';
import { vitDiscriminator } from './vit-discriminator.js';
import { vitGenerator } from './vit-generator.js';

const small = { sample: [8, 8, 3], patch: 4, width: 6, blocks: 2, heads: 2 } as const;

describe('ViTGAN', () => {
  inScopes();

  it('has as many parameters as its layers', () => {
    const dense = (from: number, to: number) => from * to + to;
    // A norm that is told scale and shift; queries, keys, values and what comes of them; a perceptron.
    const told = 2 * dense(6, 6);
    const block = 2 * told + 4 * dense(6, 6) + dense(6, 24) + dense(24, 6);
    const drawing = told + 6 * 6 + dense(2, 6) + dense(6, 6) + dense(6, 3);
    const generator = dense(5, 6) + dense(6, 6) + 4 * 6 + 2 * block + drawing;
    expect(parameters(vitGenerator({ ...small, latents: 5, mapping: 2 }))).toBe(generator);
    // Patches of 8 x 8 see 2 pixels more on each side; queries and keys have one kernel.
    const smooth = 2 * 12 + 3 * dense(6, 6) + dense(6, 24) + dense(24, 6);
    expect(parameters(vitDiscriminator(small))).toBe(dense(8 * 8 * 3, 6) + 6 + 5 * 6 + 2 * smooth + 12 + dense(6, 1));
  });

  it('gives a picture for latents and a score for a picture', () => {
    expect(outputShapes(vitGenerator({ ...small, latents: [5], mapping: 1 }))).toEqual({ sample: [2, 8, 8, 3] });
    expect(outputShapes(vitDiscriminator(small))).toEqual({ score: [2, 1] });
    // Of each of 12 kernels: two vectors, as long as its sides, and the singular value that it started with.
    const kernels = [
      [192, 6],
      ...Array(2)
        .fill([
          [6, 6],
          [6, 6],
          [6, 6],
          [6, 24],
          [24, 6],
        ])
        .flat(),
      [6, 1],
    ] as number[][];
    expect(stateSize(vitDiscriminator(small))).toBe(kernels.reduce((sum, [from, to]) => sum + from! + to! + 1, 0));
  });

  it.each([
    [{ patch: 3 }, 'patch must divide the side 8 of a picture, but is 3'],
    [{ heads: 4 }, 'heads must divide the width 6, but is 4'],
    [{ blocks: 0 }, 'blocks must be a whole number of at least 1, but is 0'],
    [{ sample: [8, 4, 3] }, 'sample must be a square picture, [side, side, channels], but is [8, 4, 3]'],
    [{ depth: 2 }, /^vit(Generator|Discriminator) has no option 'depth'; it takes sample, /],
  ] as const)('refuses %j', (wrong, sentence) => {
    const options = { ...small, ...wrong } as Parameters<typeof vitDiscriminator>[0];
    const error = typeof sentence === 'string' ? new TypeError(sentence) : sentence;
    expect(() => vitGenerator({ ...options, latents: 2 })).toThrow(error);
    expect(() => vitDiscriminator(options)).toThrow(error);
  });

  it('refuses overlaps and mappings that are none', () => {
    expect(() => vitDiscriminator({ ...small, overlap: -1 })).toThrow('overlap must be a whole number of at least 0');
    expect(() => vitGenerator({ ...small, latents: 2, mapping: 0 })).toThrow('mapping must be a whole number');
  });
});
