import { getKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { attributes, type Call, inputOf } from '../kernels/call.js';
import { channelsLast } from '../kernels/channels-last.js';
import { replaceKernel } from '../kernels/replace-kernel.js';
import { storageOf } from '../kernels/storage.js';
import { throughCpu } from '../kernels/through-cpu.js';
import { unless } from '../kernels/unless.js';
import { conv2dFilterGradient } from './conv2d-filter-gradient.js';
import { segmentSum } from './segment-sum.js';

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
 * pooling with `same` pads, both gradients of three-dimensional convolutions, the places of maxima, and the fill of
 * what is turned, which it rounds to whole numbers. Tests here compare them all.
 */
const wrong = [
  'MaxPoolGrad',
  'MaxPool3D',
  'MaxPool3DGrad',
  'MaxPoolWithArgmax',
  'Conv3DBackpropInputV2',
  'Conv3DBackpropFilterV2',
  'RotateWithOffset',
];

/** Whether windows leave gaps in one direction under `same` pads: its convolutions are then all zeros. */
const leavesGaps = (call: Call): boolean => {
  const { strides, pad } = attributes<{ strides: number | number[]; pad: unknown }>(call);
  const extents = inputOf(call, 'filter').shape;
  return pad === 'same' && [0, 1].some((i) => (Array.isArray(strides) ? strides[i]! : strides) > extents[i]!);
};
/** Whether a product of matrices is the plain one; any other way to one adds the last bias to all rows but the first. */
const isPlain = (call: Call): boolean => {
  const { transposeA, transposeB } = attributes<{ transposeA?: boolean; transposeB?: boolean }>(call);
  const batches = ['a', 'b'].map((name) => inputOf(call, name).shape[0]);
  return !transposeA && !transposeB && batches.every((count) => count === 1);
};
/** Whether the slopes have the sizes that their input ends with. */
const ends = (call: Call): boolean => {
  const [x, alpha] = [inputOf(call).shape, inputOf(call, 'alpha').shape];
  return alpha.every((size, i) => size === x[i + x.length - alpha.length]);
};

/**
 * What it gets wrong in some uses: beside those above gathering by batch, transforms that reflect, and crops by `nearest`:
 * of a picture one pixel wide, rows of one column are rounded down.
 */
const wrongWhere: Readonly<Record<string, (call: Call) => boolean>> = {
  Conv2D: leavesGaps,
  CropAndResize: (call) => attributes<{ method?: string }>(call).method === 'nearest',
  DepthwiseConv2dNative: leavesGaps,
  FusedConv2D: leavesGaps,
  FusedDepthwiseConv2D: leavesGaps,
  GatherV2: (call) => attributes<{ batchDims?: number }>(call).batchDims !== 0,
  _FusedMatMul: (call) => call.inputs['bias'] != null && !isPlain(call),
  Prelu: (call) => !ends(call),
  Transform: (call) => attributes<{ fillMode?: string }>(call).fillMode === 'reflect',
};

let complete = false;

/** Gives the WebAssembly backend the kernels it lacks, and right ones for those it gets wrong. */
export function completeWasm(): void {
  if (complete) return;
  complete = true;
  for (const [name, kernel] of Object.entries(missing)) if (!getKernel(name, 'wasm')) replace(name, () => kernel);
  for (const name of wrong) replace(name, () => throughCpu(name));
  for (const [name, isWrong] of Object.entries(wrongWhere)) replace(name, unless(isWrong, throughCpu(name)));
  for (const name of ['Conv2D', 'Conv2DBackpropInput']) replace(name, (own) => channelsLast(name, own));
  replace('OneHot', floatOneHot);
}

const replace = (name: string, by: (own: KernelFunc) => KernelFunc): void => replaceKernel('wasm', name, by);

/** Its own one writes the bits of an integer whatever the type asked for, so a float32 one is all but zero. */
const floatOneHot =
  (own: KernelFunc): KernelFunc =>
  (call) => {
    const given = attributes<{ dtype?: string; onValue: number; offValue: number }>(call);
    if (given.dtype !== 'float32') return own(call);
    const storage = storageOf(call.backend);
    const whole = { ...given, dtype: 'int32', onValue: 1, offValue: 0 };
    const { dataId, shape } = own({ ...call, attrs: whole }) as TensorInfo;
    const { onValue, offValue } = given;
    const values = Float32Array.from(storage.readSync(dataId), (on) => (on === 1 ? onValue : offValue));
    storage.disposeData(dataId);
    return { dataId: storage.write(values, shape, 'float32'), shape, dtype: 'float32' };
  };
