import { backend_util } from '@tensorflow/tfjs-core';
import type { Convolution } from './convolve.js';
import { explicit, paddingOf } from './windows.js';

type Pads2D = Parameters<typeof backend_util.computeConv2DInfo>[4];

/** What TensorFlow.js says of a convolution over two dimensions. */
export interface Attributes2D {
  readonly strides: [number, number] | number;
  readonly pad: Pads2D;
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dilations?: [number, number] | number | null;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** What it says of one over three. */
export interface Attributes3D {
  readonly strides: [number, number, number] | number;
  readonly pad: 'valid' | 'same';
  readonly dataFormat?: 'NDHWC' | 'NCDHW';
  readonly dilations?: [number, number, number] | number | null;
}

/** Height and width, in libtorch's terms. */
export function geometry2D(
  x: readonly number[],
  filter: readonly number[],
  attributes: Attributes2D,
  depthwise = false,
): Convolution {
  const { strides, pad, dilations, dimRoundingMode, dataFormat = 'NHWC' } = attributes;
  const format = backend_util.convertConv2DDataFormat(dataFormat);
  const shapes = [x as [number, number, number, number], filter as [number, number, number, number]] as const;
  const info = backend_util.computeConv2DInfo(
    ...shapes,
    strides,
    dilations ?? 1,
    explicit(pad, dataFormat),
    dimRoundingMode,
    depthwise,
    format,
  );
  const rows = {
    from: info.inHeight,
    to: info.outHeight,
    stride: info.strideHeight,
    extent: info.effectiveFilterHeight,
  };
  const columns = {
    from: info.inWidth,
    to: info.outWidth,
    stride: info.strideWidth,
    extent: info.effectiveFilterWidth,
  };
  return {
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    padding: paddingOf([
      { ...rows, before: info.padInfo.top },
      { ...columns, before: info.padInfo.left },
    ]),
    groups: info.inChannels / (depthwise ? 1 : filter[2]!),
    out: [info.outHeight, info.outWidth],
  };
}

/**
 * Depth, height and width, in libtorch's terms. Where a stride exceeds the filter there is no padding, as in TensorFlow; tfjs's
 * cpu backend pads by less than nothing there.
 */
export function geometry3D(x: readonly number[], filter: readonly number[], attributes: Attributes3D): Convolution {
  const { strides, pad, dilations, dataFormat = 'NDHWC' } = attributes;
  const format = dataFormat === 'NDHWC' ? 'channelsLast' : 'channelsFirst';
  const shapes = [
    x as [number, number, number, number, number],
    filter as [number, number, number, number, number],
  ] as const;
  const info = backend_util.computeConv3DInfo(...shapes, strides, dilations ?? 1, pad, false, format);
  const slices = { from: info.inDepth, to: info.outDepth, stride: info.strideDepth, extent: info.effectiveFilterDepth };
  const rows = {
    from: info.inHeight,
    to: info.outHeight,
    stride: info.strideHeight,
    extent: info.effectiveFilterHeight,
  };
  const columns = {
    from: info.inWidth,
    to: info.outWidth,
    stride: info.strideWidth,
    extent: info.effectiveFilterWidth,
  };
  return {
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    dilations: [info.dilationDepth, info.dilationHeight, info.dilationWidth],
    padding: paddingOf([
      { ...slices, before: info.padInfo.front },
      { ...rows, before: info.padInfo.top },
      { ...columns, before: info.padInfo.left },
    ]),
    groups: 1,
    out: [info.outDepth, info.outHeight, info.outWidth],
  };
}
