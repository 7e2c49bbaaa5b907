import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { equalizedConv2d } from '../layers/equalized-conv2d.js';
import { fading } from '../layers/fading.js';
import type { Growth } from './growth.js';

/**
 * The picture of a generator that grows, from its maps, coarsest first: a convolution of 1 x 1 from the finest, and while
 * that fades in, from the one before too, whose picture is doubled by repeating each place.
 *
 * @returns `[batch, side, side, channels]`
 */
export function growingPicture(maps: readonly SymbolicTensor[], { sides, channels, fade }: Growth): SymbolicTensor {
  const pictured = (back: number): SymbolicTensor =>
    chain(
      maps.at(-back)!,
      equalizedConv2d({ filters: channels, kernelSize: 1, name: `map${sides.at(-back)}.picture` }),
    );
  const own = pictured(1);
  if (fade === 0) return own;
  const before = chain(pictured(2), layers.upSampling2d({ size: [2, 2] }));
  return chain([own, before], fading({ name: `map${sides.at(-1)}.fade` }));
}
