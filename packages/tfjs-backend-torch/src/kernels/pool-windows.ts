import { backend_util } from '@tensorflow/tfjs-core';
import type { Layout } from './layout.js';
import { explicit, type Padding, paddingOf } from './windows.js';

/** Windows over the spatial dimensions, in libtorch's terms. */
export interface Windows {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
  /** The sizes of the result. */
  readonly out: readonly number[];
}

/** What TensorFlow.js says of a pooling. */
export interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: Parameters<typeof backend_util.computePool2DInfo>[4];
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly dataFormat?: Layout;
}

/** TensorFlow.js's own reading of a pooling of a tensor of `shape`. */
export type Reading = (shape: readonly number[], attributes: PoolAttributes) => Windows;

/** libtorch pads at most half a window. */
const HALF = 0.5;

/** Height and width. */
export const windows2D: Reading = (shape, { filterSize, strides, pad, dimRoundingMode, dataFormat = 'NHWC' }) => {
  const format = dataFormat === 'NHWC' ? 'channelsLast' : 'channelsFirst';
  const of = shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(
    of,
    filterSize,
    strides,
    1,
    explicit(pad, dataFormat),
    dimRoundingMode,
    format,
  );
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const rows = { from: info.inHeight, to: info.outHeight, stride: strideHeight, extent: filterHeight };
  const columns = { from: info.inWidth, to: info.outWidth, stride: strideWidth, extent: filterWidth };
  const slides = [
    { ...rows, before: padInfo.top },
    { ...columns, before: padInfo.left },
  ];
  return {
    size: [filterHeight, filterWidth],
    strides: [strideHeight, strideWidth],
    padding: paddingOf(slides, HALF),
    out: [info.outHeight, info.outWidth],
  };
};

/** Depth, height and width. */
export const windows3D: Reading = (shape, { filterSize, strides, pad, dimRoundingMode, dataFormat = 'NDHWC' }) => {
  const of = shape as [number, number, number, number, number];
  const volume = [filterSize, strides] as unknown as [number, number];
  const format = dataFormat as 'NDHWC' | 'NCDHW';
  const info = backend_util.computePool3DInfo(of, ...volume, 1, pad as 'same', dimRoundingMode, format);
  const slices = { from: info.inDepth, to: info.outDepth, stride: info.strideDepth, extent: info.filterDepth };
  const rows = { from: info.inHeight, to: info.outHeight, stride: info.strideHeight, extent: info.filterHeight };
  const columns = { from: info.inWidth, to: info.outWidth, stride: info.strideWidth, extent: info.filterWidth };
  const slides = [
    { ...slices, before: info.padInfo.front },
    { ...rows, before: info.padInfo.top },
    { ...columns, before: info.padInfo.left },
  ];
  return {
    size: [info.filterDepth, info.filterHeight, info.filterWidth],
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    padding: paddingOf(slides, HALF),
    out: [info.outDepth, info.outHeight, info.outWidth],
  };
};
