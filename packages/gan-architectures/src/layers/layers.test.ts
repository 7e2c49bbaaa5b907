import '@tensorflow/tfjs-backend-cpu';
import { ones, serialization, type Tensor, tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { attention } from './attention.js';
import { batchStandardization } from './batch-standardization.js';
import { equalizedConv2d } from './equalized-conv2d.js';
import { equalizedDense } from './equalized-dense.js';
import { filteredDownsampling, filteredUpsampling, filtering } from './filtered-resampling.js';
import { groupNormalization } from './group-normalization.js';
import { groupedConv2d } from './grouped-conv2d.js';
import { modulatedConv2d } from './modulated-conv2d.js';
import { modulation } from './modulation.js';
import { noiseInjection } from './noise-injection.js';
import { partialConv2d, partialMask } from './partial-conv2d.js';
import { pixelShuffle } from './pixel-shuffle.js';
import { registerLayers } from './register-layers.js';

const applied = (layer: layers.Layer, ...inputs: Tensor[]): Tensor =>
  layer.apply(inputs.length === 1 ? inputs[0]! : inputs) as Tensor;
const values = (of: Tensor): number[] => Array.from(of.dataSync());

describe('layers', () => {
  it('come back from their configuration once they are registered', () => {
    registerLayers();
    const layer = modulatedConv2d({ filters: 4, kernelSize: 3, up: 2, name: 'grow' });
    const { classNameMap } = serialization.SerializationMap.getMap();
    const [make, from] = classNameMap[layer.getClassName()]!;
    expect(from(make, layer.getConfig()).getConfig()).toEqual(layer.getConfig());
  });

  it('equalised: weights of variance 1 act like He initialisation, whatever the width', () => {
    tidy(() => {
      const x = ones([1, 400]);
      const y = applied(equalizedDense({ units: 2000 }), x);
      // Each result is a sum of 400 normal numbers over sqrt(400): variance 1, known to 3 % from 2,000 of them; 5 deviations.
      const variance = values(y).reduce((sum, value) => sum + value ** 2, 0) / 2000;
      expect(Math.abs(variance - 1)).toBeLessThan(0.16);
      const map = applied(equalizedConv2d({ filters: 500, kernelSize: 3 }), ones([1, 3, 3, 50]));
      const centres = values(map).slice(4 * 500, 5 * 500);
      expect(Math.abs(centres.reduce((sum, value) => sum + value ** 2, 0) / 500 - 1)).toBeLessThan(0.32);
    });
  });

  it('a modulated convolution gives results of one size, whatever the size of the style', () => {
    tidy(() => {
      const layer = modulatedConv2d({ filters: 3, kernelSize: 3 });
      const [x, style] = [ones([1, 4, 4, 2]), tensor([[1, -2]])];
      const [one, other] = [values(applied(layer, x, style)), values(applied(layer, x, tensor([[100, -200]])))];
      for (const [i, value] of one.entries()) expect(other[i]).toBeCloseTo(value, 4);
    });
  });

  it('batch standardisation takes the statistics of the batch in training, and those that moved in inference', () => {
    tidy(() => {
      const layer = batchStandardization({ epsilon: 0 });
      const x = tensor([[1], [5]]);
      // Mean 3, variance 4.
      expect(values(layer.apply(x, { training: true }) as Tensor)).toEqual([-1, 1]);
      const [mean, variance] = layer.getWeights().map((moved) => values(moved)[0]!);
      // 0.9 * 0 + 0.1 * 3, 0.9 * 1 + 0.1 * 4
      expect(mean).toBeCloseTo(0.3, 6);
      expect(variance).toBeCloseTo(1.3, 6);
      const [one, other] = values(layer.apply(x, { training: false }) as Tensor);
      expect(one).toBeCloseTo(0.7 / Math.sqrt(1.3), 5);
      expect(other).toBeCloseTo(4.7 / Math.sqrt(1.3), 5);
    });
  });

  it('filtered resampling keeps a constant, away from the border', () => {
    tidy(() => {
      const large = applied(filteredUpsampling(), ones([1, 4, 4, 1]));
      expect(large.shape).toEqual([1, 8, 8, 1]);
      const small = applied(filteredDownsampling(), ones([1, 8, 8, 1]));
      for (const [map, side] of [
        [large, 8],
        [small, 4],
      ] as const)
        for (let row = 1; row < side - 1; row++)
          for (let column = 1; column < side - 1; column++) expect(values(map)[row * side + column]).toBeCloseTo(1, 6);
    });
  });

  it('noise comes in with a strength of 0, one for all channels of a place', () => {
    tidy(() => {
      const layer = noiseInjection();
      const x = zeros([2, 3, 3, 2]);
      expect(values(applied(layer, x)).every((value) => value === 0)).toBe(true);
      layer.setWeights([tensor(2)]);
      const noisy = values(applied(layer, x));
      // The same for both channels of a place, another at the next.
      expect(noisy[0]).toBe(noisy[1]);
      expect(noisy[0]).not.toBe(noisy[2]);
      expect(values(applied(layer, x))).not.toEqual(noisy);
    });
  });

  it('noise has a strength for each channel if asked', () => {
    tidy(() => {
      const layer = noiseInjection({ perChannel: true });
      applied(layer, zeros([1, 2, 2, 2]));
      layer.setWeights([tensor([0, 3])]);
      const noisy = values(applied(layer, zeros([1, 2, 2, 2])));
      expect(noisy.filter((_, i) => i % 2 === 0)).toEqual([0, 0, 0, 0]);
      expect(new Set(noisy.filter((_, i) => i % 2 === 1)).size).toBe(4);
    });
  });

  it('filters with [1, 2, 1] or [1, 3, 3, 1] along both axes, and keeps the sides', () => {
    tidy(() => {
      const point = tensor(
        Array.from({ length: 25 }, (_, i) => (i === 12 ? 1 : 0)),
        [1, 5, 5, 1],
      );
      const three = values(applied(filtering({ taps: 3 }), point));
      expect(three.slice(10, 15)).toEqual([0, 2, 4, 2, 0].map((tap) => tap / 16));
      expect(three.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
      const four = values(applied(filtering(), point));
      // The filter's middle lies between two places: it reaches one further behind than before.
      for (const [i, tap] of [0, 1, 3, 3, 1].entries()) expect(four[10 + i]).toBeCloseTo((3 * tap) / 64, 6);
    });
  });

  it('a partial convolution of a known picture is an ordinary one in the middle, and 0 where nothing is known', () => {
    tidy(() => {
      const layer = partialConv2d({ filters: 1, kernelSize: 3 });
      const [picture, all, none] = [ones([1, 5, 5, 1]), ones([1, 5, 5, 1]), zeros([1, 5, 5, 1])];
      const whole = values(applied(layer, picture, all));
      const sum = values(layer.getWeights()[0]!).reduce((a, b) => a + b, 0);
      expect(whole[12]).toBeCloseTo(sum, 5);
      layer.setWeights([layer.getWeights()[0]!, tensor([7])]);
      expect(values(applied(layer, picture, none))).toEqual(new Array(25).fill(0));
      // One known place in the middle: the window's 3 x 3 see it.
      const point = tensor(
        Array.from({ length: 25 }, (_, i) => (i === 12 ? 1 : 0)),
        [1, 5, 5, 1],
      );
      expect(values(applied(partialMask({ kernelSize: 3 }), point)).reduce((a, b) => a + b, 0)).toBe(9);
    });
  });

  it('pixelShuffle lays channels out by row, column and channel', () => {
    tidy(() => {
      // Two places of 2 x 2 x 1 channels: each becomes a square.
      const y = applied(pixelShuffle({ factor: 2 }), tensor([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 2, 4]));
      expect(y.shape).toEqual([1, 2, 4, 1]);
      expect(values(y)).toEqual([1, 2, 5, 6, 3, 4, 7, 8]);
      expect(values(applied(pixelShuffle({ factor: 1 }), ones([1, 2, 2, 3])))).toEqual(new Array(12).fill(1));
    });
  });

  it.each([
    [
      'a style of another width',
      () => modulatedConv2d({ filters: 2, kernelSize: 3 }).apply([zeros([1, 4, 4, 3]), zeros([1, 2])]),
      'a style needs a number for each of 3 channels, but has 2',
    ],
    [
      'groups that do not divide',
      () => groupNormalization({ groups: 4 }).apply(zeros([1, 4, 4, 6])),
      'groups must be a whole number that divides the 6 channels, but is 4',
    ],
    [
      'groups that divide the channels alone',
      () => groupedConv2d({ filters: 5, kernelSize: 3, groups: 3 }).apply(zeros([1, 4, 4, 6])),
      'groups must divide the 6 channels and the 5 filters, but is 3',
    ],
    [
      'queries and keys of two widths',
      () =>
        attention().computeOutputShape([
          [1, 4, 4, 2],
          [1, 4, 4, 3],
          [1, 4, 4, 2],
        ]),
      'queries and keys need as many channels, but have 2 and 3',
    ],
    [
      'odd sides to halve',
      () => filteredDownsampling().computeOutputShape([1, 5, 4, 2]),
      'only a map of even sides can be halved, but one is 5',
    ],
    [
      'channels that make no square',
      () => pixelShuffle({ factor: 2 }).computeOutputShape([1, 5, 4, 6]),
      'factor must be a whole number whose square divides the 6 channels, but is 2',
    ],
    [
      'a scale of another width',
      () =>
        modulation().computeOutputShape([
          [1, 4, 4, 2],
          [1, 3],
          [1, 2],
        ]),
      'scale must be [batch, 2] or a map like x, [1,4,4,2], but is [1,3]',
    ],
  ] as const)('refuse %s', (_, body, sentence) => {
    expect(() => void tidy(body as () => Tensor)).toThrow(new TypeError(sentence));
  });
});
