import { type KernelConfig, registerBackend, registerKernel } from '@tensorflow/tfjs-core';
import { TorchBackend } from './backend.js';
import { loadFallback } from './cpu-kernel.js';
import { backendName } from './kernel.js';
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
import { type Device, devices, onDevice } from './native/device.js';
import { loadLibrary, onOf } from './native/library.js';
import type { Precision } from './native/precision.js';
import { probe } from './native/probe.js';

/** The engine that was registered. */
export interface TorchInfo {
  /** libtorch's, `2.15.0`. */
  readonly version: string;
  /** How many threads an operator uses: OMP_NUM_THREADS of the environment in which the library was loaded. */
  readonly threads: number;
  /** Those that backends have been registered for. */
  readonly devices: readonly Device[];
  /** What the device's processor is called: `cpu`, or its own name. */
  readonly processor: string;
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

const registered = new Set<Device>();

/** Registers the backend of a device and precision, of a libtorch that is loaded. */
export const registerBackendOf = (device: Device, precision: Precision): void => {
  const name = backendName(device, precision);
  for (const config of families.flat()) registerKernel({ ...config, backendName: name });
  registerBackend(name, () => new TorchBackend(precision, device));
};

/** What a device can hold what TensorFlow.js calls float32 in. */
const precisionsOf = (device: Device): readonly Precision[] =>
  device === 'mps' ? ['float32'] : ['float32', 'float64'];

/**
 * Loads libtorch and registers the backend `torch` with its kernels, and beside it `torch-float64`: the same, but what
 * TensorFlow.js calls float32 is held in doubles, and rounded when it is read. It makes neither the current one: that is
 * `setBackend('torch')`. A second call with the same folder changes nothing.
 *
 * With a `device` it also registers the backends that compute there: `torch-cuda` and `torch-cuda-float64` on the first
 * graphics processor of NVIDIA that the process sees (`CUDA_VISIBLE_DEVICES`), or `torch-mps` on Apple's. Reading a tensor
 * waits for the device; nothing else does on CUDA, save what has to know numbers to go on (`whereAsync`, `unique`).
 *
 * The number of threads is OMP_NUM_THREADS at this moment: set `process.env.OMP_NUM_THREADS` before, on the main thread.
 *
 * @param options Where libtorch is.
 * @param options.folder Absolute path of the folder that holds libtorch_cpu.
 * @param options.device What to compute on beside the processor.
 * @throws TypeError if the folder holds no libtorch, or the device is none; TorchError if what it holds cannot be used, or the
 *   device cannot, with the reason.
 */
export async function registerTorch({
  folder,
  device = 'cpu',
}: {
  readonly folder: string;
  readonly device?: Device;
}): Promise<TorchInfo> {
  if (!devices.includes(device))
    throw new TypeError(`device must be one of 'cpu', 'cuda', 'mps', but is ${JSON.stringify(device)}`);
  const { version, threads } = await loadLibrary(folder);
  await loadFallback();
  for (const each of ['cpu', device] as const) {
    if (registered.has(each)) continue;
    onOf(each);
    if (registered.size === 0 && process.env['GAN_LOST_TENSORS'] === '1') reportLostTensors();
    for (const precision of precisionsOf(each)) {
      onDevice(each, () => probe(version, precision));
      registerBackendOf(each, precision);
    }
    registered.add(each);
  }
  return { version, threads, devices: [...registered], processor: onOf(device).name };
}
