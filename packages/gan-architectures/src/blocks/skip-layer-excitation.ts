import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import type { Kernels } from './kernels.js';

/** What excites a map. */
export interface SkipLayerExcitation {
  /** A map of sides that are a multiple of 4. */
  readonly by: SymbolicTensor;
  readonly name: string;
  readonly kernels: Kernels;
}

/**
 * Skip-layer excitation: a map from elsewhere in the network, of any sides, says how much of each channel is let through,
 *
 *     y = x * sigmoid(1 x 1(swish(4 x 4(mean of by, down to 4 x 4))))
 *
 * the same at every place. Neither convolution has a bias.
 *
 * Unlike the paper, and as in its authors' code, swish(x) = x sigmoid(x) stands for a leaky ReLU.
 *
 * @see Liu et al. (2021), arXiv:2101.04775, section 3.1, equation 1.
 */
export function skipLayerExcitation(x: SymbolicTensor, { by, name, kernels }: SkipLayerExcitation): SymbolicTensor {
  const filters = x.shape.at(-1)!;
  const poolSize = by.shape[1]! / 4;
  const share = chain(
    by,
    ...(poolSize > 1 ? [layers.averagePooling2d({ poolSize })] : []),
    kernels.conv2d({ filters, kernelSize: 4, padding: 'valid', useBias: false, name: `${name}.first` }),
    layers.activation({ activation: 'swish' }),
    kernels.conv2d({ filters, kernelSize: 1, useBias: false, name: `${name}.second` }),
    layers.activation({ activation: 'sigmoid' }),
  );
  return chain([x, share], layers.multiply());
}
