import { patchDiscriminator } from '@gan/architectures';
import { gradients, random } from '@gan/core';
import { square, sum } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { engines, inScopesOn } from './engines.fixture.js';
import golden from './golden/patch.json' with { type: 'json' };
import { parametersOf } from './parameters-of.fixture.js';
import { expectStored, pictures, type Stored, storedWeights, type Table } from './stored.fixture.js';

/** Judges of patches with the weights of PyTorch's modules (tools/goldens/patch.py). */

interface Case {
  readonly parameters: Table;
  readonly state: Table;
  readonly score: Stored;
  readonly slope: Stored;
  readonly penalty: number;
  readonly penaltySlope: Stored;
}
const cases = golden.cases as unknown as Readonly<Record<keyof typeof golden.cases, Case>>;
const mode = { training: true, random: random(2) };

for (const { title, options, tolerance, there } of engines)
  describe.skipIf(!there)(`judges of patches on ${title}`, () => {
    inScopesOn(options);
    const within = Math.max(tolerance, title.endsWith('float64') ? 1e-6 : 1e-4);

    it.each(Object.keys(cases) as (keyof typeof cases)[])(
      'give the scores of PyTorch, and slopes to second order, with %s norm',
      (normalization) => {
        const wanted = cases[normalization];
        const network = patchDiscriminator({ sample: [16, 16, 3], filters: 2, layers: 2, normalization });
        const weights = storedWeights(network, wanted);
        const sample = pictures([2, 16, 16, 3]);
        const score = () => network.apply(weights, { sample }, mode).outputs.score;
        expectStored(score(), wanted.score, within);
        const slope = () => gradients(() => sum(square(score())), [sample]).gradients[0]!;
        expectStored(slope(), wanted.slope, within, golden.stride);
        const first = Object.entries(weights.parameters).find(([name]) => /^map1.*kernel$/.test(name))![1];
        const { value, gradients: slopes } = gradients(() => sum(square(slope())), [first]);
        expect(Math.abs(value.dataSync()[0]! / wanted.penalty - 1)).toBeLessThan(within);
        expectStored(slopes[0]!, wanted.penaltySlope, within);
      },
    );
  });

describe('judges of patches', () => {
  it('have as many parameters as the authors’ at the paper’s size', () => {
    // 2.769 million, as pix2pix prints; 2.765 million for CycleGAN's three channels, which has biases in place of scales.
    const pairs = parametersOf(patchDiscriminator({ sample: [256, 256, 6] }));
    expect(pairs).toBe(golden.parameters.pairs);
    expect(pairs).toBe(2_768_705);
    const single = parametersOf(patchDiscriminator({ sample: [256, 256, 3], normalization: 'spectral' }));
    expect(single).toBe(golden.parameters.spectral);
    expect(single).toBe(2_764_737);
  });

  it('refuse pictures of which nothing is left', () => {
    expect(() => patchDiscriminator({ sample: [16, 64, 3] })).toThrow(
      new TypeError('sample must be a picture of at least 24 pixels a side, but is [16, 64, 3]'),
    );
    expect(() => patchDiscriminator({ sample: [64] })).toThrow(/^sample must be a picture of at least 24 pixels/);
  });
});
