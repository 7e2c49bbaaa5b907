import '@tensorflow/tfjs-backend-cpu';
import { type Network, networkCost, random } from '@gan/core';
import { setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { r3ganDiscriminator } from './r3gan-discriminator.js';
import { r3ganGenerator } from './r3gan-generator.js';

const sample = [16, 16, 3] as const;
const narrow = { sample, filters: 8, widest: 16, perGroup: 4 } as const;

/** The deviation of each parameter at the start. */
function deviations(network: unknown): Readonly<Record<string, number>> {
  const { parameters, state } = (network as Network).init(random(1));
  const deviation = (of: Tensor) => Math.sqrt(Array.from(of.dataSync()).reduce((sum, x) => sum + x * x, 0) / of.size);
  const found = Object.fromEntries(Object.entries(parameters).map(([name, of]) => [name, deviation(of)]));
  for (const one of [...Object.values(parameters), ...Object.values(state)]) one.dispose();
  return found;
}

describe('R3GAN', () => {
  beforeAll(() => setBackend('cpu'));

  it('starts with blocks that are the identity, and the rest as wide as keeps the variance of 6 blocks', () => {
    const found = deviations(r3ganGenerator({ ...narrow, latents: 5 }));
    // sqrt(2 / 1.04) 6^(-1 / 4) = 0.8861, over sqrt(16) inputs and sqrt(9 x 4) inputs; 512 and 1,152 numbers, five deviations.
    expect(Math.abs(found['map4.block1.first/kernel']! / (0.8861 / 4) - 1)).toBeLessThan(5 / Math.sqrt(2 * 512));
    expect(Math.abs(found['map4.block1.second/kernel']! / (0.8861 / 6) - 1)).toBeLessThan(5 / Math.sqrt(2 * 1152));
    for (const name of ['first/bias', 'second/bias', 'third/kernel']) expect(found[`map16.block2.${name}`]).toBe(0);
    // 16 x 4 x 4 numbers of variance 1.
    expect(Math.abs(found['basis/constant']! - 1)).toBeLessThan(5 / Math.sqrt(2 * 256));
  });

  it('has the directions of classes as small as make a score of their number', () => {
    const found = deviations(r3ganDiscriminator({ ...narrow, classes: 9 }));
    // 1 / sqrt(9 classes x 16 features), of 144 numbers.
    expect(Math.abs(found['classes/kernel']! * 12 - 1)).toBeLessThan(5 / Math.sqrt(2 * 144));
  });

  it('counts the products of its groups alone', async () => {
    const { multiplyAdds } = await networkCost(
      r3ganDiscriminator({ sample: [8, 8, 3], filters: 4, perGroup: 4, blocks: 1 }) as unknown as Network,
    );
    // At 8 x 8: 64 places of 3 x 4, 4 x 8, 8 filters of 3 x 3 x 4, 8 x 4; at 4 x 4: 4 x 4 filters of 4, of which 16 places of 4 x 8,
    // 8 x 16, 16 filters of 3 x 3 x 4, 16 x 8; 8 filters of 4 x 4; 8 to the score.
    const fine = 64 * (3 * 4 + 4 * 8 + 8 * 36 + 8 * 4);
    const coarse = 16 * (4 * 16 + 4 * 8 + 8 * 16 + 16 * 36 + 16 * 8) + 8 * 16 + 8;
    expect(multiplyAdds).toBe(fine + coarse);
  });

  it.each([
    [
      'groups that do not divide',
      { sample, filters: 20 },
      'perGroup must divide the 2 x 20 channels inside of a block, but is 16',
    ],
    ['a side between', { sample: [24, 24, 3] }, 'the side of a picture must be a power of two from 8 on, but is 24'],
    ['no blocks', { sample, blocks: 0 }, 'blocks must be a whole number of at least 1, but is 0'],
    ['an unknown option', { sample, cardinality: 96 }, /cardinality/],
  ] as const)('refuses %s', (_, given, sentence) => {
    const options = given as { readonly sample: readonly [number, number, number] };
    for (const make of [() => r3ganDiscriminator(options), () => r3ganGenerator({ ...options, latents: 5 })]) {
      expect(make).toThrow(TypeError);
      expect(make).toThrow(sentence);
    }
  });
});
