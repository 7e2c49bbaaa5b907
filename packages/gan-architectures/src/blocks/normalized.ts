import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { batchStandardization } from '../layers/batch-standardization.js';
import { equalizedDense } from '../layers/equalized-dense.js';
import { groupNormalization, instanceNormalization } from '../layers/group-normalization.js';
import { modulation } from '../layers/modulation.js';

/** Normalises a map before a layer, whose name is given. */
export type Normalized = (x: SymbolicTensor, name: string) => SymbolicTensor;

/** As it is. */
export const asItIs: Normalized = (x) => x;

/**
 * Batch norm with the constants of PyTorch's: moving statistics that keep 0.9 of themselves, 1e-5 under the root.
 *
 * @param of The layer that it belongs to: it is named `<of>.norm`.
 */
export const batchNorm = (of: string): layers.Layer =>
  layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5, name: `${of}.norm` });

/** Through batch norm. */
export const batchNormalized: Normalized = (x, name) => chain(x, batchNorm(name));

/** Layer norm over all of a sample, then a scale and an offset for each channel. */
export const layerNormalized: Normalized = (x, name) =>
  chain(x, groupNormalization({ groups: 1, name: `${name}.norm` }));

/** Batch norm alone, as what comes before a scale and an offset that a condition gives. */
export const batchStandardized: Normalized = (x, name) => chain(x, batchStandardization({ name: `${name}.norm` }));

/**
 * Conditional norm: scale and offset are functions of a condition,
 *
 *     y = norm(x) * (1 + scale(condition)) + shift(condition)
 *
 * @param affine Makes the layer from the condition to `units` numbers. With rows of classes that start as zeros it is, at
 *   the start, the norm alone.
 * @param norm What comes before; batch norm unless said.
 * @see Dumoulin et al. (2017), arXiv:1610.07629; de Vries et al. (2017), arXiv:1707.00683.
 */
export const conditionallyNormalized =
  (
    condition: SymbolicTensor,
    affine: (options: { readonly units: number; readonly name: string }) => layers.Layer,
    norm: Normalized = batchStandardized,
  ): Normalized =>
  (x, name) => {
    const of = (what: string) => chain(condition, affine({ units: x.shape.at(-1)!, name: `${name}.${what}` }));
    return chain([norm(x, name), of('scale'), of('shift')], modulation());
  };

/** Instance norm alone, with the constant of StyleGAN's authors. */
const instanceStandardized: Normalized = (x, name) =>
  chain(x, instanceNormalization({ affine: false, epsilon: 1e-8, name: `${name}.norm` }));

/**
 * Adaptive instance norm: each map of each sample is brought to mean 0 and variance 1, then scaled and shifted by affine
 * functions of a style, with an equalised learning rate.
 *
 * @see Huang, Belongie (2017), arXiv:1703.06868; Karras et al. (2019), arXiv:1812.04948, equation 1.
 */
export const adaptivelyNormalized = (style: SymbolicTensor): Normalized =>
  conditionallyNormalized(style, equalizedDense, instanceStandardized);

/** Conditional batch norm by class, one-hot, which at the start is batch norm; without a class, batch norm. */
export const batchNormalizedBy = (label: SymbolicTensor | undefined): Normalized =>
  label
    ? conditionallyNormalized(label, (options) =>
        layers.dense({ ...options, useBias: false, kernelInitializer: initializers.zeros() }),
      )
    : batchNormalized;
