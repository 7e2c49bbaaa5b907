import '@tensorflow/tfjs-backend-cpu';
import { random, type TrainedNetwork } from '@gan/core';
import { memory, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { stylegan2Mapping } from './stylegan2-mapping.js';
import { truncatedStyles } from './truncated-styles.js';

const network = stylegan2Mapping({ sample: [8, 8, 3], latents: 3, width: 2, layers: 1 });

describe('truncatedStyles', () => {
  it('draws the styles of the first layers towards the average, leaves the others, and leaves nothing behind', () => {
    const before = memory().numTensors;
    const fresh = network.init(random(1));
    tidy(() => {
      const average = tensor([10, -10]);
      const weights = { parameters: fresh.parameters, state: { 'styles/average': average } };
      const mapping: TrainedNetwork<typeof network.inputs, typeof network.outputs, 'latents'> = {
        network,
        weights,
        drawn: { latents: { normal: [3] } },
      };
      const latents = random(2).normal([4, 3]);
      const stylesOf = (trained: typeof mapping) =>
        Array.from(
          trained.network.apply(weights, { latents }, { training: false, random: random(3) }).outputs.styles.dataSync(),
        );
      const plain = stylesOf(mapping);
      // Four layers of two numbers; those of the first three are truncated.
      const truncated = stylesOf(truncatedStyles(mapping, { psi: 0.25, layers: 3 }));
      for (const [i, value] of plain.entries()) {
        const middle = i % 2 === 0 ? 10 : -10;
        expect(truncated[i]).toBeCloseTo(i % 8 < 6 ? middle + 0.25 * (value - middle) : value, 5);
      }
      expect(stylesOf(truncatedStyles(mapping, { psi: 1 }))).toEqual(plain.map((value) => expect.closeTo(value, 4)));
    });
    for (const tensor of [...Object.values(fresh.parameters), ...Object.values(fresh.state)]) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('refuses what is no share, and a network that keeps no average', () => {
    const mapping = { network, weights: { parameters: {}, state: {} }, drawn: {} };
    expect(() => truncatedStyles(mapping, { psi: Number.NaN })).toThrow(TypeError);
    expect(() => truncatedStyles(mapping, { psi: 0.5 })).toThrow(
      new TypeError('truncatedStyles takes a mapping that keeps the average of its styles'),
    );
  });
});
