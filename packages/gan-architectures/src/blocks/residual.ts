import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { chain } from '../chain.js';
import type { Kernels } from './kernels.js';
import { asItIs, type Normalized } from './normalized.js';

/** What residual blocks have in common. */
interface Residual {
  readonly filters: number;
  readonly name: string;
  readonly kernels: Kernels;
}

/** A block that doubles the sides. */
export interface ResidualUp extends Residual {
  readonly normalized: Normalized;
}

/** A block that may halve the sides. */
export interface ResidualDown extends Residual {
  readonly halves: boolean;
  /** Channels between its two convolutions. */
  readonly hidden: number;
  /** As it is unless said. */
  readonly normalized?: Normalized;
  /** The first block of a network takes a picture, which no ReLU may cut. False unless said. */
  readonly first?: boolean;
}

const convolution = ({ kernels }: Residual, filters: number, name: string) =>
  kernels.conv2d({ filters, kernelSize: 3, gain: Math.SQRT2, name });

/**
 * A pre-activation residual block of a generator, which doubles the sides by repeating each place:
 *
 *     y = conv(relu(norm(conv(up(relu(norm(x))))))) + up(1 x 1(x))
 *
 * The convolution of 1 x 1 comes before the places are repeated, which is the same for a quarter of the work.
 *
 * @see He et al. (2016), arXiv:1603.05027, figure 1b; Gulrajani et al. (2017), arXiv:1704.00028, appendix C; Miyato et al.
 *   (2018), arXiv:1802.05957, figure 9b.
 */
export function residualUp(x: SymbolicTensor, block: ResidualUp): SymbolicTensor {
  const { filters, name, kernels, normalized } = block;
  const up = () => layers.upSampling2d({ size: [2, 2] });
  const [first, second] = [`${name}.first`, `${name}.second`];
  const hidden = chain(normalized(x, first), layers.reLU(), up(), convolution(block, filters, first));
  const main = chain(normalized(hidden, second), layers.reLU(), convolution(block, filters, second));
  const skip = chain(x, kernels.conv2d({ filters, kernelSize: 1, name: `${name}.skip` }), up());
  return chain([main, skip], layers.add());
}

/**
 * A pre-activation residual block of a judge, which may halve the sides by means of four places:
 *
 *     y = mean(conv(relu(norm(conv(relu(norm(x))))))) + 1 x 1(mean(x))
 *
 * Without the means and the convolution of 1 x 1 where sides and channels stay. The first of a network starts with its
 * convolution. The means come before the convolution of 1 x 1, which is the same for a quarter of the work.
 *
 * @see He et al. (2016), arXiv:1603.05027, figure 1b; Gulrajani et al. (2017), arXiv:1704.00028, appendix C; Miyato et al.
 *   (2018), arXiv:1802.05957, figure 9a.
 */
export function residualDown(x: SymbolicTensor, block: ResidualDown): SymbolicTensor {
  const { filters, hidden, halves, name, kernels, normalized = asItIs, first: starts = false } = block;
  const down = () => (halves ? [layers.averagePooling2d({ poolSize: 2 })] : []);
  const [first, second] = [`${name}.first`, `${name}.second`];
  const entered = starts ? x : chain(normalized(x, first), layers.reLU());
  const between = chain(entered, convolution(block, hidden, first));
  const inner = starts ? between : normalized(between, second);
  const main = chain(inner, layers.reLU(), convolution(block, filters, second), ...down());
  const same = !halves && x.shape.at(-1) === filters;
  const skip = same ? x : chain(x, ...down(), kernels.conv2d({ filters, kernelSize: 1, name: `${name}.skip` }));
  return chain([main, skip], layers.add());
}
