import {
  complex,
  getKernel,
  getKernelsForBackend,
  imag,
  type KernelFunc,
  real,
  reshape,
  type TensorInfo,
  tidy,
  unregisterKernel,
  util,
  where,
} from '@tensorflow/tfjs-core';
import { attributes, inputOf } from '../kernels/call.js';
import { replaceKernel } from '../kernels/replace-kernel.js';
import { throughCpu } from '../kernels/through-cpu.js';
import { unless } from '../kernels/unless.js';
import { batchToSpace, spaceToBatch } from './blocks.js';
import { cumulative } from './cumulative.js';
import { placeOf } from './extrema.js';
import { fourier } from './fourier.js';
import { functions } from './functions.js';
import { axesOf, MOST_AXES, padded, reduced, reducedShape, stridedSliced, turned } from './many-axes.js';

/** Of tensors with more axes than its programs take. */
const beyond = (most: number, right: KernelFunc) => unless((call) => axesOf(call) > most, right);

/** A choice number by number. */
const select: KernelFunc = (call) => {
  const flat = (name: string) => reshape(inputOf(call, name), [-1]);
  return tidy(() => reshape(where(flat('condition'), flat('t'), flat('e')), inputOf(call, 't').shape));
};

/** Its own one leaves the parts of a complex tensor in their shapes. */
const reshaped =
  (own: KernelFunc): KernelFunc =>
  (call) => {
    const x = inputOf(call);
    if (x.dtype !== 'complex64') return own(call);
    const shape = util.inferFromImplicitShape(attributes<{ shape: number[] }>(call).shape, x.size);
    return tidy(() => complex(reshape(real(x), shape), reshape(imag(x), shape)));
  };

/** Its own one forgets to keep axes where numbers lie in JavaScript. */
const product =
  (own: KernelFunc): KernelFunc =>
  (call) => {
    if (axesOf(call) > MOST_AXES) return reduced('Prod')(call);
    const { axis, keepDims } = attributes<{ axis: number[]; keepDims: boolean }>(call);
    const { shape } = inputOf(call);
    const left = reducedShape(shape, new Set(util.parseAxisParam(axis, shape)), keepDims);
    return { ...(own(call) as TensorInfo), shape: left };
  };

const accumulated = (kernelName: string) =>
  unless((call) => attributes<{ reverse: boolean }>(call).reverse || axesOf(call) > 4, cumulative(kernelName));

const always = (right: KernelFunc) => () => right;

/** Kernels that it gets wrong, or does not have for what they may be given. */
const mended: Readonly<Record<string, (own: KernelFunc) => KernelFunc>> = {
  ...Object.fromEntries(Object.entries(functions).map(([name, kernel]) => [name, always(kernel)])),
  ...Object.fromEntries(
    ['All', 'Any', 'Max', 'Mean', 'Min', 'Sum'].map((name) => [name, beyond(MOST_AXES, reduced(name))]),
  ),
  ...Object.fromEntries(
    // Programs that do not compile, and checks that need the numbers.
    ['Bincount', 'DenseBincount', 'SparseSegmentMean', 'SparseSegmentSum'].map((name) => [
      name,
      always(throughCpu(name)),
    ]),
  ),
  ArgMax: always(placeOf('max')),
  ArgMin: always(placeOf('min')),
  BatchToSpaceND: beyond(4, batchToSpace),
  Cumprod: accumulated('Cumprod'),
  Cumsum: accumulated('Cumsum'),
  FFT: always(fourier(1)),
  IFFT: always(fourier(-1)),
  PadV2: beyond(4, padded),
  Prod: product,
  Reshape: reshaped,
  Select: beyond(4, select),
  SpaceToBatchND: beyond(4, spaceToBatch),
  StridedSlice: beyond(4, stridedSliced),
  Transpose: beyond(MOST_AXES, turned),
};

/** Kernels that look at no numbers. */
const anyAxes = new Set(['Complex', 'ExpandDims', 'Identity', 'Imag', 'Real', 'Reshape']);

let complete = false;

/**
 * Gives the WebGPU backend the kernels it lacks, and right ones for those it gets wrong.
 *
 * @param inPage Whether there is a page, whose pictures and canvases the backend takes; else TensorFlow.js has its own way.
 */
export function completeWebGPU(inPage: boolean): void {
  if (complete) return;
  complete = true;
  if (!inPage) unregisterKernel('FromPixels', 'webgpu');
  for (const { kernelName } of getKernelsForBackend('webgpu'))
    if (!(kernelName in mended) && !anyAxes.has(kernelName))
      replace(kernelName, beyond(MOST_AXES, throughCpu(kernelName)));
  for (const [name, mend] of Object.entries(mended)) replace(name, mend);
  for (const { kernelName } of getKernelsForBackend('cpu'))
    if (!getKernel(kernelName, 'webgpu')) replace(kernelName, () => throughCpu(kernelName));
}

const replace = (name: string, by: (own: KernelFunc) => KernelFunc): void => replaceKernel('webgpu', name, by);
