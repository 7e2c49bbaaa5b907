import { assertCount } from '@gan/core';
import { depthToSpace, type Tensor4D } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';

/** Options of `pixelShuffle`. */
export interface PixelShuffleOptions {
  /** How many times the sides of the map grow. */
  readonly factor: number;
}

/**
 * Lays the channels of each place out as a square of places: `factor^2` channels less, `factor` times the sides. Channel
 * `(row * factor + column) * channels + c` of a place becomes channel c at that row and column of its square.
 *
 * Unlike PyTorch's, which goes through the channels of the result first, then rows and columns.
 *
 * @returns A layer from `[batch, height, width, factor^2 channels]` to `[batch, factor height, factor width, channels]`.
 * @see Shi et al. (2016), arXiv:1609.05158, equation 4.
 */
export const pixelShuffle = defineLayer<PixelShuffleOptions>({
  name: 'PixelShuffle',
  options: { factor: assertCount },
  shape: ([map], { factor }) => {
    const [batch, height, width, channels] = map!;
    if (!Number.isSafeInteger(factor) || factor < 1 || channels! % factor ** 2 !== 0)
      throw new TypeError(
        `factor must be a whole number whose square divides the ${channels} channels, but is ${factor}`,
      );
    const larger = (side: number | null | undefined) => (side == null ? null : factor * side);
    return [batch!, larger(height), larger(width), channels! / factor ** 2];
  },
  // TensorFlow.js has no square of one place.
  call: ({ inputs: [x], options: { factor } }) => (factor === 1 ? x! : depthToSpace(x as Tensor4D, factor)),
});
