import { initializers, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../../chain.js';
import { groupedConv2d } from '../../layers/grouped-conv2d.js';
import { heScale } from '../../layers/he-scale.js';
import { EXPANSION, type R3ganStage } from './r3gan-shape.js';

/** Normal weights at the start, with deviation gain / sqrt(inputs). */
export const normalKernel = (inputs: number, gain = 1) =>
  initializers.randomNormal({ mean: 0, stddev: heScale(inputs, gain) });

/** A convolution of 1 x 1 without a bias: from and to pictures, and from one width to another. */
export const pointwise = (x: SymbolicTensor, filters: number, name: string): SymbolicTensor =>
  chain(
    x,
    layers.conv2d({ filters, kernelSize: 1, useBias: false, kernelInitializer: normalKernel(x.shape[3]!), name }),
  );

/** As `pointwise`, but as it is where the width stays. */
export const widened = (x: SymbolicTensor, filters: number, name: string): SymbolicTensor =>
  x.shape[3] === filters ? x : pointwise(x, filters, name);

/** How steep a leaky ReLU is below zero, and what keeps the variance of its results: sqrt(2 / (1 + slope^2)). */
const SLOPE = 0.2;
const leakyGain = Math.sqrt(2 / (1 + SLOPE ** 2));

/**
 * The residual block of R3GAN, without norms: an inverted bottleneck whose wide convolution is in groups,
 *
 *     y = x + 1 x 1(leaky(grouped 3 x 3(leaky(1 x 1(x) + b)) + c))
 *
 * Fix-up's initialisation: the last convolution starts with zeros, so that the block starts as the identity, and the other
 * two are smaller by L^(1 / 4) in a network of L blocks.
 *
 * @param block.depth L.
 * @see Huang et al. (2024), arXiv:2501.05441, section 3.3; Xie et al. (2017), arXiv:1611.05431; Sandler et al. (2018),
 *   arXiv:1801.04381; Zhang et al. (2019), arXiv:1901.09321.
 */
export function r3ganBlock(
  x: SymbolicTensor,
  { groups, depth, name }: { readonly groups: number; readonly depth: number; readonly name: string },
): SymbolicTensor {
  const filters = x.shape[3]!;
  const inside = EXPANSION * filters;
  const gain = leakyGain * depth ** (-1 / 4);
  const leaky = () => layers.leakyReLU({ alpha: SLOPE });
  const kernelInitializer = normalKernel(filters, gain);
  const main = chain(
    x,
    layers.conv2d({ filters: inside, kernelSize: 1, kernelInitializer, name: `${name}.first` }),
    leaky(),
    groupedConv2d({ filters: inside, kernelSize: 3, groups, gain, name: `${name}.second` }),
    leaky(),
    layers.conv2d({
      filters,
      kernelSize: 1,
      useBias: false,
      kernelInitializer: initializers.zeros(),
      name: `${name}.third`,
    }),
  );
  return chain([x, main], layers.add());
}

/** The blocks of one side, one after another. */
export const r3ganBlocks = (
  x: SymbolicTensor,
  { side, groups }: R3ganStage,
  { blocks, depth }: { readonly blocks: number; readonly depth: number },
): SymbolicTensor =>
  Array.from({ length: blocks }, (_, k) => `map${side}.block${k + 1}`).reduce(
    (map, name) => r3ganBlock(map, { groups, depth, name }),
    x,
  );
