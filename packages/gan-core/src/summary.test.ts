import '@tensorflow/tfjs-backend-cpu';
import { matMul, memory, ones, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { frozen, inSeries, layersNetwork, type Network, networkCost, summary } from './index.js';

/** LeCun et al. (1998), "Gradient-based learning applied to document recognition", with all maps connected to all. */
const lenet = () =>
  layersNetwork({
    inputs: { sample: [28, 28, 1] },
    outputs: { logits: 'logits' },
    model: () =>
      sequential({
        layers: [
          layers.conv2d({ filters: 6, kernelSize: 5, padding: 'same', inputShape: [28, 28, 1], name: 'c1' }),
          layers.averagePooling2d({ poolSize: 2 }),
          layers.conv2d({ filters: 16, kernelSize: 5, name: 'c3' }),
          layers.averagePooling2d({ poolSize: 2 }),
          layers.flatten(),
          layers.dense({ units: 120, name: 'c5' }),
          layers.dense({ units: 84, name: 'f6' }),
          layers.dense({ units: 10, name: 'output' }),
        ],
      }),
  });

const lines = async (network: Network) => (await summary(network)).split('\n');

describe('summary', () => {
  it('has the figures of LeNet-5: 61,706 parameters and 416,520 multiply-adds', async () => {
    const before = memory().numTensors;
    expect(await summary(lenet())).toBe(`\
takes sample 28x28x1; gives logits logits

layer             gives     parameters  multiply-adds
c1                28x28x6          156         117600
AveragePooling2D  14x14x6
c3                10x10x16        2416         240000
AveragePooling2D  5x5x16
Flatten           400
c5                120            48120          48000
f6                84             10164          10080
output            10               850            840
in all                           61706         416520`);
    expect(memory().numTensors).toBe(before);
    expect(await networkCost(lenet())).toEqual({ parameters: 61706, state: 0, multiplyAdds: 416520 });
  });

  it('tells state apart, sees models in models, and counts the weights of a layer that occurs twice once', async () => {
    const network = layersNetwork({
      inputs: { sample: [3] },
      outputs: { features: 'features' },
      model: () => {
        const twice = layers.dense({ units: 3, name: 'twice' });
        const inner = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
        return sequential({
          layers: [
            layers.inputLayer({ inputShape: [3] }),
            twice,
            layers.batchNormalization({ name: 'norm' }),
            twice,
            inner,
          ],
        });
      },
    });
    expect((await lines(network)).slice(2)).toEqual([
      'layer    gives  parameters  state  multiply-adds',
      'twice        3          12                     9',
      'norm         3           6      6',
      'twice        3                                 9',
      // Weights without a name are called by their position: two of `twice` and two of `norm` come before.
      '4 Dense      2           8                     6',
      'in all                  26      6             24',
    ]);
  });

  it('goes through wrappers, and calls weights as the whole network does', async () => {
    const first = layersNetwork({
      inputs: { latents: [2] },
      outputs: { sample: [28, 28, 1] },
      model: () =>
        sequential({
          layers: [
            layers.dense({ units: 784, inputShape: [2], name: 'start' }),
            layers.reshape({ targetShape: [28, 28, 1], name: 'picture' }),
          ],
        }),
    });
    const [, , ...table] = await lines(inSeries(first, frozen(lenet(), { only: ['c1'] })));
    expect(table.slice(0, 4)).toEqual([
      'layer             gives     parameters  state  multiply-adds',
      'first/start       784             2352                  1568',
      'picture           28x28x1',
      'second/c1         28x28x6                 156         117600',
    ]);
    expect(table.at(-1)).toMatch(/^in all +63902 +156 +418088$/);
  });

  it('groups what is not made of layers by what its names begin with', async () => {
    const network: Network<{ sample: readonly [2] }, { features: 'features' }> = {
      inputs: { sample: [2] },
      outputs: { features: 'features' },
      init: () => ({
        parameters: { 'block1.a/kernel': ones([2, 3]), 'block1.b/kernel': ones([3, 4]), block10: ones([5]) },
        state: { 'block1.mean': ones([7]) },
      }),
      apply: ({ parameters, state }, { sample }) => {
        const kernels = [parameters['block1.a/kernel']!, parameters['block1.b/kernel']!];
        return {
          outputs: { features: tidy(() => kernels.reduce<Tensor>((x, kernel) => matMul(x, kernel), sample!)) },
          state,
        };
      },
    };
    expect((await lines(network)).slice(2)).toEqual([
      'layer    parameters  state  multiply-adds',
      'block1           18      7',
      'block10           5',
      'in all           23      7             18',
    ]);
  });
});
