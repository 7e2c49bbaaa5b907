import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import type { Kernels } from './kernels.js';
import { batchNormalized } from './normalized.js';

/** The picture of a residual generator, in (-1, 1): batch norm and ReLU of its finest map, a convolution of 3 x 3, and tanh. */
export const drawnPicture = (finest: SymbolicTensor, channels: number, { conv2d }: Kernels): SymbolicTensor =>
  chain(
    batchNormalized(finest, 'picture'),
    layers.reLU(),
    conv2d({ filters: channels, kernelSize: 3, name: 'picture' }),
    layers.activation({ activation: 'tanh' }),
  );
