import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import type { PictureMap } from './attending-map.js';
import type { Kernels } from './kernels.js';

/** The map that a generator starts from, `[batch, side, side, filters]`: a dense layer of a row. */
export const firstMap = (row: SymbolicTensor, { side, filters }: PictureMap, { dense }: Kernels): SymbolicTensor =>
  chain(
    row,
    dense({ units: side ** 2 * filters, name: 'start' }),
    layers.reshape({ targetShape: [side, side, filters] }),
  );
