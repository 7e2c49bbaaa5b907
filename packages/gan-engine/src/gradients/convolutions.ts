import { conv2d, conv3d, depthwiseConv2d, type Tensor, type Tensor4D, type Tensor5D } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';
import { kernel } from './shapes-of.js';

interface Convolution {
  readonly strides: number | [number, number];
  readonly pad: number | 'same' | 'valid';
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly dilations?: number | [number, number];
}

/**
 * A convolution is linear in both of its inputs, so the gradients of its gradients are convolutions again.
 * TensorFlow.js knows this only of `Conv2DBackpropInput`; penalties that differentiate with respect to a filter, and
 * all of them on depthwise and three-dimensional convolutions, need the rest.
 */
export function registerConvolutionGradients(): void {
  replaceGradient('Conv2DBackpropFilter', ['x', 'dy'], (ddf, [x, dy], attributes: Convolution) => {
    const { strides, pad, dataFormat, dimRoundingMode } = attributes;
    return {
      x: () => kernel('Conv2DBackpropInput', { dy, filter: ddf }, { ...attributes, inputShape: x.shape }),
      dy: () => conv2d(x as Tensor4D, ddf as Tensor4D, strides, pad, dataFormat, 1, dimRoundingMode),
    };
  });

  const depthwise = (x: Tensor, filter: Tensor, { strides, pad, dilations, dimRoundingMode }: Convolution) =>
    depthwiseConv2d(x as Tensor4D, filter as Tensor4D, strides, pad, 'NHWC', dilations ?? 1, dimRoundingMode);
  replaceGradient(
    'DepthwiseConv2dNativeBackpropInput',
    ['dy', 'filter'],
    (ddx, [dy, filter], attributes: Convolution) => ({
      dy: () => depthwise(ddx, filter, attributes),
      filter: () =>
        kernel('DepthwiseConv2dNativeBackpropFilter', { x: ddx, dy }, { ...attributes, filterShape: filter.shape }),
    }),
  );
  replaceGradient('DepthwiseConv2dNativeBackpropFilter', ['x', 'dy'], (ddf, [x, dy], attributes: Convolution) => ({
    x: () => kernel('DepthwiseConv2dNativeBackpropInput', { dy, filter: ddf }, { ...attributes, inputShape: x.shape }),
    dy: () => depthwise(x, ddf, attributes),
  }));

  const volume = (x: Tensor, filter: Tensor, { strides, pad }: { strides: number; pad: 'same' | 'valid' }) =>
    conv3d(x as Tensor5D, filter as Tensor5D, strides, pad);
  type Volume = { strides: number; pad: 'same' | 'valid' };
  replaceGradient('Conv3DBackpropInputV2', ['dy', 'filter'], (ddx, [dy, filter], attributes: Volume) => ({
    dy: () => volume(ddx, filter, attributes),
    filter: () => kernel('Conv3DBackpropFilterV2', { x: ddx, dy }, { ...attributes, filterShape: filter.shape }),
  }));
  replaceGradient('Conv3DBackpropFilterV2', ['x', 'dy'], (ddf, [x, dy], attributes: Volume) => ({
    x: () => kernel('Conv3DBackpropInputV2', { dy, filter: ddf }, { ...attributes, inputShape: x.shape }),
    dy: () => volume(x, ddf, attributes),
  }));
}
