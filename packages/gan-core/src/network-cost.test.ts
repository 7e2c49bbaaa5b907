import '@tensorflow/tfjs-backend-cpu';
import { memory } from '@tensorflow/tfjs-core';
import { type layers as Layers, layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { layersNetwork } from './layers-network.js';
import { networkCost } from './network-cost.js';

const image = [4, 4, 2] as const;
const costOf = (...through: Layers.Layer[]) =>
  networkCost(
    layersNetwork({
      inputs: { sample: image },
      outputs: { features: 'features' },
      model: () => sequential({ layers: [layers.inputLayer({ inputShape: [...image] }), ...through] }),
    }),
  );

describe('networkCost', () => {
  it.each([
    // 4 x 4 positions, 3 x 3 x 2 products for each of 5 channels: 16 * 18 * 5 = 1440; 18 * 5 + 5 numbers.
    ['a convolution', () => layers.conv2d({ filters: 5, kernelSize: 3, padding: 'same' }), 95, 0, 1440],
    // 2 x 2 positions; the same filter.
    ['one with strides', () => layers.conv2d({ filters: 5, kernelSize: 3, strides: 2, padding: 'same' }), 95, 0, 360],
    // Each of the 4 x 4 x 2 numbers is spread over 4 x 4 x 3.
    [
      'a transposed one',
      () => layers.conv2dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: 'same' }),
      99,
      0,
      1536,
    ],
    // 4 x 4 x 2 results of 9 products; times two more filters for each channel.
    ['a depthwise one', () => layers.depthwiseConv2d({ kernelSize: 3, padding: 'same', useBias: false }), 18, 0, 288],
    // For each of 16 positions 2 x 7.
    ['a dense layer at each place', () => layers.dense({ units: 7 }), 21, 0, 224],
    // Scale and offset learn, mean and variance follow; nothing is multiplied by a matrix.
    ['batch norm', () => layers.batchNormalization(), 4, 4, 0],
  ] as const)('counts %s', async (_, layer, parameters, state, multiplyAdds) => {
    const before = memory().numTensors;
    expect(await costOf(layer())).toEqual({ parameters, state, multiplyAdds });
    expect(memory().numTensors).toBe(before);
  });
});
