import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { gatedLinearUnit } from '../layers/gated-linear-unit.js';
import { noiseInjection } from '../layers/noise-injection.js';
import type { Kernels } from './kernels.js';
import { batchNormalized } from './normalized.js';

/** What a gated convolution and a block of them have in common. */
export interface GatedBlock {
  readonly filters: number;
  readonly name: string;
  readonly kernels: Kernels;
  /** Whether noise is added in front of batch norm; false unless said. */
  readonly noisy?: boolean;
}

/** Batch norm, and half of the channels let the other half through. */
export const gatedNormalized = (x: SymbolicTensor, name: string): SymbolicTensor =>
  chain(batchNormalized(x, name), gatedLinearUnit());

/** conv 3 x 3 without bias -> noise, if wanted -> batch norm -> gated linear unit */
const convolved = (x: SymbolicTensor, { filters, name, kernels, noisy }: GatedBlock): SymbolicTensor => {
  const map = chain(x, kernels.conv2d({ filters: 2 * filters, kernelSize: 3, useBias: false, name }));
  return gatedNormalized(noisy ? chain(map, noiseInjection({ name: `${name}.noise` })) : map, name);
};

/**
 * A block that doubles the sides by repeating each place:
 *
 *     up -> conv 3 x 3 -> batch norm -> gated linear unit
 *
 * @see Liu et al. (2021), arXiv:2101.04775, figure 3.
 */
export const gatedUp = (x: SymbolicTensor, block: GatedBlock): SymbolicTensor =>
  convolved(chain(x, layers.upSampling2d({ size: [2, 2] })), block);

/** The same with noise, and with a second convolution behind the first, the two being `name.first` and `name.second`. */
export const noisyGatedUp = (x: SymbolicTensor, { name, ...block }: Omit<GatedBlock, 'noisy'>): SymbolicTensor =>
  convolved(gatedUp(x, { ...block, noisy: true, name: `${name}.first` }), {
    ...block,
    noisy: true,
    name: `${name}.second`,
  });
