import { assertCount, assertKnownOptions, assertOneOf, assertPositive, shown } from '@gan/core';
import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import { instanceNormalization } from '../layers/group-normalization.js';
import { layerNormalization } from '../layers/layer-normalization.js';
import { kernels } from './kernels.js';
import { asItIs, batchStandardized, conditionallyNormalized, type Normalized } from './normalized.js';

/** Options of `conditionalNormalization`. */
export interface ConditionalNormalizationOptions {
  /** What scale and offset are made of: a row `[batch, numbers]`, or a picture or map `[batch, height, width, channels]`. */
  readonly condition: SymbolicTensor;
  /** What comes before them: over the batch, over each map of a sample, over the channels of each place, or nothing. */
  readonly norm: 'batch' | 'instance' | 'layer' | 'none';
  /** That of its layers starts with it, as in `<name>.scale`. */
  readonly name: string;
  /** Channels between a map and its scales and offsets; 128, unless said, as in SPADE. A row has none. */
  readonly hidden?: number;
  /** Multiplies Glorot's deviation of the kernels of scale and offset at the start; 0.02, unless said, as in SPADE: almost the norm alone. */
  readonly gain?: number;
}

const norms: Readonly<Record<ConditionalNormalizationOptions['norm'], Normalized>> = {
  batch: batchStandardized,
  instance: (x, name) => chain(x, instanceNormalization({ affine: false, name: `${name}.norm` })),
  layer: (x, name) => chain(x, layerNormalization({ affine: false, name: `${name}.norm` })),
  none: asItIs,
};

/**
 * Tells a map what a condition wants of it, by a scale and an offset for each channel,
 *
 *     y = norm(x) * (1 + scale(condition)) + shift(condition)
 *
 * From a row (a class one-hot, an embedding, a style) both are dense layers: FiLM without a norm, conditional batch norm,
 * conditional instance norm or AdaIN, and self-modulated layer norm. From a picture or map they are maps, so that each place
 * is told something else: SPADE. There the condition is brought to the sides of x, of which it is a multiple or a fraction,
 * by nearest places, and goes through a convolution of 3 x 3 to `hidden` channels, ReLU, and one of 3 x 3 for each of both.
 *
 * @returns A map of the shape of x.
 * @throws TypeError if the condition is neither a row nor a map that fits, or an option is out of range.
 * @see Perez et al. (2018), arXiv:1709.07871 (FiLM); de Vries et al. (2017), arXiv:1707.00683; Dumoulin et al. (2017),
 *   arXiv:1610.07629; Huang, Belongie (2017), arXiv:1703.06868 (AdaIN); Chen et al. (2019), arXiv:1810.01365
 *   (self-modulation); Park et al. (2019), arXiv:1903.07291, section 3 and appendix A (SPADE).
 */
export function conditionalNormalization(x: SymbolicTensor, options: ConditionalNormalizationOptions): SymbolicTensor {
  assertKnownOptions('conditionalNormalization', options, ['condition', 'norm', 'name', 'hidden', 'gain']);
  const { condition, norm, name, hidden = 128, gain = 0.02 } = options;
  assertOneOf('norm', norm, ['batch', 'instance', 'layer', 'none']);
  assertCount('hidden', hidden);
  assertPositive('gain', gain);
  const { conv2d, dense } = kernels(false);
  if (condition.shape.length === 2)
    return conditionallyNormalized(condition, (affine) => dense({ ...affine, gain }), norms[norm])(x, name);
  const shared = conv2d({ filters: hidden, kernelSize: 3, gain: Math.SQRT2, name: `${name}.shared` });
  const features = chain(broughtTo(x, condition), shared, layers.reLU());
  const affine = ({ units, name: own }: { readonly units: number; readonly name: string }) =>
    conv2d({ filters: units, kernelSize: 3, gain, name: own });
  return conditionallyNormalized(features, affine, norms[norm])(x, name);
}

/** A map at the sides of another, by nearest places. */
function broughtTo(x: SymbolicTensor, map: SymbolicTensor): SymbolicTensor {
  const sides = (of: SymbolicTensor) => of.shape.slice(1, 3) as number[];
  const ratios = (of: SymbolicTensor, to: SymbolicTensor) => {
    const whole = sides(of).map((side, axis) => side / sides(to)[axis]!);
    return whole.every((ratio) => Number.isSafeInteger(ratio)) ? (whole as [number, number]) : undefined;
  };
  const maps = x.shape.length === 4 && map.shape.length === 4;
  const [finer, coarser] = maps ? [ratios(map, x), ratios(x, map)] : [];
  if (finer?.every((ratio) => ratio === 1)) return map;
  if (finer) return chain(map, layers.averagePooling2d({ poolSize: 1, strides: finer }));
  if (coarser) return chain(map, layers.upSampling2d({ size: coarser }));
  throw new TypeError(
    `a condition must be a row, or a map whose sides are a multiple or a fraction of those of ${shown(x.shape.slice(1))}, but is ${shown(map.shape.slice(1))}`,
  );
}
