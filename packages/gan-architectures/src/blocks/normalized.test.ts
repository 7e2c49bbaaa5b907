import { layersNetwork, random, type Weights } from '@gan/core';
import { fill, moments, squeeze, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { input, model } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { inScopes, withWeights } from '../network.fixture.js';
import { adaptivelyNormalized } from './normalized.js';

const network = layersNetwork({
  inputs: { map: [8, 8, 2], style: [3] },
  outputs: { map: [8, 8, 2] },
  model: () => {
    const [map, style] = [input({ shape: [8, 8, 2] }), input({ shape: [3] })];
    return model({ inputs: [map, style], outputs: adaptivelyNormalized(style)(map, 'one') });
  },
});
/** Mean and variance of each map of each sample. */
const spread = (weights: Weights, map: Tensor): number[][] => {
  const inputs = { map, style: random(2).normal([2, 3]) };
  const { outputs } = network.apply(weights, inputs, { training: true, random: random(3) });
  const { mean, variance } = moments(outputs.map, [1, 2]);
  return [mean, variance].map((of) => Array.from(squeeze(of).dataSync()));
};

describe('adaptivelyNormalized', () => {
  inScopes();

  it('gives each map of each sample the mean and the deviation that the style says, whatever the map has', () => {
    withWeights(network, ({ parameters, state }) => {
      // Styles count for nothing, biases for all: scale 2 is a deviation of 3, shift 5 a mean.
      const told = {
        'one.scale/kernel': zeros([3, 2]),
        'one.scale/bias': fill([2], 2),
        'one.shift/kernel': zeros([3, 2]),
        'one.shift/bias': fill([2], 5),
      };
      expect(Object.keys(parameters).sort()).toEqual(Object.keys(told).sort());
      const [means, variances] = spread({ parameters: told, state }, random(4).normal([2, 8, 8, 2]));
      for (const mean of means!) expect(mean).toBeCloseTo(5, 4);
      for (const variance of variances!) expect(variance).toBeCloseTo(9, 3);
    });
  });

  it('tells styles apart from the start on', () => {
    withWeights(network, (weights) => {
      const [means] = spread(weights, random(4).normal([2, 8, 8, 2]));
      expect(new Set(means!.map((mean) => mean.toFixed(4))).size).toBe(4);
    });
  });
});
