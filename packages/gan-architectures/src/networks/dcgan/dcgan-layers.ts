import { initializers, layers } from '@tensorflow/tfjs-layers';

/** The standard deviation of all initial kernels, normal around 0. */
export const deviation = 0.02;

/** A kernel of DCGAN before training. */
export const dcganKernel = () => initializers.randomNormal({ mean: 0, stddev: deviation });

/** Leaky ReLU of slope 0.2 below 0. */
export const dcganLeak = () => layers.leakyReLU({ alpha: 0.2 });

/** One layer of convolution. */
export interface Convolution {
  readonly name: string;
  readonly filters: number;
  readonly stride: 1 | 2;
  /** False where batch norm follows, which has an offset of its own. */
  readonly useBias: boolean;
}

const common = ({ name, filters, stride, useBias }: Convolution) =>
  ({
    name,
    filters,
    // 4 at stride 2: each pixel of a transposed convolution sums equally many products, and the map is halved exactly.
    kernelSize: stride === 2 ? 4 : 3,
    strides: stride,
    padding: 'same',
    useBias,
    kernelInitializer: dcganKernel(),
  }) as const;

/** A convolution: `[batch, side, side, channels]` to `[batch, side / stride, side / stride, filters]`. */
export const convolution = (of: Convolution) => layers.conv2d(common(of));

/** A transposed convolution: `[batch, side, side, channels]` to `[batch, side * stride, side * stride, filters]`. */
export const transposedConvolution = (of: Convolution) => layers.conv2dTranspose(common(of));
