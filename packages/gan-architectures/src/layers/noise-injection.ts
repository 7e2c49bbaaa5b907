import { layerRandom } from '@gan/core';
import { add, mul } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { defineLayer } from './define-layer.js';
import { oneOf, optional } from './option-check.js';

/** Options of `noiseInjection`. */
export interface NoiseInjectionOptions {
  /** Learns a strength for each channel, as in StyleGAN, in place of one for all, as in StyleGAN2. False unless said. */
  readonly perChannel?: boolean;
}

/**
 * Noise with a strength that is learned: one normal number for each place of a map, the same for its channels,
 *
 *     y = x + strength * noise,     noise [batch, height, width, 1]
 *
 * The strength starts at 0, one number for all channels unless said. The noise is drawn anew for each batch, in inference too,
 * from the stream that the network is applied with.
 *
 * @returns A layer from `[batch, height, width, channels]` to the same.
 * @see Karras et al. (2019), arXiv:1812.04948, section 2; Karras et al. (2020), arXiv:1912.04958, section 2.1.
 */
export const noiseInjection = defineLayer<NoiseInjectionOptions, 'strength'>({
  name: 'NoiseInjection',
  options: { perChannel: optional(oneOf(true, false)) },
  weights: ([shape], { perChannel = false }) => ({
    strength: { shape: perChannel ? [shape![3]!] : [], initializer: initializers.zeros() },
  }),
  call: ({ inputs: [x], weights: { strength } }) => {
    const [batch = 1, height = 1, width = 1] = x!.shape;
    return add(x!, mul(layerRandom().normal([batch, height, width, 1]), strength));
  },
});
