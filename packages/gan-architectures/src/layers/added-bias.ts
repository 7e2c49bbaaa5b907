import { add } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';

/**
 * Adds a learned number to each channel, from 0 on, where something comes between a convolution and its bias.
 *
 * @returns A layer from `[batch, ..., channels]` to the same.
 */
export const addedBias = defineLayer<{}, 'bias'>({
  name: 'AddedBias',
  options: {},
  weights: ([shape]) => ({ bias: { shape: [shape!.at(-1)!], initializer: initializers.zeros() } }),
  call: ({ inputs: [x], weights: { bias } }) => add(x!, bias),
});
