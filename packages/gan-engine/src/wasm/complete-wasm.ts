import { getKernel, type KernelFunc, registerKernel, type TensorInfo, unregisterKernel } from '@tensorflow/tfjs-core';
import { conv2dFilterGradient } from './conv2d-filter-gradient.js';
import { segmentSum } from './segment-sum.js';
import { type Storage, throughCpu } from './through-cpu.js';

/** What the WebAssembly backend 4.22 lacks and training needs. */
const missing: Readonly<Record<string, KernelFunc>> = {
  Conv2DBackpropFilter: conv2dFilterGradient,
  UnsortedSegmentSum: segmentSum,
  DepthwiseConv2dNativeBackpropFilter: throughCpu('DepthwiseConv2dNativeBackpropFilter'),
  DepthwiseConv2dNativeBackpropInput: throughCpu('DepthwiseConv2dNativeBackpropInput'),
  Einsum: throughCpu('Einsum'),
};

/**
 * What it gets wrong: the gradient of maximum pooling where windows overlap or are padded, three-dimensional maximum
 * pooling with `same` pads, and both gradients of three-dimensional convolutions. Tests here compare them all.
 */
const wrong = ['MaxPoolGrad', 'MaxPool3D', 'MaxPool3DGrad', 'Conv3DBackpropInputV2', 'Conv3DBackpropFilterV2'];

let complete = false;

/** Gives the WebAssembly backend the kernels it lacks, and right ones for those it gets wrong. */
export function completeWasm(): void {
  if (complete) return;
  complete = true;
  for (const [name, kernel] of Object.entries(missing)) if (!getKernel(name, 'wasm')) replace(name, () => kernel);
  for (const name of wrong) replace(name, () => throughCpu(name));
  replace('OneHot', floatOneHot);
}

function replace(kernelName: string, by: (own: KernelFunc) => KernelFunc): void {
  const own = getKernel(kernelName, 'wasm');
  if (own) unregisterKernel(kernelName, 'wasm');
  registerKernel({ ...own, kernelName, backendName: 'wasm', kernelFunc: by(own?.kernelFunc as KernelFunc) });
}

/** Its own one writes the bits of an integer whatever the type asked for, so a float32 one is all but zero. */
const floatOneHot =
  (own: KernelFunc): KernelFunc =>
  (call) => {
    const attributes = call.attrs as { dtype?: string };
    if (attributes.dtype !== 'float32') return own(call);
    const storage = call.backend as unknown as Storage;
    const { dataId, shape } = own({ ...call, attrs: { ...attributes, dtype: 'int32' } }) as TensorInfo;
    const values = Float32Array.from(storage.readSync(dataId));
    storage.disposeData(dataId);
    return { dataId: storage.write(values, shape, 'float32'), shape, dtype: 'float32' };
  };
