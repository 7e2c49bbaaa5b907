import { type KernelConfig, registerBackend, registerKernel } from '@tensorflow/tfjs-core';
import { TorchBackend } from './backend.js';
import { loadFallback } from './cpu-kernel.js';
import { backendNames } from './kernel.js';
import { accumulation } from './kernels/accumulation.js';
import { activation } from './kernels/activation.js';
import { activationGradient } from './kernels/activation-gradient.js';
import { optimisation } from './kernels/adam.js';
import { arithmetic } from './kernels/arithmetic.js';
import { comparison } from './kernels/comparison.js';
import { complex } from './kernels/complex.js';
import { convolution } from './kernels/convolution.js';
import { convolution3d } from './kernels/convolution3d.js';
import { depthwise } from './kernels/depthwise.js';
import { dilation } from './kernels/dilation.js';
import { fallback } from './kernels/fallback.js';
import { gathering } from './kernels/gathering.js';
import { geometric } from './kernels/geometric.js';
import { joining } from './kernels/joining.js';
import { matrixProduct } from './kernels/matmul.js';
import { normalisation } from './kernels/normalisation.js';
import { largestWithPlace } from './kernels/pool-argmax.js';
import { pooling } from './kernels/pooling.js';
import { reduction } from './kernels/reduction.js';
import { resizing } from './kernels/resizing.js';
import { responseNormalisation } from './kernels/response-normalisation.js';
import { scattering } from './kernels/scattering.js';
import { sequence } from './kernels/sequence.js';
import { shape } from './kernels/shape.js';
import { slicing } from './kernels/slicing.js';
import { sorting } from './kernels/sorting.js';
import { space } from './kernels/space.js';
import { sparse } from './kernels/sparse.js';
import { unary } from './kernels/unary.js';
import { distinct } from './kernels/unique.js';
import { reportLostTensors } from './lost-tensors.js';
import { loadLibrary } from './native/library.js';
import type { Precision } from './native/precision.js';
import { probe } from './native/probe.js';

/** The engine that was registered. */
export interface TorchInfo {
  /** libtorch's, `2.15.0`. */
  readonly version: string;
  /** How many threads an operator uses: OMP_NUM_THREADS of the environment in which the library was loaded. */
  readonly threads: number;
  readonly devices: readonly string[];
}

const families: readonly (readonly KernelConfig[])[] = [
  activation,
  space,
  sorting,
  slicing,
  sequence,
  scattering,
  resizing,
  pooling,
  joining,
  gathering,
  dilation,
  fallback,
  geometric,
  responseNormalisation,
  sparse,
  [largestWithPlace, distinct],
  depthwise,
  convolution3d,
  accumulation,
  activationGradient,
  arithmetic,
  comparison,
  complex,
  convolution,
  matrixProduct,
  normalisation,
  optimisation,
  reduction,
  shape,
  unary,
];

let registered = false;

const register = (precision: Precision, version: string): void => {
  probe(version, precision);
  const backendName = backendNames[precision];
  for (const config of families.flat()) registerKernel({ ...config, backendName });
  registerBackend(backendName, () => new TorchBackend(precision));
};

/**
 * Loads libtorch and registers the backend `torch` with its kernels, and beside it `torch-float64`: the same, but what
 * TensorFlow.js calls float32 is held in doubles, and rounded when it is read. It makes neither the current one: that is
 * `setBackend('torch')`. A second call with the same folder changes nothing.
 *
 * The number of threads is OMP_NUM_THREADS at this moment: set `process.env.OMP_NUM_THREADS` before, on the main thread.
 *
 * @param options Where libtorch is.
 * @param options.folder Absolute path of the folder that holds libtorch_cpu.
 * @throws TypeError if the folder holds no libtorch; TorchError if what it holds cannot be used, with the reason.
 */
export async function registerTorch({ folder }: { readonly folder: string }): Promise<TorchInfo> {
  const { version, threads } = await loadLibrary(folder);
  await loadFallback();
  if (!registered) {
    if (process.env['GAN_LOST_TENSORS'] === '1') reportLostTensors();
    for (const precision of ['float32', 'float64'] as const) register(precision, version);
    registered = true;
  }
  return { version, threads, devices: ['cpu'] };
}
