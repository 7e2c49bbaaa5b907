import { initializers, layers } from '@tensorflow/tfjs-layers';
import { orthogonalKernel } from '../layers/orthogonal-kernel.js';
import { spectralNormalization } from '../layers/spectral-normalization.js';

/** What all layers with a kernel have to be told. */
interface Kernel {
  readonly name: string;
  /** True unless said. */
  readonly useBias?: boolean;
  /** Multiplies the deviation of Glorot's uniform, if a kernel starts as that: sqrt(2) behind a ReLU. 1 unless said. */
  readonly gain?: number;
}

/** A convolution that keeps the sides unless it has a stride, or no padding. */
export interface KernelConv2d extends Kernel {
  readonly filters: number;
  readonly kernelSize: number;
  /** 1 unless said. */
  readonly strides?: number;
  /** `'same'`, unless said, with as much around the map as keeps its sides; `'valid'` has nothing around it. */
  readonly padding?: 'same' | 'valid';
}

/** A dense layer. */
export interface KernelDense extends Kernel {
  readonly units: number;
}

/** Makes the layers of a network that have kernels, all of a kind. */
export interface Kernels {
  readonly conv2d: (options: KernelConv2d) => layers.Layer;
  /** The sides grow by its stride. */
  readonly conv2dTranspose: (options: KernelConv2d) => layers.Layer;
  readonly dense: (options: KernelDense) => layers.Layer;
}

/** What kernels start as: an initialiser for one whose deviation is to be multiplied by `gain`. */
export type KernelStart = (gain?: number) => ReturnType<typeof initializers.zeros>;

const glorot: KernelStart = (gain = 1) =>
  initializers.varianceScaling({ scale: gain ** 2, mode: 'fanAvg', distribution: 'uniform' });

/** At right angles, whatever the gain: what is divided by its largest singular value has none. */
export const orthogonal: KernelStart = () => orthogonalKernel();

/**
 * Layers whose kernels are divided by their largest singular value, if `spectral`, or ordinary ones; `'improved'` multiplies
 * them by that which they started with. Glorot's unless said.
 */
export function kernels(spectral: boolean | 'improved', start: KernelStart = glorot): Kernels {
  const bounded = (layer: layers.Layer): layers.Layer =>
    spectral ? spectralNormalization({ layer, improved: spectral === 'improved' }) : layer;
  return {
    conv2d: ({ gain, ...options }) =>
      bounded(layers.conv2d({ padding: 'same', kernelInitializer: start(gain), ...options })),
    conv2dTranspose: ({ gain, ...options }) =>
      bounded(layers.conv2dTranspose({ padding: 'same', kernelInitializer: start(gain), ...options })),
    dense: ({ gain, ...options }) => bounded(layers.dense({ kernelInitializer: start(gain), ...options })),
  };
}
