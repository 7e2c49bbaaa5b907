import { assertCount } from '@gan/core';
import { add, expandDims, matMul, sin, type Tensor2D, tensor2d, tile } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';

/** Options of `coordinateFeatures`. */
export interface CoordinateFeaturesOptions {
  /** Places along each side of a square. */
  readonly side: number;
  /** Numbers for each place. */
  readonly features: number;
}

/**
 * Learned Fourier features of where each place of a square lies, the same for every sample; of what the layer is given only
 * the size of the batch counts,
 *
 *     y = sin(x W + b),    x = (across, down) from -1 to 1,   W uniform in +-3 / sqrt(2) at the start, b zeros
 *
 * @returns A layer from `[batch, ...]` to `[batch, side^2, features]`, row by row.
 * @see Anokhin et al. (2021), arXiv:2011.13775, section 3.1; Tancik et al. (2020), arXiv:2006.10739.
 */
export const coordinateFeatures = defineLayer<CoordinateFeaturesOptions, 'kernel' | 'bias'>({
  name: 'CoordinateFeatures',
  options: { side: assertCount, features: assertCount },
  weights: (_, { features }) => ({
    kernel: {
      shape: [2, features],
      initializer: initializers.randomUniform({ minval: -3 / Math.SQRT2, maxval: 3 / Math.SQRT2 }),
    },
    bias: { shape: [features], initializer: initializers.zeros() },
  }),
  shape: ([given], { side, features }) => [given![0]!, side ** 2, features],
  call: ({ inputs: [x], weights: { kernel, bias }, options: { side } }) => {
    const at = (place: number): number => (side === 1 ? 0 : (2 * place) / (side - 1) - 1);
    const places = Array.from({ length: side ** 2 }, (_, i): [number, number] => [
      at(i % side),
      at(Math.floor(i / side)),
    ]);
    const features = sin(add(matMul(tensor2d(places), kernel as Tensor2D), bias));
    return tile(expandDims(features, 0), [x!.shape[0]!, 1, 1]);
  },
});
