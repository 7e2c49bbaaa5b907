import {
  conv2d,
  conv3d,
  depthwiseConv2d,
  stridedSlice,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
} from '@tensorflow/tfjs-core';
import { kernel } from '../kernels/call.js';
import { replaceGradient } from './replace-gradient.js';
import { scatter } from './scatter.js';

interface Convolution {
  readonly strides: number | [number, number];
  readonly pad: number | 'same' | 'valid';
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly dilations?: number | number[];
}

/** How a kind of convolution is called: its op, and the kernels of its gradients. */
interface Kind {
  readonly forward: string;
  readonly towardsInput: string;
  readonly towardsFilter: string;
  /** Spatial dimensions, the first of the filter's. */
  readonly rank: 2 | 3;
  readonly convolve: (x: Tensor, filter: Tensor, attributes: Convolution) => Tensor;
}

const kinds: readonly Kind[] = [
  {
    forward: 'Conv2D',
    towardsInput: 'Conv2DBackpropInput',
    towardsFilter: 'Conv2DBackpropFilter',
    rank: 2,
    convolve: (x, filter, { strides, pad, dataFormat, dimRoundingMode }) =>
      conv2d(x as Tensor4D, filter as Tensor4D, strides, pad, dataFormat, 1, dimRoundingMode),
  },
  {
    forward: 'DepthwiseConv2dNative',
    towardsInput: 'DepthwiseConv2dNativeBackpropInput',
    towardsFilter: 'DepthwiseConv2dNativeBackpropFilter',
    rank: 2,
    convolve: (x, filter, { strides, pad, dimRoundingMode }) =>
      depthwiseConv2d(x as Tensor4D, filter as Tensor4D, strides, pad, 'NHWC', 1, dimRoundingMode),
  },
  {
    forward: 'Conv3D',
    towardsInput: 'Conv3DBackpropInputV2',
    towardsFilter: 'Conv3DBackpropFilterV2',
    rank: 3,
    convolve: (x, filter, { strides, pad }) =>
      conv3d(x as Tensor5D, filter as Tensor5D, strides as number, pad as 'same' | 'valid'),
  },
];

/**
 * A convolution is linear in both of its inputs, so the gradients of its gradients are convolutions again.
 * TensorFlow.js knows this only of `Conv2DBackpropInput`; penalties that differentiate with respect to a filter, and
 * all of them on depthwise and three-dimensional convolutions, need the rest. Nor does it differentiate a dilated
 * convolution, which is one by a larger filter, with zeros between its numbers.
 */
export function registerConvolutionGradients(): void {
  for (const { forward, towardsInput, towardsFilter, rank, convolve } of kinds) {
    replaceGradient(forward, ['x', 'filter'], (dy, [x, filter], { dilations, ...attributes }: Convolution) => {
      const gaps = Array.isArray(dilations) ? dilations : Array<number>(rank).fill(dilations ?? 1);
      const extents = gaps.map((gap, i) => (filter.shape[i]! - 1) * gap + 1);
      const filterShape = [...extents, ...filter.shape.slice(rank)];
      const how = { ...attributes, dilations: gaps.map(() => 1) };
      const spread = () => gaps.reduce<Tensor>((t, gap, i) => scatter(t, i, extents[i]!, 0, gap), filter);
      const taken = (t: Tensor) =>
        gaps.every((gap) => gap === 1)
          ? t
          : stridedSlice(
              t,
              filterShape.map(() => 0),
              filterShape,
              [...gaps, ...filter.shape.slice(rank).map(() => 1)],
            );
      return {
        x: () => kernel(towardsInput, { dy, filter: spread() }, { ...how, inputShape: x.shape }),
        filter: () => taken(kernel(towardsFilter, { x, dy }, { ...how, filterShape })),
      };
    });
    replaceGradient(towardsInput, ['dy', 'filter'], (ddx, [dy, filter], attributes: Convolution) => ({
      dy: () => convolve(ddx, filter, attributes),
      filter: () => kernel(towardsFilter, { x: ddx, dy }, { ...attributes, filterShape: filter.shape }),
    }));
    replaceGradient(towardsFilter, ['x', 'dy'], (ddf, [x, dy], attributes: Convolution) => ({
      x: () => kernel(towardsInput, { dy, filter: ddf }, { ...attributes, inputShape: x.shape }),
      dy: () => convolve(x, ddf, attributes),
    }));
  }
}
