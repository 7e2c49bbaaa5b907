import { add, mul, sub } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';

/**
 * Goes over from one map to another,
 *
 *     y = going + share (coming - going)
 *
 * by a share that is not trained: it is the layer's state, 0 at the start, and set from outside.
 *
 * @returns A layer from `[coming, going]`, of one shape, to the same.
 * @see Karras et al. (2018), arXiv:1710.10196, figure 2.
 */
export const fading = defineLayer<{}, 'share'>({
  name: 'Fading',
  options: {},
  weights: () => ({ share: { shape: [], initializer: initializers.zeros(), trainable: false } }),
  call: ({ inputs: [coming, going], weights: { share } }) => add(going!, mul(sub(coming!, going!), share)),
});
