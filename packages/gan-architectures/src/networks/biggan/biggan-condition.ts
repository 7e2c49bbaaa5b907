import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Kernels } from '../../blocks/kernels.js';
import { conditionallyNormalized, type Normalized } from '../../blocks/normalized.js';
import { chain } from '../../chain.js';
import { orthogonalKernel } from '../../layers/orthogonal-kernel.js';

/** The row of each class that all blocks of a generator share, whose kernel no spectral norm divides; nothing without classes. */
export const sharedEmbedding = (label: SymbolicTensor | undefined, units: number): SymbolicTensor[] =>
  label
    ? [chain(label, layers.dense({ units, useBias: false, kernelInitializer: orthogonalKernel(), name: 'classes' }))]
    : [];

/** Several rows as one. */
export const joined = (rows: readonly SymbolicTensor[]): SymbolicTensor =>
  rows.length === 1 ? rows[0]! : chain([...rows], layers.concatenate({ axis: -1 }));

/** Batch norm whose scale and offset are linear in a condition. */
export const normalizedBy = (condition: SymbolicTensor, { dense }: Kernels): Normalized =>
  conditionallyNormalized(condition, (options) => dense({ ...options, useBias: false }));
