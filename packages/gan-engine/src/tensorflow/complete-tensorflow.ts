import '@tensorflow/tfjs-backend-cpu';
import { getKernel, getKernelsForBackend, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { attributes, type Call, inputOf } from '../kernels/call.js';
import { channelsLast } from '../kernels/channels-last.js';
import { replaceKernel } from '../kernels/replace-kernel.js';
import { throughCpu } from '../kernels/through-cpu.js';
import { unless } from '../kernels/unless.js';
import { padded, padsOf, spelledOut } from './padded.js';

/** Whether zeros are put around pictures, or rows and columns counted in another way than TensorFlow does. */
const isPadded = (call: Call): boolean => padsOf(call) !== undefined;
const isRounded = (call: Call): boolean =>
  /round|ceil/.test(attributes<{ dimRoundingMode?: string }>(call).dimRoundingMode ?? '');

interface Deep {
  readonly strides: number | readonly number[];
  readonly pad: unknown;
  readonly filterSize?: number | readonly number[];
  readonly filterShape?: readonly number[];
  readonly dilations?: number | readonly number[];
}

const triple = (sizes: number | readonly number[]): readonly number[] =>
  typeof sizes === 'number' ? [sizes, sizes, sizes] : sizes;

/** Whether windows of three dimensions leave gaps under `same` pads, which TensorFlow.js begins at another place. */
function leavesGaps(call: Call): boolean {
  const { strides, pad, filterSize, filterShape } = attributes<Deep>(call);
  const extents = triple(filterSize ?? filterShape ?? inputOf(call, 'filter').shape);
  return pad === 'same' && triple(strides).some((stride, i) => stride > extents[i]!);
}

const isDilated = (call: Call): boolean =>
  triple(attributes<Deep>(call).dilations ?? 1).some((dilation) => dilation > 1);

const hasUnequalStrides = (call: Call): boolean => {
  const { strides } = attributes<Deep>(call);
  return typeof strides !== 'number' && strides[0] !== strides[1];
};

/** Whether an input is of a type that the op of TensorFlow does not take. */
const of =
  (...types: readonly string[]) =>
  ({ inputs }: Call): boolean =>
    Object.values(inputs).some((info) => types.includes((info as TensorInfo | undefined)?.dtype ?? ''));

const isFirst = (call: Call): boolean => attributes<{ dataFormat?: string }>(call).dataFormat === 'NCHW';

const flatPooling = (call: Call): boolean => isPadded(call) || isRounded(call);
const deepPooling = (call: Call): boolean => flatPooling(call) || leavesGaps(call);

/** Whether rows of a result are named by single numbers, which TensorFlow wants in lists of one. */
const isNamedByNumbers = (call: Call): boolean => inputOf(call, 'indices').shape.length === 1;

/** What tfjs-node refuses, or computes in another way than TensorFlow.js, in some uses. */
const wrongWhere: Readonly<Record<string, (call: Call) => boolean>> = {
  AvgPool: flatPooling,
  AvgPoolGrad: flatPooling,
  MaxPool: flatPooling,
  MaxPoolGrad: flatPooling,
  AvgPool3D: deepPooling,
  AvgPool3DGrad: deepPooling,
  MaxPool3D: deepPooling,
  MaxPool3DGrad: deepPooling,
  Conv2D: isRounded,
  FusedConv2D: (call) => isRounded(call) || isFirst(call),
  Conv3D: (call) => isDilated(call) || leavesGaps(call),
  Conv3DBackpropInputV2: leavesGaps,
  Conv3DBackpropFilterV2: leavesGaps,
  DepthwiseConv2dNative: (call) => isRounded(call) || hasUnequalStrides(call),
  DepthwiseConv2dNativeBackpropFilter: hasUnequalStrides,
  DepthwiseConv2dNativeBackpropInput: hasUnequalStrides,
  FusedDepthwiseConv2D: (call) => isRounded(call) || hasUnequalStrides(call),
  // The same seed gives other numbers each time.
  Multinomial: () => true,
  ScatterNd: isNamedByNumbers,
  Diag: of('bool'),
  LeakyRelu: of('int32'),
  Round: of('int32'),
  Step: of('int32'),
  Greater: of('string'),
  GreaterEqual: of('string'),
  Less: of('string'),
  LessEqual: of('string'),
};

/**
 * Gives the backend of tfjs-node the kernels that it lacks, and right ones where it refuses or computes something else.
 * What it lacks goes through plain JavaScript: slow, and rare in training.
 */
export function completeTensorflow(backend: string): void {
  const replace = (name: string, by: (own: KernelFunc) => KernelFunc) => replaceKernel(backend, name, by);
  for (const { kernelName } of getKernelsForBackend('cpu'))
    if (!getKernel(kernelName, backend)) replace(kernelName, () => throughCpu(kernelName));
  for (const name of ['Conv2D', 'FusedConv2D', 'DepthwiseConv2dNative', 'FusedDepthwiseConv2D'])
    replace(name, spelledOut);
  for (const kind of ['Conv2D', 'DepthwiseConv2dNative'])
    for (const towards of ['Input', 'Filter'])
      replace(`${kind}Backprop${towards}`, (own) => padded(`${kind}Backprop${towards}`, own));
  for (const [name, isWrong] of Object.entries(wrongWhere)) replace(name, unless(isWrong, throughCpu(name)));
  for (const name of ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'])
    replace(name, (own) => channelsLast(name, own));
}
