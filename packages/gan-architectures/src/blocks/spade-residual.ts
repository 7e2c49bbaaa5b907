import { assertCount, assertKnownOptions } from '@gan/core';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { conditionalNormalization } from './conditional-normalization.js';
import { kernels } from './kernels.js';

/** Options of `spadeResidual`. */
export interface SpadeResidualOptions {
  /** The picture or map that tells each place what it is, `[batch, height, width, channels]`. */
  readonly condition: SymbolicTensor;
  /** Channels of the result. */
  readonly filters: number;
  /** That of its layers starts with it, as in `<name>.first`. */
  readonly name: string;
  /** The norm before each scale and offset; `'batch'`, unless said, as in the paper. */
  readonly norm?: 'batch' | 'instance' | 'none';
  /** Channels between the condition and its scales and offsets; 128, unless said, as in the paper. */
  readonly hidden?: number;
  /** Divides the kernels of the block's own convolutions by their largest singular value; true, unless said, as in the paper. */
  readonly spectral?: boolean;
}

/**
 * The residual block of SPADE, each of whose convolutions of a map comes after a norm that a picture or map tells its scales and
 * offsets, and a leaky ReLU of 0.2:
 *
 *     y = conv(lrelu(spade(conv(lrelu(spade(x)))))) + 1 x 1(spade(x))
 *
 * with as many channels between as the fewer of both ends have. Where the channels stay, x is added as it is.
 *
 * @returns A map of the sides of x with `filters` channels.
 * @throws TypeError if the condition is no map that fits, or an option is out of range.
 * @see Park et al. (2019), arXiv:1903.07291, figure 4 and appendix A.
 */
export function spadeResidual(x: SymbolicTensor, options: SpadeResidualOptions): SymbolicTensor {
  assertKnownOptions('spadeResidual', options, ['condition', 'filters', 'name', 'norm', 'hidden', 'spectral']);
  const { condition, filters, name, norm = 'batch', hidden = 128, spectral = true } = options;
  assertCount('filters', filters);
  const { conv2d } = kernels(spectral);
  const told = (map: SymbolicTensor, part: string) =>
    conditionalNormalization(map, { condition, norm, hidden, name: `${name}.${part}` });
  const convolved = (map: SymbolicTensor, to: number, part: string) =>
    chain(
      told(map, part),
      layers.leakyReLU({ alpha: 0.2 }),
      conv2d({ filters: to, kernelSize: 3, gain: Math.SQRT2, name: `${name}.${part}` }),
    );
  const channels = x.shape.at(-1)!;
  const main = convolved(convolved(x, Math.min(channels, filters), 'first'), filters, 'second');
  if (channels === filters) return chain([x, main], layers.add());
  const skip = chain(told(x, 'skip'), conv2d({ filters, kernelSize: 1, useBias: false, name: `${name}.skip` }));
  return chain([skip, main], layers.add());
}
