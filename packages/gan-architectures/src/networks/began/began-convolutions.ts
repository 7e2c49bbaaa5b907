import type { Network, Ports } from '@gan/core';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { fadedByStep } from '../../blocks/faded-by-step.js';
import { kernels } from '../../blocks/kernels.js';
import { chain } from '../../chain.js';
import { fading } from '../../layers/fading.js';
import type { BeganShape } from './began-shape.js';

const { conv2d } = kernels(false);

/** A convolution of 3 x 3 with ELU. */
export const beganConvolution = (filters: number, name: string, strides: 1 | 2 = 1): readonly layers.Layer[] => [
  conv2d({ filters, kernelSize: 3, strides, name }),
  layers.elu({ name: `${name}.elu` }),
];

/** Convolutions of one side. */
interface Convolutions {
  readonly filters: number;
  readonly repeats: number;
  readonly fade: number;
  readonly name: string;
}

/**
 * Convolutions that keep the side, named `<name>.1`, `<name>.2`, ..., with residuals that vanish, if `fade` says so,
 *
 *     y = carry x + (1 - carry) elu(conv(x))        with  carry = max(0, 1 - step / fade)
 *
 * where x has as many channels.
 *
 * @see Berthelot, Schumm, Metz (2017), arXiv:1703.10717, section 3.5.1.
 */
export const beganConvolutions = (x: SymbolicTensor, { filters, repeats, fade, name }: Convolutions): SymbolicTensor =>
  Array.from({ length: repeats }, (_, k) => `${name}.${k + 1}`).reduce((map, each) => {
    const own = chain(map, ...beganConvolution(filters, each));
    if (fade === 0 || map.shape.at(-1) !== filters) return own;
    return chain([own, map], fading({ name: `${each}.fade` }));
  }, x);

/** A network whose residuals vanish by the number of the step, those of `<prefix>map<side>.<k>` for each prefix. */
export const vanishing = <I extends Ports, O extends Ports>(
  network: Network<I, O>,
  { sides, repeats, fade }: BeganShape,
  parts: readonly { readonly prefix: string; readonly skips: boolean }[],
): Network<I, O> =>
  parts
    .flatMap(({ prefix, skips }) =>
      sides.flatMap((side, level) =>
        Array.from({ length: repeats }, (_, k) => `${prefix}map${side}.${k + 1}.fade`).slice(
          skips && level > 0 ? 1 : 0,
        ),
      ),
    )
    .reduce((all, layer) => fadedByStep(all, fade, layer), network);
