import {
  backend_util,
  conv2d,
  type KernelFunc,
  pad,
  slice,
  type Tensor,
  type Tensor4D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { attributes, inputOf } from '../kernels/call.js';

interface Attributes {
  readonly strides: number | [number, number];
  readonly pad: backend_util.ExplicitPadding | number | 'same' | 'valid';
  readonly dataFormat?: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly filterShape: [number, number, number, number];
}

/**
 * The gradient of a convolution with respect to its filter, which the WebAssembly backend lacks, as a convolution:
 *
 *     dF[h, w, i, o] = sum over b, r, c of x[b, r s + h - top, c s + w - left, i] dy[b, r, c, o]
 *
 * is the image with batch and channels exchanged, convolved with `dy`, dilated by the stride.
 */
export const conv2dFilterGradient: KernelFunc = (call) =>
  tidy(() => {
    const { filterShape, strides, pad: pads, dataFormat = 'NHWC', dimRoundingMode } = attributes<Attributes>(call);
    const last = (t: Tensor) => (dataFormat === 'NCHW' ? transpose(t, [0, 2, 3, 1]) : t);
    const [x, dy] = [last(inputOf(call)), last(inputOf(call, 'dy'))];
    const padding = backend_util.computeConv2DInfo(
      inputOf(call).shape as [number, number, number, number],
      filterShape,
      strides,
      1,
      pads,
      dimRoundingMode,
      false,
      backend_util.convertConv2DDataFormat(dataFormat),
    );
    const { padInfo, strideHeight, strideWidth, outHeight, outWidth } = padding;
    const rows = fit(x, 1, padInfo.top, (outHeight - 1) * strideHeight + filterShape[0]);
    const image = fit(rows, 2, padInfo.left, (outWidth - 1) * strideWidth + filterShape[1]);
    const gradient = conv2d(
      transpose(image, [3, 1, 2, 0]) as Tensor4D,
      transpose(dy, [1, 2, 0, 3]) as Tensor4D,
      1,
      'valid',
      'NHWC',
      [strideHeight, strideWidth],
    );
    return transpose(gradient, [1, 2, 0, 3]);
  });

/** Gives an axis `before` zeros and then just the length wanted: what no filter reaches is cut off. */
function fit(x: Tensor, axis: number, before: number, length: number): Tensor {
  const after = length - before - x.shape[axis]!;
  const paddings = x.shape.map((_, i): [number, number] => (i === axis ? [before, Math.max(0, after)] : [0, 0]));
  const padded = before > 0 || after > 0 ? pad(x, paddings) : x;
  if (after >= 0) return padded;
  const size = padded.shape.slice();
  size[axis] = length;
  return slice(padded, 0, size);
}
