import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import type { Kernels } from './kernels.js';

/**
 * The score of features h, and given a class y, one-hot, to project on: w . h + b + V_y . h.
 *
 * @returns `[batch, 1]`
 * @see Miyato, Koyama (2018), arXiv:1802.05637, equation 10.
 */
export function projectedScore(features: SymbolicTensor, label: SymbolicTensor | undefined, { dense }: Kernels) {
  const score = chain(features, dense({ units: 1, name: 'score' }));
  if (!label) return score;
  const row = chain(label, dense({ units: features.shape[1]!, useBias: false, name: 'classes' }));
  return chain([score, chain([features, row], layers.dot({ axes: 1 }))], layers.add());
}
