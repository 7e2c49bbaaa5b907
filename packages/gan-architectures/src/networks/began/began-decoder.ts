import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { kernels } from '../../blocks/kernels.js';
import { beside, chain, flat } from '../../chain.js';
import { beganConvolutions } from './began-convolutions.js';
import type { BeganShape } from './began-shape.js';

const { conv2d, dense } = kernels(false);

/** Places repeated, to `times` the sides. */
const larger = (times: number, name: string) => layers.upSampling2d({ size: [times, times], name });

/**
 * From a code to a picture: a dense layer to 8 x 8, convolutions with ELU, and places that are repeated to double the side; a
 * convolution to the picture. With `skips`, each doubled map has the first one beside it, as large.
 *
 * Layers are named `<prefix>start`, `<prefix>map8.1`, ..., `<prefix>picture`.
 */
export function beganDecoder(
  code: SymbolicTensor,
  { sides, channels, filters, repeats, fade }: BeganShape,
  { prefix, skips }: { readonly prefix: string; readonly skips: boolean },
): SymbolicTensor {
  const start = chain(
    flat(code),
    dense({ units: 64 * filters, name: `${prefix}start` }),
    layers.reshape({ targetShape: [8, 8, filters] }),
  );
  const finest = sides.reduce((map, side, k) => {
    const name = `${prefix}map${side}`;
    const up = k === 0 ? map : chain(map, larger(2, `${name}.up`));
    const all = k > 0 && skips ? beside(up, chain(start, larger(2 ** k, `${name}.first`))) : up;
    return beganConvolutions(all, { filters, repeats, fade, name });
  }, start);
  return chain(finest, conv2d({ filters: channels, kernelSize: 3, name: `${prefix}picture` }));
}
