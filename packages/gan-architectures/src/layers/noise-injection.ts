import { add, mul, randomNormal } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';

/**
 * Noise with a strength that is learned: one normal number for each place of a map, the same for its channels,
 *
 *     y = x + strength * noise,     noise [batch, height, width, 1]
 *
 * The strength starts at 0, one number for all channels, as in StyleGAN2. The noise is drawn anew for each batch, in
 * inference too, from the stream that the network is applied with.
 *
 * @returns A layer from `[batch, height, width, channels]` to the same.
 * @see Karras et al. (2019), arXiv:1812.04948, section 2; Karras et al. (2020), arXiv:1912.04958, section 2.1.
 */
export const noiseInjection = defineLayer<{}, 'strength'>({
  name: 'NoiseInjection',
  options: {},
  weights: () => ({ strength: { shape: [], initializer: initializers.zeros() } }),
  call: ({ inputs: [x], weights: { strength } }) => {
    const [batch = 1, height = 1, width = 1] = x!.shape;
    return add(x!, mul(randomNormal([batch, height, width, 1], 0, 1, 'float32', Math.random() * 2 ** 31), strength));
  },
});
